import type {
  Card,
  CardsImported,
  Citation,
  Face,
  NewNote,
  Next,
  Note,
  Rating,
  StudySettings,
} from "../src/backend/bindings";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Refuses a note as the shell does. */
export function refuse(note: NewNote): void {
  const invalid = (message: string) => ({ code: "invalid", message });
  if (!note.front.trim()) throw invalid("A note needs a front: write down what it asks.");
  if (note.kind === "cloze" && !/\{\{c\d+::/.test(note.front))
    throw invalid(
      "The text has no gap, so there is nothing to ask. Mark what is to be asked as {{c1::words}}.",
    );
  if (note.kind !== "cloze" && !note.back?.trim())
    throw invalid("A note needs a back: write down what answers its front.");
}

const GAP = /\{\{c(\d+)::(.*?)(?:::(.*?))?\}\}/g;

/** The cards of a note by their ordinals. */
export function ordinalsOf({ kind, front }: Note): number[] {
  if (kind !== "cloze") return kind === "reversed" ? [0, 1] : [0];
  return [...new Set([...front.matchAll(GAP)].map(([, number]) => Number(number) - 1))].sort();
}

/** The two sides with the shell's signs around gaps. */
export function faceOf({ kind, front, back, extra }: Note, ordinal: number): Face {
  if (kind === "reversed" && ordinal === 1) return { question: back, answer: front, extra };
  if (kind !== "cloze") return { question: front, answer: back, extra };
  const shown = (isAnswer: boolean) =>
    front.replace(GAP, (_, number: string, words: string, hint?: string) => {
      if (Number(number) !== ordinal + 1) return words;
      return isAnswer ? `\ue002${words}\ue003` : `\ue000${hint ?? "…"}\ue001`;
    });
  return { question: shown(false), answer: shown(true), extra };
}

/** What an answer makes of a card, roughly. */
export function nextOf({ state, interval }: Card, rating: Rating): Next {
  const now = Date.now();
  const isKnown = state === "review";
  const days = {
    again: 0,
    hard: isKnown ? interval : 0,
    good: isKnown ? interval * 2.5 : 0,
    easy: Math.max(8, interval * 4),
  };
  const minutes = { again: 1, hard: 6, good: 10, easy: 0 };
  const wait = Math.round(days[rating]);
  return {
    state: wait > 0 ? "review" : isKnown || state === "relearning" ? "relearning" : "learning",
    step: 0,
    due: now + (wait > 0 ? wait * DAY : minutes[rating] * MINUTE),
    interval: wait,
    stability: Math.max(1, wait),
    difficulty: 5,
  };
}

export const aCard = (card: Partial<Card> = {}): Card => ({
  card: 1,
  note: 1,
  room: 1,
  ordinal: 0,
  state: "new",
  step: 0,
  due: null,
  interval: 0,
  stability: null,
  difficulty: null,
  last_review: null,
  reps: 0,
  lapses: 0,
  leech: false,
  suspended: false,
  buried_until: 0,
  ...card,
});

/** One that was known and is due. */
export const DUE: Partial<Card> = {
  state: "review",
  due: Date.now() - DAY,
  interval: 12,
  stability: 12,
  difficulty: 5,
  last_review: Date.now() - 13 * DAY,
  reps: 4,
};

export const aNote = (note: Partial<Note> = {}): Note => ({
  note: 1,
  room: 1,
  guid: `note ${note.note ?? 1}`,
  kind: "basic",
  front: "What is osmosis?",
  back: "The movement of water through a membrane.",
  extra: "",
  tags: [],
  document: note.source?.document ?? null,
  source: null,
  source_changed: false,
  created: 0,
  updated: 0,
  ...note,
});

export const aSource = (citation: Partial<Citation> = {}): Citation => ({
  document: 1,
  title: "Psychology 2e",
  page: 12,
  label: "4",
  locator: null,
  quote: "The hippocampus is associated with memory.",
  boxes: [{ page: 12, x0: 0.1, y0: 0.5, x1: 0.6, y1: 0.52 }],
  ...citation,
});

export const aPlan = (plan: StudySettings = {}): StudySettings => ({
  new_per_day: 20,
  reviews_per_day: 200,
  retention: 0.9,
  learning_steps: [60, 600],
  relearning_steps: [600],
  leech_threshold: 8,
  day_starts_at: 240,
  order: "added",
  exam: null,
  ...plan,
});

export const anImport = (outcome: Partial<CardsImported> = {}): CardsImported => ({
  added: 12,
  updated: 0,
  unchanged: 0,
  answers: 0,
  media: 0,
  missing: 0,
  left_out: 0,
  place: "note",
  skipped: [],
  ...outcome,
});
