import { count } from "../app/words";
import type {
  Card,
  CardsImported,
  CardState,
  Counts,
  Filter,
  Fit,
  Next,
  NotesMade,
  Rating,
} from "../backend/bindings";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const RATINGS: { rating: Rating; label: string }[] = [
  { rating: "again", label: "Again" },
  { rating: "hard", label: "Hard" },
  { rating: "good", label: "Good" },
  { rating: "easy", label: "Easy" },
];

const STATES: Record<CardState, string> = {
  new: "New",
  learning: "Being learnt",
  review: "Known",
  relearning: "Being learnt again",
};

/** What a list of cards can be narrowed to. */
export type Kind = "all" | CardState | "left-out" | "leech" | "changed";

export const KINDS: { kind: Kind; label: string; filter: Filter }[] = [
  { kind: "all", label: "All cards", filter: {} },
  { kind: "new", label: "New", filter: { state: "new" } },
  { kind: "learning", label: "Being learnt", filter: { state: "learning" } },
  { kind: "review", label: "Known", filter: { state: "review" } },
  { kind: "relearning", label: "Being learnt again", filter: { state: "relearning" } },
  { kind: "left-out", label: "Left out", filter: { suspended: true } },
  { kind: "leech", label: "Forgotten often", filter: { tag: "leech" } },
  { kind: "changed", label: "Source changed", filter: { source_changed: true } },
];

/** "10 min", "4 days", "2 months", "1.5 years". */
export function span(days: number): string {
  if (days < 31) return count(Math.round(days), "day");
  if (days < 365) return count(Math.round(days / 30.4), "month");
  const years = Math.round((days / 365) * 10) / 10;
  return `${years} ${years === 1 ? "year" : "years"}`;
}

function shortSpan(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  return minutes < 100 ? `${minutes}\u00a0min` : `${Math.round(minutes / 60)}\u00a0h`;
}

/** When an answer brings its card back, from `now` on. */
export const intervalOf = ({ interval, due }: Next, now: number): string =>
  interval > 0 ? span(interval) : shortSpan(due - now);

const startOfDay = (time: number) => new Date(time).setHours(0, 0, 0, 0);
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** "at 14:32", "tomorrow", "on Friday, 4 December", "on 3 May 2028". */
export function moment(then: number, now: number): string {
  const days = Math.round((startOfDay(then) - startOfDay(now)) / DAY);
  if (days <= 0) return `at ${clock.format(then)}`;
  if (days === 1) return "tomorrow";
  return `on ${day(then, now)}`;
}

/** "Friday, 4 December", or with its year where that is another one. */
export function day(then: number, now: number): string {
  const sameYear = new Date(then).getFullYear() === new Date(now).getFullYear();
  const parts = sameYear ? ({ weekday: "long" } as const) : ({ year: "numeric" } as const);
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", ...parts }).format(then);
}

/** The day that a date names, on this clock. */
export const timeOf = (date: string): number => new Date(`${date}T00:00:00`).getTime();

/** Days from today to a date; below 0 when it is over. */
export const daysUntil = (date: string, now: number): number =>
  Math.round((timeOf(date) - startOfDay(now)) / DAY);

/** How a card stands. */
export function standing(card: Card, now: number): string {
  if (card.suspended) return card.leech ? "Forgotten often, left out" : "Left out";
  if (card.buried_until > now) return "Left out until tomorrow";
  return card.due === null
    ? STATES[card.state]
    : `${STATES[card.state]}, ${dueWords(card.state, card.due, now)}`;
}

/** Of a card that is known only the day matters. */
function dueWords(state: CardState, due: number, now: number): string {
  if (due <= now) return "due now";
  if (state === "review" && startOfDay(due) === startOfDay(now)) return "due today";
  return `due ${moment(due, now)}`;
}

/** "3 new, 2 being learnt, 14 known"; what there is none of is not named. */
export function countsLine({ new: fresh, learning, review }: Counts): string {
  const parts = [
    { n: fresh, name: "new" },
    { n: learning, name: "being learnt" },
    { n: review, name: "known" },
  ];
  return parts
    .filter(({ n }) => n > 0)
    .map(({ n, name }) => `${n} ${name}`)
    .join(", ");
}

/** What came of making cards: a few words, and what else there is to say. */
export function madeWords({ added, known }: NotesMade): [string, string | null] {
  const were = known === 1 ? "was" : "were";
  if (added === 0)
    return [known === 1 ? "This card is there already" : "These cards are there already", null];
  return [`${count(added, "card")} made`, known > 0 ? `${known} ${were} there already.` : null];
}

/** What came in from a file. */
export function importedWords({ added, updated, unchanged, answers, media, missing }: CardsImported): string {
  const parts = [
    added > 0
      ? `${count(added, "note")} came in${answers > 0 ? ` with ${count(answers, "answer")}` : ""}`
      : null,
    updated > 0 ? `${count(updated, "note")} changed` : null,
    unchanged > 0 ? `${unchanged} ${unchanged === 1 ? "was" : "were"} here already` : null,
    media > 0 ? `${count(media, "picture or sound", "pictures and sounds")} came along` : null,
    missing > 0
      ? `${count(missing, "picture or sound", "pictures and sounds")} ${missing === 1 ? "is" : "are"} not in the file`
      : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? `${parts.join(", ")}.` : "Nothing came in.";
}

/** "1 10" of seconds; what is less than a minute as a part of one. */
export const stepWords = (steps: number[]): string =>
  steps.map((seconds) => String(Math.round((seconds / 60) * 100) / 100)).join(" ");

/** Seconds of "1 10"; null where something else is written. */
export function stepsOf(words: string): number[] | null {
  const steps = words
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((minutes) => Math.round(Number(minutes) * 60));
  return steps.every((seconds) => Number.isFinite(seconds) && seconds > 0) ? steps : null;
}

/** "04:00" of minutes after midnight. */
export const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");

/** The same backwards, to the quarter hour; null where it is no time of day. */
export function minutesOf(clock: string): number | null {
  const found = /^(\d{1,2}):(\d{2})/.exec(clock);
  if (!found) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2]);
  return Math.min(24 * 60 - 15, Math.round(minutes / 15) * 15);
}

/** What came of fitting. */
export function fitWords(fit: Fit): string {
  if (fit.type === "too_few")
    return `You have given ${count(fit.reviews, "answer")} that count for this; ${fit.needed} are needed.`;
  if (fit.type === "no_better")
    return "The usual numbers foretell your answers as well as any others, so they stay.";
  return `Fitted to ${count(fit.fitted.reviews, "answer")}: your answers are foretold better than before.`;
}
