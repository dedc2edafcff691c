import type { StudyDay } from "../backend/bindings";
import { date, t } from "../i18n/i18n.svelte";

const DAY_MS = 86_400_000;

/** Days of the calendar have no time zone: they are reckoned with as midnights of one that never changes its clock. */
const time = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string => dayAt(time(day) + days * DAY_MS);

/** 0 is Monday. */
export const weekday = (day: string): number => (new Date(time(day)).getUTCDay() + 6) % 7;

const told = (day: string, options: Intl.DateTimeFormatOptions): string =>
  date(time(day), { timeZone: "UTC", ...options });
/** "3 Nov" */
export const shortDay = (day: string): string => told(day, { day: "numeric", month: "short" });
/** "Nov" */
export const month = (day: string): string => told(day, { month: "short" });

/** "Today", "Yesterday", "Tomorrow", else "Tuesday 3 November". */
export function dayName(day: string, today: string): string {
  const away = Math.round((time(day) - time(today)) / DAY_MS);
  if (away === -1) return t("progress.day.yesterday");
  if (away === 0) return t("progress.day.today");
  if (away === 1) return t("progress.day.tomorrow");
  return told(day, { weekday: "long", day: "numeric", month: "long" });
}

/** The days of so many weeks up to the one that `today` is in, each from Monday to Sunday. */
export function weeksUpTo(today: string, weeks: number): string[][] {
  const monday = addDays(today, -weekday(today) - (weeks - 1) * 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => addDays(monday, week * 7 + day)),
  );
}

/** What was done on all of these days together. */
export function sumOf(days: StudyDay[]): Omit<StudyDay, "date"> {
  const sum = { read_ms: 0, asked: 0, answered: 0, reviewed: 0 };
  for (const { read_ms, asked, answered, reviewed } of days) {
    sum.read_ms += read_ms;
    sum.asked += asked;
    sum.answered += answered;
    sum.reviewed += reviewed;
  }
  return sum;
}
