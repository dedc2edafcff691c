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
import { date, t } from "../i18n/i18n.svelte";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** In the order of the keys 1 to 4. */
export const RATINGS = ["again", "hard", "good", "easy"] as const satisfies Rating[];

const STATES = ["new", "learning", "review", "relearning"] as const satisfies CardState[];

/** What a list of cards can be narrowed to. */
export type Kind = "all" | CardState | "left-out" | "leech" | "changed";

export const FILTERS: Record<Kind, Filter> = {
  all: {},
  new: { state: "new" },
  learning: { state: "learning" },
  review: { state: "review" },
  relearning: { state: "relearning" },
  "left-out": { suspended: true },
  leech: { tag: "leech" },
  changed: { source_changed: true },
};
/** In the order in which they are offered. */
export const KINDS: Kind[] = ["all", ...STATES, "left-out", "leech", "changed"];

export const kindName = (kind: Kind): string =>
  isState(kind) ? t(`cards.state.${kind}`) : t(`cards.kind.${kind}`);
const isState = (kind: Kind): kind is CardState => (STATES as readonly Kind[]).includes(kind);

/** "4 days", "2 months", "1.5 years". */
export function span(days: number): string {
  if (days < 31) return t("cards.span.days", { n: Math.round(days) });
  if (days < 365) return t("cards.span.months", { n: Math.round(days / 30.4) });
  return t("cards.span.years", { n: Math.round((days / 365) * 10) / 10 });
}

function shortSpan(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  return minutes < 100
    ? t("cards.span.minutes", { n: minutes })
    : t("cards.span.hours", { n: Math.round(minutes / 60) });
}

/** When an answer brings its card back, from `now` on. */
export const intervalOf = ({ interval, due }: Next, now: number): string =>
  interval > 0 ? span(interval) : shortSpan(due - now);

const startOfDay = (time: number) => new Date(time).setHours(0, 0, 0, 0);

/** "at 14:32", "tomorrow", "on Friday, 4 December", "on 3 May 2028". */
export function moment(then: number, now: number): string {
  const days = Math.round((startOfDay(then) - startOfDay(now)) / DAY);
  if (days <= 0) return t("cards.moment.at", { time: date(then, { hour: "2-digit", minute: "2-digit" }) });
  if (days === 1) return t("cards.moment.tomorrow");
  return t("cards.moment.on", { day: day(then, now) });
}

/** "Friday, 4 December", or with its year where that is another one. */
export function day(then: number, now: number): string {
  const sameYear = new Date(then).getFullYear() === new Date(now).getFullYear();
  const parts = sameYear ? ({ weekday: "long" } as const) : ({ year: "numeric" } as const);
  return date(then, { day: "numeric", month: "long", ...parts });
}

/** The day that a date names, on this clock. */
export const timeOf = (day: string): number => new Date(`${day}T00:00:00`).getTime();

/** Days from today to a date; below 0 when it is over. */
export const daysUntil = (day: string, now: number): number =>
  Math.round((timeOf(day) - startOfDay(now)) / DAY);

/** How a card stands. */
export function standing(card: Card, now: number): string {
  if (card.suspended) return card.leech ? t("cards.standing.leech") : t("cards.standing.left-out");
  if (card.buried_until > now) return t("cards.standing.buried");
  const { due } = card;
  const state = kindName(card.state);
  if (due === null) return state;
  if (due <= now) return t("cards.standing.now", { state });
  // Of a card that is known only the day matters.
  if (card.state === "review" && startOfDay(due) === startOfDay(now))
    return t("cards.standing.today", { state });
  return t("cards.standing.due", { state, when: moment(due, now) });
}

/** "3 new, 2 being learnt, 14 known"; what there is none of is not named. */
export function countsLine({ new: fresh, learning, review }: Counts): string {
  const parts = [
    fresh > 0 && t("cards.counts.new", { n: fresh }),
    learning > 0 && t("cards.counts.learning", { n: learning }),
    review > 0 && t("cards.counts.review", { n: review }),
  ];
  return parts.filter((part) => part !== false).join(", ");
}

/** What came of making cards: a few words, and what else there is to say. */
export function madeWords({ added, known }: NotesMade): [string, string | null] {
  if (added === 0) return [t("cards.toast.there", { n: known }), null];
  return [t("cards.toast.made", { n: added }), known > 0 ? t("cards.toast.made-known", { n: known }) : null];
}

/** What came in from a file. */
export function importedWords({ added, updated, unchanged, answers, media, missing }: CardsImported): string {
  const parts = [
    added > 0 && answers > 0 && t("cards.imported.added-answers", { n: added, answers }),
    added > 0 && answers === 0 && t("cards.imported.added", { n: added }),
    updated > 0 && t("cards.imported.updated", { n: updated }),
    unchanged > 0 && t("cards.imported.unchanged", { n: unchanged }),
    media > 0 && t("cards.imported.media", { n: media }),
    missing > 0 && t("cards.imported.missing", { n: missing }),
  ].filter((part) => part !== false);
  return parts.length > 0
    ? t("cards.imported.all", { parts: parts.join(", ") })
    : t("cards.imported.nothing");
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
  if (fit.type === "too_few") return t("cards.fit.too-few", { n: fit.reviews, needed: fit.needed });
  if (fit.type === "no_better") return t("cards.fit.no-better");
  return t("cards.fit.better", { n: fit.fitted.reviews });
}
