import type {
  Item,
  ItemKind,
  Question,
  Quiz,
  RefusalReason,
  RejectReason,
  Verdict,
} from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";

/** In the order in which they are offered. */
export const KINDS: ItemKind[] = ["choice", "cloze", "true-false", "matching", "short"];

export const kindName = (kind: ItemKind): string => t(`quiz.kind.${kind}`);

/** What an answer counts as, in words; also where there is none. */
export const verdictName = (verdict: Verdict | null): string => t(`quiz.verdict.${verdict ?? "none"}`);

/** Why a question is turned down, in the order of the keys 1 to 4. */
export const REASONS: RejectReason[] = ["wrong-key", "ambiguous", "bad-wording", "not-worth-asking"];

/** The place in a sentence where the words are to go. */
export const GAP = "_____";

/** How each of the words begins that are missing: without it, what means about the same would be as right. */
export const beginning = (words: string): string =>
  words
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => `${[...word][0]}…`)
    .join(" ");

/** What an answer counts as: what the person says, or else what the app found. */
export const verdictOf = ({ answered }: Question): Verdict | null =>
  answered ? (answered.appeal ?? answered.grade?.verdict ?? null) : null;

/** The right answer as one text. */
export function rightAnswer({ kind, answer, terms = [] }: Item): string {
  if (typeof answer !== "string") return terms.map((term, at) => `${term}: ${answer[at] ?? ""}`).join("; ");
  if (kind === "true-false") return t(`quiz.answer.${answer === "true"}`);
  return answer;
}

/** What was answered, as one text; null when the question was passed over. */
export function givenAnswer({ kind, terms = [] }: Item, given: string[]): string | null {
  if (given.length === 0) return null;
  if (kind === "matching")
    return terms.map((term, at) => `${term}: ${given[at] || t("quiz.answer.nothing")}`).join("; ");
  const [text = ""] = given;
  return kind === "true-false" ? t(`quiz.answer.${text === "true"}`) : text;
}

/** How far a quiz is, or how it went. */
export function resultLine({ questions, answered, correct, ended }: Quiz): string {
  if (ended !== null) return t("quiz.result.title", { n: correct, all: questions });
  if (answered === 0) return t("quiz.line.new", { n: questions });
  return t("quiz.line.answered", { n: answered, all: questions });
}

/** "45 s", "4 min 12 s", "1 h 3 min". */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return t("quiz.duration.s", { s: seconds });
  const minutes = Math.floor(seconds / 60);
  const s = seconds % 60;
  if (minutes < 60)
    return s ? t("quiz.duration.min-s", { min: minutes, s }) : t("quiz.duration.min", { min: minutes });
  return t("quiz.duration.h-min", { h: Math.floor(minutes / 60), min: minutes % 60 });
}

/** "9:05", as on a clock that runs down. */
export function countdown(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** How sure the app is of a question, in words. */
export function sureness(confidence: number): string {
  if (confidence >= 0.8) return t("quiz.sure.nearly");
  if (confidence >= 0.6) return t("quiz.sure.fairly");
  if (confidence >= 0.4) return t("quiz.sure.doubts");
  return t("quiz.sure.strong-doubts");
}

/** How many questions did not pass the checks, and why; empty where all did. */
export function droppedLine(rejected: [RefusalReason, number][]): string {
  const all = rejected.reduce((sum, [, n]) => sum + n, 0);
  if (all === 0) return "";
  const why = rejected.map(([reason, n]) => t(`quiz.dropped.${reason}`, { n })).join(", ");
  return t("quiz.dropped.line", { n: all, why });
}
