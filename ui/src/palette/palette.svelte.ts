import { tick } from "svelte";

import SearchIcon from "@lucide/svelte/icons/search";

import type { ActionId } from "../app/action";
import type { Session } from "../app/session.svelte";
import { asFault } from "../backend/fault";
import type { Everything, Fault } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";
import { GROUPS, unmarked, type Entry, type Group, type GroupId } from "./entry";
import { foundCards, foundDocuments, foundNotes, foundPlaces, foundQuizzes, foundTurns } from "./found";
import {
  actionEntries,
  conversationEntries,
  documentEntries,
  Folds,
  MOST,
  recentEntries,
  roomEntries,
  usualActions,
} from "./known";
import { parsed, type Query } from "./query";

/** How long typing rests before what was found is read out. */
const REST_MS = 900;
const REMEMBERED = 5;

/**
 * One field for all that can be done and found. What the window knows by itself stands there at once; what the shell
 * finds comes in its place a moment later, and until then what it found for the key before stays.
 */
export class Palette {
  isOpen = $state(false);
  typed = $state("");
  busy = $state(false);
  /** Why the shell could not look, if so. */
  fault = $state.raw<Fault | null>(null);
  /** What a screen reader says once typing rests. */
  news = $state("");
  readonly query: Query = $derived(parsed(this.typed));
  readonly groups: Group[] = $derived.by(() => this.#groups());
  readonly entries = $derived(this.groups.flatMap(({ entries }) => entries));
  /** The line that Enter opens: the one that was walked to, else the first. */
  readonly active: Entry | null = $derived(
    this.entries.find(({ key }) => key === this.#walkedTo) ?? this.entries[0] ?? null,
  );
  #found = $state.raw<Everything | null>(null);
  #walkedTo = $state<string | null>(null);
  #used = $state.raw<ActionId[]>([]);
  #folds = new Folds();
  /** Numbers what was asked; an answer to anything but the last is stale. */
  #asked = 0;
  /** Enter was pressed before there was an answer to what is typed. */
  #entered: { beside: boolean } | null = null;
  #from: HTMLElement | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  open(): void {
    if (this.isOpen) return;
    this.#from = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.typed = "";
    this.#forget();
    this.isOpen = true;
  }

  close(): void {
    this.isOpen = false;
    this.#forget();
    this.#folds.clear();
  }

  type(typed: string): void {
    this.typed = typed;
    this.#walkedTo = null;
    this.#entered = null;
    void this.#ask();
  }

  /** Goes so many lines on; at the end round to the beginning where it is one line. */
  walk(by: number): void {
    const { entries } = this;
    if (entries.length === 0) return;
    const here = entries.findIndex(({ key }) => key === this.active?.key);
    const last = entries.length - 1;
    const round = (here + by + entries.length) % entries.length;
    this.goTo(Math.abs(by) === 1 ? round : Math.min(last, Math.max(0, here + by)));
  }

  /** Goes to a line by its number; from the end if it is below 0. */
  goTo(line: number): void {
    this.#walkedTo = this.entries.at(line)?.key ?? null;
  }

  point(entry: Entry): void {
    this.#walkedTo = entry.key;
  }

  /** Opens the line that is walked to, as soon as it is one for what is typed. */
  enter(beside: boolean): void {
    const { active } = this;
    if (this.busy && (!active || active.isFound)) this.#entered = { beside };
    else if (active) this.choose(active, beside);
  }

  choose(entry: Entry, beside: boolean): void {
    const from = this.#from;
    this.close();
    // The focus comes back first, so that what is opened may take it.
    void tick().then(() =>
      this.#session.attempt(async () => {
        await entry.open({ beside, from });
      }),
    );
  }

  /** Remembers what was done last. */
  used(action: ActionId): void {
    this.#used = [action, ...this.#used.filter((other) => other !== action)].slice(0, REMEMBERED);
  }

  async #ask(again = false): Promise<void> {
    const { mode, text } = this.query;
    const mine = ++this.#asked;
    clearTimeout(this.#rest);
    this.news = "";
    this.fault = null;
    this.busy = text !== "" && mode !== "actions";
    if (this.busy) {
      try {
        const room = this.#session.rooms.currentId;
        const found = await this.#session.backend.findEverything(room, text, MOST);
        if (mine !== this.#asked) return;
        this.#found = found;
      } catch (thrown) {
        if (mine !== this.#asked) return;
        const fault = asFault(thrown);
        // Two that were asked almost at once may have reached the shell the other way round.
        if (fault.code === "cancelled" && !again) return this.#ask(true);
        this.fault = fault;
        this.#found = null;
      }
      this.busy = false;
    } else {
      this.#found = null;
    }
    const n = this.entries.length;
    this.#rest = setTimeout(() => (this.news = t("palette.news", { n })), REST_MS);
    if (this.#entered && this.active) this.choose(this.active, this.#entered.beside);
  }

  #groups(): Group[] {
    const lines = this.#lines();
    return GROUPS.flatMap((id) => {
      const entries = lines[id] ?? [];
      return entries.length > 0 ? [{ id, entries }] : [];
    });
  }

  #lines(): Partial<Record<GroupId, Entry[]>> {
    const session = this.#session;
    const { mode, text } = this.query;
    const folds = this.#folds;
    const found = this.#found;
    switch (mode) {
      case "actions":
        return { actions: actionEntries(session, text, folds, true) };
      case "documents": {
        const known = documentEntries(session, text, folds, "title");
        return { documents: together(known, found ? foundDocuments(session, found) : []) };
      }
      case "notes":
        return {
          documents: documentEntries(session, text, folds, "tags"),
          notes: found ? foundNotes(session, found) : [],
        };
      case "all": {
        if (!text) return { recent: recentEntries(session), actions: usualActions(session, this.#used) };
        const known = {
          actions: actionEntries(session, text, folds, false),
          documents: documentEntries(session, text, folds, "title"),
          conversations: conversationEntries(session, text, folds),
          rooms: roomEntries(session, text, folds),
        };
        if (!found) return known;
        return {
          ...known,
          documents: together(known.documents, foundDocuments(session, found)),
          places: this.#places(found, text),
          conversations: together(known.conversations, foundTurns(session, found)),
          cards: foundCards(session, found),
          notes: foundNotes(session, found),
          quizzes: foundQuizzes(session, found),
        };
      }
    }
  }

  /** Places, and the way to all of them, which are ranked by their meaning as well. */
  #places(found: Everything, text: string): Entry[] {
    const session = this.#session;
    const places = foundPlaces(session, found);
    if (session.rooms.current === null || session.library.documents.length === 0) return places;
    return [
      ...places,
      {
        key: "results",
        icon: SearchIcon,
        title: unmarked(t("palette.results", { query: text })),
        open: () => {
          session.screen = "search";
          session.search.type(text);
        },
      },
    ];
  }

  #forget(): void {
    this.#asked += 1;
    clearTimeout(this.#rest);
    this.#found = null;
    this.#walkedTo = null;
    this.#entered = null;
    this.fault = null;
    this.busy = false;
    this.news = "";
  }
}

/** What of it is shown, and told. */
export type ShownPalette = Pick<
  Palette,
  | ("typed" | "query" | "groups" | "entries" | "active" | "busy" | "fault" | "news")
  | ("type" | "walk" | "goTo" | "point" | "enter" | "choose" | "close")
>;

/** What is known first, then what else was found, as many as a group has. */
function together(known: Entry[], found: Entry[]): Entry[] {
  const keys = new Set(known.map(({ key }) => key));
  return [...known, ...found.filter(({ key }) => !keys.has(key))].slice(0, MOST);
}
