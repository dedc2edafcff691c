import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Growing, parsed } from "./growing";
import { growsFrom, wordsOf, type Block } from "./nodes";

/** What is shown of each beginning of a text, one character after the other, and at last of the whole. */
function shown(text: string): Block[][] {
  const growing = new Growing();
  const frames = Array.from(text, (_, at) => growing.show(text.slice(0, at + 1), true));
  return [...frames, growing.show(text, false)];
}

const WORDS = [
  "memory",
  "2 * 3 = 6",
  "a_b_c",
  "$5 and $10",
  "x < 5",
  "[0, 1)",
  "100 %",
  "Wait!",
  "snake_case",
  "C#",
  "1990",
];
const SPANS = [
  "**bold words**",
  "*slanted*",
  "_under_",
  "***both***",
  "**bold with *slant* in it**",
  "`code * with_ [x](y)`",
  "``a ` tick``",
  "$x_1 * y_2$",
  "$$e = mc^2$$",
  "\\(a < b\\)",
  "\\[\\frac{1}{2}\\]",
  "[a place](https://example.org/a_(b))",
  "~~gone~~",
  "[1]",
  "[2, 3]",
  "<b>not bold</b>",
  "![a drawing](https://example.org/a.png)",
  "\\*no emphasis\\*",
  "<https://example.org>",
];

const sentence = fc
  .array(fc.constantFrom(...WORDS, ...SPANS), { minLength: 1, maxLength: 6 })
  .map((parts) => `${parts.join(" ")}.`);
const line = sentence.map((words) => `So ${words}`);
const block = fc.oneof(
  fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join("\n")),
  fc.tuple(fc.constantFrom("# ", "## ", "#### "), line).map((parts) => parts.join("")),
  fc.array(line, { minLength: 1, maxLength: 4 }).map((items) => items.map((item) => `- ${item}`).join("\n")),
  fc
    .array(line, { minLength: 1, maxLength: 4 })
    .map((items) => items.map((item, at) => `${at + 1}. ${item}\n   - ${item}`).join("\n")),
  fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.map((it) => `> ${it}`).join("\n")),
  fc.constantFrom(
    "```python\nx = 1\n# **no** [1](x)\n\nprint(`x`)\n```\n[1]",
    "~~~\n|---|\n~~~",
    "$$\na\n+ b\n= c\n$$ [1]",
    "\\[\na - b\n\\]",
    "---",
    "| a | b |\n|---|:-:|\n| *1* | 2 [1] |\n| $x$ | `c` |",
    "Before it:\n| a | b |\n| --- | --- |\n| 1 | 2 |",
  ),
);
const answer = fc.array(block, { minLength: 1, maxLength: 5 }).map((blocks) => blocks.join("\n\n"));
const runs = { numRuns: 25, seed: 20 };
/** Every beginning of every text is read: many readings, which take their time on a busy machine. */
const PATIENCE_MS = 60_000;

describe("a text in Markdown that grows", () => {
  it(
    "only ever gets more behind what is on show, and ends as the whole text reads",
    () => {
      fc.assert(
        fc.property(answer, (text) => {
          const frames = shown(text);
          const broken = frames.find((frame, at) => {
            const next = frames[at + 1] ?? frame;
            return !growsFrom(frame, next) || !wordsOf(next).startsWith(wordsOf(frame).trimEnd());
          });
          expect(broken).toBeUndefined();
          expect(frames.at(-1)).toEqual(parsed(text));
        }),
        runs,
      );
    },
    PATIENCE_MS,
  );

  it(
    "never shows a sign that is there to be read by the program",
    () => {
      const clean = (blocks: Block[]): string => wordsOf(blocks.filter(({ kind }) => kind !== "code"));
      fc.assert(
        fc.property(answer, (text) => {
          const plain = text.replaceAll("`code * with_ [x](y)`", "`code`");
          const seen = shown(plain).map(clean);
          expect(seen.find((words) => /\*\*|\$\$|\|-|\| -|```|\]\(|~~/.test(words))).toBeUndefined();
        }),
        runs,
      );
    },
    PATIENCE_MS,
  );

  it(
    "shows a paragraph whole once an empty line has ended it",
    () => {
      fc.assert(
        fc.property(answer, fc.constantFrom("So 5*3, a [, $x and `y.", "So **open."), (text, last) => {
          const ended = `${text}\n\n${last}\n\n`;
          expect(new Growing().show(ended, true)).toEqual(parsed(ended));
        }),
        runs,
      );
    },
    PATIENCE_MS,
  );

  it(
    "takes nothing back before its end, whatever comes",
    () => {
      const signs = fc.constantFrom(..."*_`~$[]()|-#>+=!\\<\n\n 1a.:".split(""), "\n\n", "- ", "> ", "[1]");
      fc.assert(
        fc.property(
          fc.array(signs, { maxLength: 40 }).map((all) => all.join("")),
          (text) => {
            const frames = shown(text);
            const coming = frames.slice(0, -1);
            expect(coming.every((frame, at) => growsFrom(frame, coming[at + 1] ?? frame))).toBe(true);
            expect(frames.at(-1)).toEqual(parsed(text));
          },
        ),
        { numRuns: 2000, seed: 20 },
      );
    },
    PATIENCE_MS,
  );

  it(
    "reads little more than once what it is made of, however long it is",
    () => {
      const paragraph =
        "Memory is a **set of processes** [1]: it takes in, keeps and *brings back* what was learned. ";
      const part = `## A part\n\n${paragraph.repeat(4)}\n\n- ${paragraph}\n- ${paragraph}\n\n`;
      const frames = (text: string) => {
        const growing = new Growing();
        // Some ten words a frame.
        for (let end = 60; end < text.length; end += 60) growing.show(text.slice(0, end), true);
        growing.show(text, false);
        return growing.read / text.length;
      };
      const [short, long] = [part.repeat(3), part.repeat(220)];
      expect(long.split(/\s+/).length).toBeGreaterThan(20_000);
      expect(frames(long)).toBeLessThan(frames(short) * 1.3);
    },
    PATIENCE_MS,
  );

  it("leaves its earlier blocks untouched, so that nothing of them is drawn again", () => {
    const growing = new Growing();
    const before = growing.show("# One\n\nTwo *three*.\n\n- four\n\nFive", true);
    const after = growing.show("# One\n\nTwo *three*.\n\n- four\n\nFive six", true);
    expect(after).toHaveLength(4);
    for (const at of [0, 1, 2]) expect(after[at]).toBe(before[at]);
  });
});
