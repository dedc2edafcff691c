import ActivityIcon from "@lucide/svelte/icons/activity";
import ChartColumn from "@lucide/svelte/icons/chart-column";
import CircleQuestionMark from "@lucide/svelte/icons/circle-question-mark";
import Highlighter from "@lucide/svelte/icons/highlighter";
import Layers from "@lucide/svelte/icons/layers";
import LibraryBig from "@lucide/svelte/icons/library-big";
import SettingsIcon from "@lucide/svelte/icons/settings-2";
import Square from "@lucide/svelte/icons/square";

import { always, inRoom, type Action, type ActionId } from "../action";
import type { Session } from "../session.svelte";
import { keysOf, mod } from "../shortcuts";

/** Goes to a screen, by Ctrl or Cmd and a key if there is one. */
const screen = (
  id: Session["screen"] & ActionId,
  icon: Action["icon"],
  isPossible: Action["isPossible"],
  key?: string,
): Action => ({
  id,
  icon,
  menu: "go",
  ...(key !== undefined && { shortcuts: [mod(key)] }),
  isPossible,
  run: (session) => (session.screen = id),
});

/** The screens. */
export const GO: Action[] = [
  screen("library", LibraryBig, inRoom),
  screen("quiz", CircleQuestionMark, inRoom, "e"),
  screen("cards", Layers, inRoom, "r"),
  screen("progress", ChartColumn, inRoom, "p"),
  screen("notes", Highlighter, inRoom, "m"),
  {
    id: "room",
    icon: Square,
    menu: "go",
    shortcuts: Array.from({ length: 9 }, (_, at) => mod(String(at + 1))),
    shown: () => [...keysOf(mod("1")).slice(0, -1), "1 … 9"],
    byKeysOnly: true,
    isPossible: always,
    run: (session, key) => {
      const room = session.rooms.list[Number(key) - 1];
      if (room) void session.enter(room.room);
    },
  },
  screen("activity", ActivityIcon, always),
  screen("settings", SettingsIcon, always, ","),
];
