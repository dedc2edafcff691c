import type { StudyDay } from "../backend/bindings";

const DAY_MS = 86_400_000;

/** Days of the calendar have no time zone: they are reckoned with as midnights of one that never changes its clock. */
const time = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string => dayAt(time(day) + days * DAY_MS);

/** 0 is Monday. */
export const weekday = (day: string): number => (new Date(time(day)).getUTCDay() + 6) % 7;

const format = (options: Intl.DateTimeFormatOptions) => {
  const formatter = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
  return (day: string) => formatter.format(time(day));
};
/** "Tuesday 3 November" */
const long = format({ weekday: "long", day: "numeric", month: "long" });
/** "3 Nov" */
export const shortDay = format({ day: "numeric", month: "short" });
/** "Nov" */
export const month = format({ month: "short" });

/** "Today", "Yesterday", "Tomorrow", else the day's name. */
export function dayName(day: string, today: string): string {
  const away = Math.round((time(day) - time(today)) / DAY_MS);
  return { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" }[away] ?? long(day);
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
