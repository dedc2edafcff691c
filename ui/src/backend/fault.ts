import { language, t } from "../i18n/i18n.svelte";
import type { Code, Fault } from "./bindings";

/** Whatever was thrown, as a fault that can be shown. */
export function asFault(thrown: unknown): Fault {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown) {
    return { code: thrown.code as Code, message: String(thrown.message) };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "internal", message };
}

/** What a catalogue says of a code; a code of a newer shell is one that nobody foresaw. */
function wordsOf(part: "title" | "advice", code: Code): string {
  const key = `faults.${part}.${code}` as const;
  const words = t(key);
  return words === key ? t(`faults.${part}.internal`) : words;
}

/** A few words that name the fault. */
export const titleOf = (code: Code): string => wordsOf("title", code);

/** The one thing to do next. */
export const adviceOf = (code: Code): string => wordsOf("advice", code);

/** What is said below the title: the shell's own sentence, which is English, or else what to do next. */
export const textOf = ({ code, message }: Fault): string =>
  language() === "en" && message ? message : adviceOf(code);

/** What is said of something that was thrown, where there is room for one sentence alone. */
export const reasonOf = (thrown: unknown): string => textOf(asFault(thrown));

/** The shell's own sentence where the text is in another language: it names the file. */
export const detailOf = ({ message }: Fault): string | null =>
  language() === "en" || !message ? null : message;
