import type { Component } from "svelte";

import ActivityIcon from "@lucide/svelte/icons/activity";
import ArrowLeft from "@lucide/svelte/icons/arrow-left";
import ArrowLeftRight from "@lucide/svelte/icons/arrow-left-right";
import ArrowRight from "@lucide/svelte/icons/arrow-right";
import BookOpenCheck from "@lucide/svelte/icons/book-open-check";
import ChartColumn from "@lucide/svelte/icons/chart-column";
import ChevronLeft from "@lucide/svelte/icons/chevron-left";
import ChevronRight from "@lucide/svelte/icons/chevron-right";
import CircleQuestionMark from "@lucide/svelte/icons/circle-question-mark";
import Command from "@lucide/svelte/icons/command";
import DatabaseBackup from "@lucide/svelte/icons/database-backup";
import FileDown from "@lucide/svelte/icons/file-down";
import FilePlus from "@lucide/svelte/icons/file-plus-2";
import FileUp from "@lucide/svelte/icons/file-up";
import FolderPlus from "@lucide/svelte/icons/folder-plus";
import Hash from "@lucide/svelte/icons/hash";
import Highlighter from "@lucide/svelte/icons/highlighter";
import Layers from "@lucide/svelte/icons/layers";
import LibraryBig from "@lucide/svelte/icons/library-big";
import MessageCircle from "@lucide/svelte/icons/message-circle-more";
import MessageCirclePlus from "@lucide/svelte/icons/message-circle-plus";
import Moon from "@lucide/svelte/icons/moon";
import PanelLeft from "@lucide/svelte/icons/panel-left";
import PanelRight from "@lucide/svelte/icons/panel-right";
import Play from "@lucide/svelte/icons/play";
import Plus from "@lucide/svelte/icons/plus";
import RotateCcw from "@lucide/svelte/icons/rotate-ccw";
import Scan from "@lucide/svelte/icons/scan";
import SearchIcon from "@lucide/svelte/icons/search";
import SettingsIcon from "@lucide/svelte/icons/settings-2";
import Square from "@lucide/svelte/icons/square";
import Sun from "@lucide/svelte/icons/sun";
import SunMoon from "@lucide/svelte/icons/sun-moon";
import Text from "@lucide/svelte/icons/text";
import TextSearch from "@lucide/svelte/icons/text-search";
import Undo from "@lucide/svelte/icons/undo-2";
import X from "@lucide/svelte/icons/x";
import ZoomIn from "@lucide/svelte/icons/zoom-in";
import ZoomOut from "@lucide/svelte/icons/zoom-out";

import type { Theme } from "../backend/bindings";
import { focusOn } from "../design/focus";
import { t, type Key } from "../i18n/i18n.svelte";
import { wayBack } from "./back";
import type { Session } from "./session.svelte";
import { keysOf, mod, modShift, plain, type Shortcut } from "./shortcuts";
import { canMove, moveTab, walkTabs } from "./tabs";

type IdOf<K> = K extends `palette.action.${infer Id}` ? Id : never;
/** What can be done has a title in the catalogue, by this name. */
export type ActionId = IdOf<Key>;

/** Where the system's own menu has it. */
export type MenuName = "file" | "edit" | "view" | "go" | "study";

/** Something that can be done in the window, by keys, in the palette and in the system's own menu. */
export interface Action {
  id: ActionId;
  icon: Component<{ size?: number; strokeWidth?: number }>;
  menu: MenuName;
  /** The first is the one that is shown. */
  shortcuts?: Shortcut[];
  /** What is shown of many that are alike. */
  shown?: () => string[];
  /** In a field these keys are the field's own. */
  notWhileTyping?: boolean;
  /** One that only keys can tell what it is to do. */
  byKeysOnly?: boolean;
  isPossible: (session: Session) => boolean;
  /** `key` is what was pressed for it. */
  run: (session: Session, key: string) => void;
}

/** Its name, as the language on show has it. */
export const titleOf = ({ id }: Action): string => t(`palette.action.${id}`);

/** Other words by which it may be looked for. */
export const wordsOf = ({ id }: Action): string => t(`palette.words.${id}`);

/** What to press for it; nothing where there is no shortcut. */
export function shownKeys({ shown, shortcuts: [first] = [] }: Action): string[] {
  if (shown) return shown();
  return first ? keysOf(first) : [];
}

const focus = (testid: string) => focusOn(`[data-testid="${testid}"]`);

const always = () => true;
const inRoom = ({ rooms }: Session) => rooms.current !== null;
const isReading = ({ documentSeen }: Session) => documentSeen;
const hasDocument = ({ viewer }: Session) => viewer.open !== null;
const isReviewing = ({ screen, cards }: Session) => screen === "cards" && cards.view === "review";

const FIND: Action[] = [
  {
    id: "find",
    icon: TextSearch,
    menu: "go",
    shortcuts: [mod("f")],
    isPossible: isReading,
    run: ({ viewer }) => {
      viewer.find.open();
      focus("find-input");
    },
  },
  {
    id: "palette",
    icon: Command,
    menu: "go",
    shortcuts: [mod("k"), modShift("p")],
    isPossible: ({ palette }) => !palette.isOpen,
    run: ({ palette }) => palette.open(),
  },
  {
    id: "search",
    icon: SearchIcon,
    menu: "go",
    shortcuts: [plain("/"), mod("f")],
    isPossible: inRoom,
    run: () => focus("search-input"),
  },
  {
    id: "back",
    icon: ArrowLeft,
    menu: "go",
    shortcuts: [plain("escape")],
    isPossible: (session) => wayBack(session) !== null,
    run: (session) => wayBack(session)?.(),
  },
];

