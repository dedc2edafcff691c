import DatabaseBackup from "@lucide/svelte/icons/database-backup";
import FileDown from "@lucide/svelte/icons/file-down";
import FilePlus from "@lucide/svelte/icons/file-plus-2";
import FileUp from "@lucide/svelte/icons/file-up";
import FolderPlus from "@lucide/svelte/icons/folder-plus";
import RotateCcw from "@lucide/svelte/icons/rotate-ccw";
import Undo from "@lucide/svelte/icons/undo-2";

import { always, inRoom, isReviewing, type Action } from "../action";
import type { Session } from "../session.svelte";
import { mod } from "../shortcuts";

/** What comes in and goes out, and what is taken back. */
export const FILES: Action[] = [
  {
    id: "files-add",
    icon: FilePlus,
    menu: "file",
    shortcuts: [mod("o")],
    isPossible: always,
    run: (session) => void session.attempt(async () => session.take(await session.library.pick())),
  },
  {
    id: "room-new",
    icon: FolderPlus,
    menu: "file",
    shortcuts: [mod("n")],
    isPossible: always,
    run: ({ rooms }) => (rooms.naming = true),
  },
  {
    id: "notes-export",
    icon: FileDown,
    menu: "file",
    isPossible: inRoom,
    run: ({ annotations, rooms }) => {
      if (rooms.currentId !== null) void annotations.export(rooms.currentId, null);
    },
  },
  {
    id: "cards-import",
    icon: FileUp,
    menu: "file",
    isPossible: inRoom,
    run: (session) => {
      session.screen = "cards";
      void session.cards.bringIn();
    },
  },
  {
    id: "cards-export",
    icon: FileDown,
    menu: "file",
    isPossible: inRoom,
    run: ({ cards }) => void cards.export(),
  },
  {
    id: "backup",
    icon: DatabaseBackup,
    menu: "file",
    isPossible: ({ backup }) => backup.work === null,
    run: ({ backup }) => void backup.create(),
  },
  {
    id: "restore",
    icon: RotateCcw,
    menu: "file",
    isPossible: ({ backup }) => backup.work === null,
    run: ({ backup }) => void backup.choose(),
  },
  {
    id: "undo",
    icon: Undo,
    menu: "edit",
    shortcuts: [mod("z")],
    notWhileTyping: true,
    isPossible: (session) =>
      session.removal.canUndo ||
      session.annotations.canUndo ||
      isReviewing(session) ||
      (removalsOn(session)?.canUndo ?? false),
    run: (session) => {
      const removals = removalsOn(session);
      if (isReviewing(session)) void session.cards.review?.undo();
      else if (removals?.canUndo) removals.undo();
      else if (session.annotations.canUndo) void session.annotations.undo();
      else void session.removal.undo();
    },
  },
];

/** What is being removed on the screen that is on show, and can be taken back. */
const removalsOn = ({ screen, cards, quizzes }: Session) =>
  ({ cards: cards.removals, quiz: quizzes.removals })[screen as string];
