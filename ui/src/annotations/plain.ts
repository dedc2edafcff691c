import type { TextRun } from "../backend/bindings";
import { parsed } from "../ask/markdown/growing";
import { wordsOf } from "../ask/markdown/nodes";

/** Stand around what was looked for while Markdown is read; no text has them, as Unicode gives them no meaning. */
const [BEGIN, END] = ["\uE000", "\uE001"];

/** A note in Markdown as plain text, with what was looked for still told apart. */
export function plainRuns(runs: TextRun[]): TextRun[] {
  const marked = runs.map(({ text, found }) => (found ? BEGIN + text + END : text)).join("");
  const plain = wordsOf(parsed(marked))
    .replace(/\n{2,}/g, "\n")
    .trim();
  return plain
    .split(BEGIN)
    .flatMap((part, index) => {
      const [found = "", after = ""] = index === 0 ? ["", part] : part.split(END);
      return [
        { text: found, found: true },
        { text: after, found: false },
      ];
    })
    .filter(({ text }) => text !== "");
}
