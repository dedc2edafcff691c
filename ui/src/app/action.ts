import type { Component } from "svelte";

import { focusOn } from "../design/focus";
import { t, type Key } from "../i18n/i18n.svelte";
import type { Session } from "./session.svelte";
import { keysOf, type Shortcut } from "./shortcuts";

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

export const focus = (testid: string) => focusOn(`[data-testid="${testid}"]`);

export const always = () => true;
export const inRoom = ({ rooms }: Session) => rooms.current !== null;
export const isReading = ({ documentSeen }: Session) => documentSeen;
export const hasDocument = ({ viewer }: Session) => viewer.open !== null;
export const isReviewing = ({ screen, cards }: Session) => screen === "cards" && cards.view === "review";
