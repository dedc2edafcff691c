import type { Standing, StudyDay, Why } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";

/** "40 %". What is begun is never 0 %, and what is not whole never 100 %. */
export function percent(share: number): string {
  const hundredths = Math.round(share * 100);
  const told = share > 0 && share < 1 ? Math.min(99, Math.max(1, hundredths)) : hundredths;
  return t("progress.percent", { n: told });
}

/** How a part of a document stands, in a word. */
export type Grade = "untouched" | "begun" | "read" | "shaky" | "good" | "mastered";

/** From so much mastery on it is good, or mastered. */
const GOOD = 0.5;
const MASTERED = 0.75;
/** Fewer questions and cards say too little to call something shaky that they were answered well in. */
const TELLING = 3;

/** The word for a standing: by what was shown of it in questions and cards, and until then by what was read. */
export function gradeOf({ pages, read, answered, cards, score, recall, mastery }: Standing): Grade {
  const shown = (score ?? 0) * answered + (recall ?? 0) * cards;
  // Cards that were never asked have shown nothing yet.
  const isShown = answered > 0 || shown > 0;
  const reading = read === 0 ? "untouched" : read < pages ? "begun" : "read";
  if (!isShown || mastery === null) return reading;
  if (mastery >= MASTERED) return "mastered";
  if (mastery >= GOOD) return "good";
  const asked = answered + cards;
  if (asked < TELLING && shown / asked >= GOOD) return read > 0 && read >= pages ? "read" : "begun";
  return "shaky";
}

/** What is known of a part, in a line. */
export function standingLine(standing: Standing): string {
  const { pages, read, asked, answered, score, cards, due, recall } = standing;
  const parts = [
    pages > 0 && read > 0 && t("progress.line.read", { share: percent(read / pages) }),
    asked > 0 && t("progress.line.asked", { n: asked }),
    answered > 0 && score !== null && t("progress.line.right", { share: percent(score) }),
    cards > 0 && recall !== null && t("progress.line.recalled", { share: percent(recall) }),
    due > 0 && t("progress.line.due", { n: due }),
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(" · ") : t("progress.line.pages", { n: pages });
}

/** Why something is suggested: "3 cards due, quiz at 40 %". */
export function reasons(why: Why[]): string {
  const text = why.map(reason).join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function reason(why: Why): string {
  switch (why.type) {
    case "cards_due":
      return t("progress.why.cards_due", { n: why.cards });
    case "quiz_weak":
      return t("progress.why.quiz_weak", { share: percent(why.score) });
    case "unread":
      return t("progress.why.unread", { n: why.pages });
  }
}

/** "under a minute", "25 min", "2 h 10 min". */
export function studyTime(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return ms > 0 ? t("progress.time.under") : t("progress.time.min", { min: 0 });
  if (minutes < 60) return t("progress.time.min", { min: minutes });
  const h = Math.floor(minutes / 60);
  const min = minutes % 60;
  return min ? t("progress.time.h-min", { h, min }) : t("progress.time.h", { h });
}

/** Days in a row, in words; null where there is no row to speak of. */
export function streakLine(streak: number, most: number): string | null {
  if (streak < 2) return null;
  return streak >= most ? t("progress.streak.year") : t("progress.streak.days", { n: streak });
}

/** What was done on a day, or on some. */
export function deedsLine({ read_ms, asked, answered, reviewed }: Omit<StudyDay, "date">): string {
  const parts = [
    read_ms > 0 && t("progress.deeds.reading", { time: studyTime(read_ms) }),
    asked > 0 && t("progress.deeds.asked", { n: asked }),
    answered > 0 && t("progress.deeds.answered", { n: answered }),
    reviewed > 0 && t("progress.deeds.reviewed", { n: reviewed }),
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(", ") : t("progress.deeds.nothing");
}

/** How the bar beside the word is drawn. */
export const TONES: Record<Grade, "plain" | "low" | "middle" | "high"> = {
  untouched: "plain",
  begun: "plain",
  read: "plain",
  shaky: "low",
  good: "middle",
  mastered: "high",
};
