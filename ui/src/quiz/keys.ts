import type { Item } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";

/** The option that a key means: 1 to 9 or A to I, and the letters of true and false. */
export function optionOf(key: string, { kind, options }: Item): string | undefined {
  const letter = key.toLowerCase();
  if (kind === "true-false") {
    const isKeyOf = (answer: "true" | "false") => letter === t(`quiz.answer.${answer}-key`).toLowerCase();
    if (letter === "1" || isKeyOf("true")) return "true";
    return letter === "2" || isKeyOf("false") ? "false" : undefined;
  }
  if (kind !== "choice" || letter.length !== 1) return undefined;
  const at = /[1-9]/.test(letter) ? Number(letter) - 1 : letter.charCodeAt(0) - "a".charCodeAt(0);
  return options[at];
}

/** Whether keys belong to what the focus is on: letters go into fields, and menus and lists have their own. */
export const takesKeys = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && !["radio", "checkbox"].includes(target.type)) ||
  (target instanceof Element && target.closest("[role=menu]") !== null);

/** Whether a press in the window is meant for a part of it: it has the focus, or nothing has. */
export const isMeantFor = (event: KeyboardEvent, part: HTMLElement | null): boolean =>
  !event.defaultPrevented &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  document.querySelector("[aria-modal=true]") === null &&
  part !== null &&
  (event.target === document.body || part.contains(event.target as Node)) &&
  !takesKeys(event.target);
