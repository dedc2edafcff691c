import type {
  Activity,
  CardStatistics,
  DocumentProgress,
  RoomProgress,
  SectionProgress,
  Standing,
  StudyDay,
  Suggestion,
} from "../src/backend/bindings";
import { addDays } from "../src/progress/days";
import { QuizDouble } from "./quizDouble";

/** The part of the double that tells how studying goes: what a test has put there. */
export class ProgressDouble extends QuizDouble {
  progressed: DocumentProgress[] = [];
  next: Suggestion[] = [];
  studied: Activity = { days: [], streak: 0 };
  kept: CardStatistics = someCards();

  progress = (room: number, utcOffset: number) =>
    this.done<RoomProgress>("progress", [room, utcOffset], {
      room,
      documents: this.progressed,
      next: this.next,
    });
  activity = (room: number, days: number, utcOffset: number) =>
    this.done("activity", [room, days, utcOffset], this.studied);
  cardsStatistics = (room: number, past: number, ahead: number, utcOffset: number) =>
    this.done("cardsStatistics", [room, past, ahead, utcOffset], this.kept);
}

/** A Sunday. */
export const TODAY = "2026-11-22";

export const aStanding = (standing: Partial<Standing> = {}): Standing => ({
  pages: 10,
  read: 0,
  asked: 0,
  answered: 0,
  score: null,
  cards: 0,
  due: 0,
  recall: null,
  mastery: null,
  ...standing,
});

export const aSection = (
  entry: number,
  title: string,
  level = 1,
  standing: Partial<Standing> = {},
): SectionProgress => ({ entry, level, title, page: entry * 10 + 1, standing: aStanding(standing) });

export const aDocumentProgress = (document: Partial<DocumentProgress> = {}): DocumentProgress => ({
  document: 1,
  title: "Psychology 2e",
  whole: aStanding({ pages: 685 }),
  sections: [],
  ...document,
});

export const aStudyDay = (daysAgo: number, day: Partial<StudyDay> = {}, today = TODAY): StudyDay => ({
  date: addDays(today, -daysAgo),
  read_ms: 0,
  asked: 0,
  answered: 0,
  reviewed: 0,
  ...day,
});

/** Statistics of no cards, with a forecast of 30 days whose first ones are due as `due` says. */
export function someCards(
  statistics: Partial<CardStatistics> = {},
  due: number[] = [],
  today = TODAY,
): CardStatistics {
  const none = { answers: 0, known: 0, share: null };
  return {
    cards: { cards: 0, new: 0, learning: 0, review: 0, due: 0, suspended: 0, leeches: 0 },
    days: [],
    streak: 0,
    young: none,
    mature: none,
    retention: none,
    forecast: Array.from({ length: 30 }, (_, day) => ({ date: addDays(today, day), due: due[day] ?? 0 })),
    desired_retention: 0.9,
    ...statistics,
  };
}
