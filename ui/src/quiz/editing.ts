import type { Item } from "../backend/bindings";
import { GAP } from "./words";

/** What is wrong with a question as somebody has written it; null when it can be asked. */
export function wrongWith({ kind, stem, terms = [], options, answer }: Item): string | null {
  if (!stem.trim()) return "Write what is asked.";
  if (kind === "cloze" && !stem.includes(GAP)) return `Mark the gap with ${GAP}.`;
  if (terms.some((term) => !term.trim())) return "Write every term.";
  if (options.some((option) => !option.trim())) return "Write every option.";
  if (new Set(options.map((option) => option.trim().toLowerCase())).size < options.length)
    return "Two options are the same.";
  if ((typeof answer === "string" ? [answer] : answer).some((text) => !text.trim()))
    return "Write the right answer.";
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
