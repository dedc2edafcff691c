import FilePlus from "@lucide/svelte/icons/file-plus-2";
import FileText from "@lucide/svelte/icons/file-text";
import Highlighter from "@lucide/svelte/icons/highlighter";
import MessageCircle from "@lucide/svelte/icons/message-circle-more";
import SettingsIcon from "@lucide/svelte/icons/settings-2";
import TextQuote from "@lucide/svelte/icons/text-quote";

import type { Fault } from "../backend/bindings";
import { unmarked, type Entry, type Group } from "../palette/entry";
import type { ShownPalette } from "../palette/palette.svelte";
import { parsed } from "../palette/query";
import { LONG } from "./long";

const open = () => {};
const ROOM = { room: 2, name: "Organic chemistry", hue: 165, documents: 12, passages: 900, created: 0 };

/** A text with what is between the brackets marked. */
const runs = (text: string) =>
  text
    .split(/[[\]]/)
    .map((part, at) => ({ text: part, found: at % 2 === 1 }))
    .filter(({ text: part }) => part !== "");

const BEGINNING: Group[] = [
  {
    id: "recent",
    entries: [
      { key: "d1", icon: FileText, title: unmarked("Psychology 2e"), where: "Page 259", open },
      {
        key: "c1",
        icon: MessageCircle,
        title: unmarked("How memory works"),
        more: unmarked("4 questions"),
        open,
      },
    ],
  },
  {
    id: "actions",
    entries: [
      { key: "a1", icon: FilePlus, title: unmarked("Add documents"), keys: ["Ctrl", "O"], open },
      { key: "a2", icon: SettingsIcon, title: unmarked("Settings"), keys: ["Ctrl", ","], open },
    ],
  },
];

const FOUND: Group[] = [
  {
    id: "documents",
    entries: [
      { key: "d2", icon: FileText, title: runs("[Memory], history, forgetting"), room: ROOM, open },
      { key: "d3", icon: FileText, title: runs(`[${LONG.slice(0, 14)}]${LONG.slice(14)}`), open },
    ],
  },
  {
    id: "places",
    entries: [
      {
        key: "p1",
        icon: TextQuote,
        title: runs(
          "[Memory] is an information processing system that we often compare to a computer; encoding, storage and retrieval are its three functions.",
        ),
        where: "Psychology 2e, page 259",
        isText: true,
        open,
      },
    ],
  },
  {
    id: "notes",
    entries: [
      { key: "n1", icon: Highlighter, title: runs("implicit [memory]"), more: runs("Which [memory]?"), open },
    ],
  },
  {
    id: "rooms",
    entries: [{ key: "r1", icon: null, hue: 40, title: runs("[Memory] and forgetting"), open }],
  },
];

/** A palette that shows what it is given; it is walked and typed into, and finds nothing else. */
class Still implements ShownPalette {
  typed = $state("");
  readonly query = $derived(parsed(this.typed));
  readonly entries: Entry[];
  readonly news = "";
  active = $state.raw<Entry | null>(null);

  constructor(
    typed: string,
    readonly groups: Group[],
    readonly close: () => void,
    readonly busy = false,
    readonly fault: Fault | null = null,
  ) {
    this.typed = typed;
    this.entries = groups.flatMap(({ entries }) => entries);
    this.active = this.entries[0] ?? null;
  }

  type(typed: string): void {
    this.typed = typed;
  }

  walk(by: number): void {
    const here = this.active ? this.entries.indexOf(this.active) : 0;
    this.goTo((here + by + this.entries.length) % Math.max(1, this.entries.length));
  }

  goTo(line: number): void {
    this.active = this.entries.at(line) ?? null;
  }

  point(entry: Entry): void {
    this.active = entry;
  }

  enter(): void {
    this.close();
  }

  choose(): void {
    this.close();
  }
}

/** The states of the palette by their names. */
export const PALETTES: Record<string, (close: () => void) => ShownPalette> = {
  "Palette, as it opens": (close) => new Still("", BEGINNING, close),
  "Palette, found": (close) => new Still("memory", FOUND, close),
  "Palette, still looking": (close) => new Still("memory", [], close, true),
  "Palette, nothing found": (close) => new Still("quantum chromodynamics", [], close),
  "Palette, one kind alone": (close) => new Still("#", [], close),
  "Palette, fault": (close) =>
    new Still("memory", BEGINNING.slice(1), close, false, { code: "no_space", message: "The disk is full." }),
};
