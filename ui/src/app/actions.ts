import type { Action } from "./action";
import { FILES } from "./actions/files";
import { FIND } from "./actions/find";
import { GO } from "./actions/go";
import { STUDY } from "./actions/study";
import { VIEW } from "./actions/view";

/**
 * All that can be done in the window, in the order of settings and menus. Where one key has several meanings, the first
 * that is possible counts.
 */
export const ACTIONS: Action[] = [...FIND, ...STUDY, ...GO, ...FILES, ...VIEW];

/** What can be done by keys, and which. */
export const withShortcuts = (): Action[] => ACTIONS.filter(({ shortcuts }) => shortcuts !== undefined);
