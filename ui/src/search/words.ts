import type { Explanation, Part } from "../backend/bindings";
import { locale, number, t } from "../i18n/i18n.svelte";

/** Words that a sentence names before it only counts them. */
const NAMED = 3;

/** What the shell tells of a score by name; what else may come keeps the words that the shell has for it. */
const PARTS = ["coverage", "meaning", "near", "repeats", "section", "sentence", "tokens", "words"] as const;

/** How a part of a score is called. */
export function partName({ name, label }: Part): string {
  const known = PARTS.find((part) => part === name);
  return known ? t(`search.part.${known}`) : label;
}

/** "It has “sleep”, but not “dream”. What counts most: closeness in meaning." */
export function whyWords({ has, lacks, parts }: Explanation): string {
  const most = parts
    .filter(({ adds }) => adds > 0)
    .reduce<Part | null>((best, part) => (best && best.adds >= part.adds ? best : part), null);
  const words = hasWords(has, lacks);
  return most ? `${words} ${t("search.why.most", { part: lowered(partName(most)) })}` : words;
}

function hasWords(has: string[], lacks: string[]): string {
  const all = has.length + lacks.length;
  if (has.length === 0) return t("search.why.none");
  if (all === 1) return t("search.why.one", { words: named(has) });
  if (lacks.length === 0 && all <= NAMED) return t("search.why.named", { words: named(has) });
  if (lacks.length === 0) return t("search.why.all", { all });
  if (has.length <= NAMED && lacks.length <= NAMED)
    return t("search.why.some", { words: named(has), missing: named(lacks) });
  return t("search.why.counted", { here: has.length, all });
}

/** "Number 3 by words · likeness in meaning 0.62" */
export function rankWords({ keyword_rank: rank, similarity }: Explanation): string {
  if (similarity === null) return rank === null ? t("search.rank.none") : t("search.rank.some", { rank });
  const likeness = number(similarity, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return rank === null
    ? t("search.rank.none.near", { likeness })
    : t("search.rank.some.near", { rank, likeness });
}

/** "a, b and c", as the language on show lists things; without "and" where they are only shown together. */
export const listed = (words: string[], type: "conjunction" | "unit" = "conjunction"): string =>
  new Intl.ListFormat(locale(), { type, style: type === "unit" ? "short" : "long" }).format(words);

const named = (words: string[]): string => listed(words.map((word) => `“${word}”`));

const lowered = (label: string): string => label.charAt(0).toLocaleLowerCase(locale()) + label.slice(1);
