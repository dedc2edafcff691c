import type { TurnId } from "../backend/bindings";

/** Where a question is typed, for whoever puts the focus there. */
export const COMPOSER = "[data-testid=ask-input]";

/** Where a question stands with its answer. */
export const exchangeOf = (turn: TurnId | null): string => `[data-turn="${turn ?? "none"}"]`;
