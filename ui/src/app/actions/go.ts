import ActivityIcon from "@lucide/svelte/icons/activity";
import ChartColumn from "@lucide/svelte/icons/chart-column";
import CircleQuestionMark from "@lucide/svelte/icons/circle-question-mark";
import Highlighter from "@lucide/svelte/icons/highlighter";
import Layers from "@lucide/svelte/icons/layers";
import LibraryBig from "@lucide/svelte/icons/library-big";
import SettingsIcon from "@lucide/svelte/icons/settings-2";
import Square from "@lucide/svelte/icons/square";

import { always, inRoom, type Action } from "../action";
import { keysOf, mod } from "../shortcuts";

/** The screens. */
export const GO: Action[] = [
  {
    id: "library",
    icon: LibraryBig,
    menu: "go",
    isPossible: inRoom,
    run: (session) => (session.screen = "library"),
  },
  {
    id: "quiz",
    icon: CircleQuestionMark,
    menu: "go",
    shortcuts: [mod("e")],
    isPossible: inRoom,
    run: (session) => (session.screen = "quiz"),
  },
  {
    id: "cards",
    icon: Layers,
    menu: "go",
    shortcuts: [mod("r")],
    isPossible: inRoom,
    run: (session) => (session.screen = "cards"),
  },
  {
    id: "progress",
    icon: ChartColumn,
    menu: "go",
    shortcuts: [mod("p")],
    isPossible: inRoom,
    run: (session) => (session.screen = "progress"),
  },
  {
    id: "notes",
    icon: Highlighter,
    menu: "go",
    shortcuts: [mod("m")],
    isPossible: inRoom,
    run: (session) => (session.screen = "notes"),
  },
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
  {
    id: "activity",
    icon: ActivityIcon,
    menu: "go",
    isPossible: always,
    run: (session) => (session.screen = "activity"),
  },
  {
    id: "settings",
    icon: SettingsIcon,
    menu: "go",
    shortcuts: [mod(",")],
    isPossible: always,
    run: (session) => (session.screen = "settings"),
  },
];
