import type { Component } from "svelte";

import ActivityIcon from "@lucide/svelte/icons/activity";
import BookOpen from "@lucide/svelte/icons/book-open";
import ChartColumn from "@lucide/svelte/icons/chart-column";
import CircleQuestionMark from "@lucide/svelte/icons/circle-question-mark";
import Highlighter from "@lucide/svelte/icons/highlighter";
import Layers from "@lucide/svelte/icons/layers";
import LibraryBig from "@lucide/svelte/icons/library-big";
import MessageCircle from "@lucide/svelte/icons/message-circle-more";
import SearchIcon from "@lucide/svelte/icons/search";
import SettingsIcon from "@lucide/svelte/icons/settings-2";

import type { DocumentId } from "../backend/bindings";
import type { Tab } from "../design/components/Tabs.svelte";
import { t } from "../i18n/i18n.svelte";
import type { Screen, Session } from "./session.svelte";

/** A screen, or a document that lies open. */
export type TabId = Screen | `document-${DocumentId}`;

type Icon = Component<{ size?: number; strokeWidth?: number }>;
const ICONS: Record<Exclude<Screen, "read">, Icon> = {
  library: LibraryBig,
  quiz: CircleQuestionMark,
  cards: Layers,
  progress: ChartColumn,
  notes: Highlighter,
  search: SearchIcon,
  ask: MessageCircle,
  activity: ActivityIcon,
  settings: SettingsIcon,
};
/** These are always there. */
const PINNED: Screen[] = ["library", "quiz", "cards", "progress"];
/** These are there while they are on show. */
const PASSING: Screen[] = ["ask", "notes", "activity", "settings"];

const idOf = (document: DocumentId): TabId => `document-${document}`;
const documentOf = (tab: TabId): DocumentId | null =>
  tab.startsWith("document-") ? Number(tab.slice("document-".length)) : null;

/** What stands in the bar: the screens, and behind them the documents. */
export function tabsOf(session: Session): Tab<TabId>[] {
  const { screen, search, open } = session;
  const screens = [
    ...(session.rooms.current ? PINNED : PINNED.slice(0, 1)),
    ...(search.query || screen === "search" ? ["search" as const] : []),
    ...PASSING.filter((passing) => passing === screen),
  ] as Exclude<Screen, "read">[];
  return [
    ...screens.map((value) => ({
      value,
      label: t(`app.screen.${value}`),
      icon: ICONS[value],
      testid: `tab-${value}`,
    })),
    ...open.list.map(({ document, title }) => ({
      value: idOf(document),
      label: title,
      icon: BookOpen,
      testid: document === open.current ? "tab-read" : "tab-document",
      onclose: () => session.closeDocument(document),
      onmove: (to: number) => open.move(document, to),
    })),
  ];
}

/** The tab of what the surface shows. */
export function currentTab({ screen, open }: Session): TabId {
  return screen === "read" && open.current !== null ? idOf(open.current) : screen;
}

export function chooseTab(session: Session, tab: TabId): void {
  const document = documentOf(tab);
  if (document === null) session.screen = tab as Screen;
  else session.switchTo(document);
}

/** Goes to the next tab, or the one before, round and round. */
export function walkTabs(session: Session, by: 1 | -1): void {
  const tabs = tabsOf(session);
  const here = tabs.findIndex(({ value }) => value === currentTab(session));
  const next = tabs[(here + by + tabs.length) % tabs.length];
  if (next) chooseTab(session, next.value);
}

export const canMove = ({ screen, open }: Session): boolean => screen === "read" && open.list.length > 1;

/** Moves the open document's tab by one. */
export function moveTab({ open }: Session, by: 1 | -1): void {
  const { current } = open;
  if (current === null) return;
  open.move(current, open.list.findIndex(({ document }) => document === current) + by);
}
