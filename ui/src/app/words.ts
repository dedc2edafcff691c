import type { Locator } from "../backend/bindings";
import { date, number, t } from "../i18n/i18n.svelte";

/** "a few seconds left", "about 3 min left". */
export function timeLeft(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 5) return t("app.left.moment");
  if (seconds < 60) return t("app.left.seconds", { seconds: Math.ceil(seconds / 5) * 5 });
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return t("app.left.minutes", { minutes });
  return t("app.left.hours", { hours: Math.round(minutes / 60) });
}

/** When something was, from where `now` stands: "just now", "12 min ago", "yesterday", "3 May". */
export function ago(then: number, now: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return t("app.ago.now");
  if (minutes < 60) return t("app.ago.minutes", { minutes });
  const days = Math.floor((startOfDay(now) - startOfDay(then)) / 86_400_000 + 0.5);
  if (days === 0) return t("app.ago.hours", { hours: Math.floor(minutes / 60) });
  if (days === 1) return t("app.ago.yesterday");
  if (days < 7) return t("app.ago.days", { days });
  const sameYear = new Date(then).getFullYear() === new Date(now).getFullYear();
  return date(then, { day: "numeric", month: "short", year: sameYear ? undefined : "numeric" });
}

const startOfDay = (time: number) => new Date(time).setHours(0, 0, 0, 0);

/** "4.2 MB" */
export function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = value < 10 && unit > 0 ? 1 : 0;
  return `${number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${units[unit]}`;
}

/** What is printed on pages: numbers, roman ones too, with a letter or an appendix in front. */
const PRINTED = /^(?=.*\d)[\w.–-]{1,8}$|^[ivxlcdm]+$/i;

/** How a page is called: by its printed label where it has one; a chapter, slide or sheet by its title. */
export function pageName(page: number | null, label: string | null): string {
  if (label) return PRINTED.test(label) ? t("app.page", { page: label }) : label;
  return page === null ? "" : t("app.page", { page: String(page) });
}

/** Where words stand: on a page, or in a format without pages in the chapter, slide, paragraph or line. */
export function placeName(page: number | null, label: string | null, locator: Locator | null = null): string {
  return page === null && locator ? locatorName(locator) : pageName(page, label);
}

/** "Chapter 3, paragraph 12", "Membranes, paragraph 12" where it has a title, "Slide 4". */
function locatorName({ kind, number, label, paragraph }: Locator): string {
  if (kind === "slide") return t("app.locator.slide", { number });
  if (kind === "chapter") {
    const chapter = label ?? t("app.locator.chapter", { number });
    return paragraph === null
      ? chapter
      : t("app.locator.within.paragraph", { label: chapter, number: paragraph });
  }
  return label ? t(`app.locator.within.${kind}`, { label, number }) : t(`app.locator.${kind}`, { number });
}

/** What is said of words that a new edition of their document has no longer. */
export const changed = (): string => t("app.changed");

/** The last part of a path, of either kind. */
export const fileName = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
