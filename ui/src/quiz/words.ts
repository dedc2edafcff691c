import { count } from "../app/words";
import type {
  Feedback,
  Item,
  ItemKind,
  Met,
  Question,
  Quiz,
  RefusalReason,
  RejectReason,
  Verdict,
} from "../backend/bindings";
import { number } from "../i18n/i18n.svelte";

export const KINDS: { kind: ItemKind; label: string }[] = [
  { kind: "choice", label: "Multiple choice" },
  { kind: "cloze", label: "Fill the gap" },
  { kind: "true-false", label: "True or false" },
  { kind: "matching", label: "Matching" },
  { kind: "short", label: "In your own words" },
];

export const kindName = (kind: ItemKind): string => KINDS.find((other) => other.kind === kind)?.label ?? kind;

export const VERDICT_NAMES: Record<Verdict, string> = {
  correct: "Right",
  partial: "Partly right",
  incorrect: "Wrong",
  unsure: "Not sure",
};

export const MET_NAMES: Record<Met, string> = {
  met: "You said this",
  partly: "You said a part of this",
  missed: "This was missing",
  contradicted: "You said something else",
};

export const FEEDBACK_NAMES: Record<Feedback, string> = {
  at_once: "After each question",
  at_the_end: "At the end",
};

/** Why a question is turned down, in the order of the keys 1 to 4. */
export const REASONS: { reason: RejectReason; label: string }[] = [
  { reason: "wrong-key", label: "The answer is wrong" },
  { reason: "ambiguous", label: "More than one answer is right" },
  { reason: "bad-wording", label: "Badly worded" },
  { reason: "not-worth-asking", label: "Not worth asking" },
];

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
  if (kind === "true-false") return answer === "true" ? "True" : "False";
  return answer;
}

/** What was answered, as one text; null when the question was passed over. */
export function givenAnswer({ kind, terms = [] }: Item, given: string[]): string | null {
  if (given.length === 0) return null;
  if (kind === "matching") return terms.map((term, at) => `${term}: ${given[at] || "nothing"}`).join("; ");
  const [text = ""] = given;
  return kind === "true-false" ? (text === "true" ? "True" : "False") : text;
}

/** How far a quiz is, or how it went. */
export function resultLine({ questions, answered, correct, ended }: Quiz): string {
  if (ended !== null) return `${correct} of ${questions} right`;
  if (answered === 0) return `${count(questions, "question")}, not begun`;
  return `${answered} of ${questions} answered`;
}

/** "45 s", "4 min 12 s", "1 h 3 min". */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60)
    return seconds % 60 ? `${minutes}\u00a0min ${seconds % 60}\u00a0s` : `${minutes}\u00a0min`;
  return `${Math.floor(minutes / 60)}\u00a0h ${minutes % 60}\u00a0min`;
}

/** "9:05", as on a clock that runs down. */
export function countdown(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** How sure the app is of a question, in words. */
export function sureness(confidence: number): string {
  if (confidence >= 0.8) return "The app is nearly sure of this question.";
  if (confidence >= 0.6) return "The app is fairly sure of this question.";
  if (confidence >= 0.4) return "The app has doubts about this question.";
  return "The app has strong doubts about this question.";
}

const DROPPED: Record<RefusalReason, string> = {
  not_on_page: "do not stand on their page",
  not_self_contained: "can't be understood alone",
  tells_answer: "give their answer away",
  unlike_options: "have options that stand out",
  key_not_recovered: "are not answered by their page",
  another_fits: "have another right answer",
  too_near_in_meaning: "have answers too near in meaning",
  not_contradicted: "are false only in part",
  repeats: "ask something again",
  too_unsure: "are too unsure",
};

/** How many questions did not pass the checks, and why; empty where all did. */
export function droppedLine(rejected: [RefusalReason, number][]): string {
  const all = rejected.reduce((sum, [, n]) => sum + n, 0);
  if (all === 0) return "";
  const why = rejected.map(([reason, n]) => `${number(n)} ${DROPPED[reason]}`).join(", ");
  return `${count(all, "question")} did not pass the checks: ${why}.`;
}
