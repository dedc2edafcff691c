import type { Item } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";
import { GAP } from "./words";

/** What is wrong with a question as somebody has written it; null when it can be asked. */
export function wrongWith({ kind, stem, terms = [], options, answer }: Item): string | null {
  if (!stem.trim()) return t("quiz.wrong.stem");
  if (kind === "cloze" && !stem.includes(GAP)) return t("quiz.wrong.gap", { gap: GAP });
  if (terms.some((term) => !term.trim())) return t("quiz.wrong.terms");
  if (options.some((option) => !option.trim())) return t("quiz.wrong.options");
  if (new Set(options.map((option) => option.trim().toLowerCase())).size < options.length)
    return t("quiz.wrong.same");
  if ((typeof answer === "string" ? [answer] : answer).some((text) => !text.trim()))
    return t("quiz.wrong.answer");
  return null;
}

/** A question with another option in a place; where it was right, it stays right. */
export function withOption(item: Item, at: number, option: string): Item {
  const before = item.options[at];
  const follows = (text: string) => (text === before ? option : text);
  return {
    ...item,
    options: item.options.map((other, place) => (place === at ? option : other)),
    answer: typeof item.answer === "string" ? follows(item.answer) : item.answer.map(follows),
  };
}

/** Without spaces around anything. */
export const trimmed = (item: Item): Item => ({
  ...item,
  stem: item.stem.trim(),
  ...(item.terms && { terms: item.terms.map((term) => term.trim()) }),
  options: item.options.map((option) => option.trim()),
  answer: typeof item.answer === "string" ? item.answer.trim() : item.answer.map((text) => text.trim()),
  explanation: item.explanation.trim(),
});