const GO: Action[] = [
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

const STUDY: Action[] = [
  {
    id: "ask",
    icon: MessageCircle,
    menu: "study",
    shortcuts: [mod("j")],
    isPossible: inRoom,
    run: (session) => {
      session.showAsk();
      focus("ask-input");
    },
  },
  {
    id: "conversation-new",
    icon: MessageCirclePlus,
    menu: "study",
    isPossible: inRoom,
    run: (session) => {
      session.ask.fresh();
      session.showAsk();
      focus("ask-input");
    },
  },
  {
    id: "quiz-make",
    icon: BookOpenCheck,
    menu: "study",
    isPossible: inRoom,
    run: (session) => void session.attempt(() => session.quizOn(null)),
  },
  {
    id: "review",
    icon: Play,
    menu: "study",
    isPossible: inRoom,
    run: (session) => void session.attempt(() => session.review()),
  },
  {
    id: "card-new",
    icon: Plus,
    menu: "study",
    isPossible: inRoom,
    run: ({ cards }) => cards.compose(),
  },
  {
    id: "terms",
    icon: Layers,
    menu: "study",
    isPossible: inRoom,
    run: ({ cards }) => cards.offerTerms(),
  },
  {
    id: "document-summary",
    icon: Text,
    menu: "study",
    isPossible: hasDocument,
    run: (session) => onOpen(session, (open) => session.overview(open, "summary")),
  },
  {
    id: "document-guide",
    icon: Text,
    menu: "study",
    isPossible: hasDocument,
    run: (session) => onOpen(session, (open) => session.overview(open, "guide")),
  },
  {
    id: "document-quiz",
    icon: BookOpenCheck,
    menu: "study",
    isPossible: hasDocument,
    run: (session) => onOpen(session, ({ document }) => session.quizOn(document)),
  },
];

type Open = NonNullable<Session["viewer"]["open"]>;

/** Does something with the document that lies open. */
function onOpen(session: Session, run: (open: Open) => Promise<unknown>): void {
  const { open } = session.viewer;
  if (open) void session.attempt(() => run(open));
}

const FILES: Action[] = [
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

const VIEW: Action[] = [
  {
    id: "companion",
    icon: PanelRight,
    menu: "view",
    shortcuts: [mod("b")],
    isPossible: inRoom,
    run: ({ layout }) => layout.toggleCompanion(),
  },
  {
    id: "rail",
    icon: PanelLeft,
    menu: "view",
    shortcuts: [mod("\\")],
    isPossible: always,
    run: ({ rooms }) => rooms.fold.toggle(),
  },
  {
    id: "trade",
    icon: ArrowLeftRight,
    menu: "view",
    shortcuts: [modShift("b")],
    isPossible: inRoom,
    run: (session) => session.trade(),
  },
  {
    id: "tab-next",
    icon: ArrowRight,
    menu: "view",
    shortcuts: [mod("tab")],
    isPossible: inRoom,
    run: (session) => walkTabs(session, 1),
  },
  {
    id: "tab-previous",
    icon: ArrowLeft,
    menu: "view",
    shortcuts: [modShift("tab")],
    isPossible: inRoom,
    run: (session) => walkTabs(session, -1),
  },
  {
    id: "tab-later",
    icon: ChevronRight,
    menu: "view",
    shortcuts: [modShift("pagedown")],
    isPossible: canMove,
    run: (session) => moveTab(session, 1),
  },
  {
    id: "tab-earlier",
    icon: ChevronLeft,
    menu: "view",
    shortcuts: [modShift("pageup")],
    isPossible: canMove,
    run: (session) => moveTab(session, -1),
  },
  {
    id: "tab-reopen",
    icon: RotateCcw,
    menu: "view",
    shortcuts: [modShift("t")],
    isPossible: ({ open }) => open.canReopen,
    run: (session) => session.reopen(),
  },
  {
    id: "page",
    icon: Hash,
    menu: "view",
    shortcuts: [mod("g")],
    isPossible: isReading,
    run: () => focus("page-number"),
  },
  {
    id: "zoom-in",
    icon: ZoomIn,
    menu: "view",
    shortcuts: [mod("+"), mod("=")],
    isPossible: isReading,
    run: ({ viewer }) => viewer.zoomBy(1),
  },
  {
    id: "zoom-out",
    icon: ZoomOut,
    menu: "view",
    shortcuts: [mod("-")],
    isPossible: isReading,
    run: ({ viewer }) => viewer.zoomBy(-1),
  },
  {
    id: "zoom-fit",
    icon: Scan,
    menu: "view",
    shortcuts: [mod("0")],
    isPossible: isReading,
    run: ({ viewer }) => viewer.fit(),
  },
  {
    id: "document-close",
    icon: X,
    menu: "view",
    shortcuts: [mod("w")],
    isPossible: hasDocument,
    run: (session) => session.closeDocument(),
  },
  themed("theme-light", "light", Sun),
  themed("theme-dark", "dark", Moon),
  themed("theme-system", "system", SunMoon),
];

function themed(id: ActionId, theme: Theme, icon: Action["icon"]): Action {
  return {
    id,
    icon,
    menu: "view",
    isPossible: ({ appearance }) => appearance.settings.theme !== theme,
    run: (session) => void session.attempt(() => session.appearance.choose({ theme })),
  };
}

/**
 * All that can be done in the window, in the order of settings and menus. Where one key has several meanings, the first
 * that is possible counts.
 */
export const ACTIONS: Action[] = [...FIND, ...STUDY, ...GO, ...FILES, ...VIEW];

/** What can be done by keys, and which. */
export const withShortcuts = (): Action[] => ACTIONS.filter(({ shortcuts }) => shortcuts !== undefined);
