import { describe, expect, it } from "vitest";

import { wordsOf, type Block, type Inline } from "../ask/markdown/nodes";
import { cardBlocks, plainWords } from "./text";

const inlines = (blocks: Block[]): Inline[] =>
  blocks.flatMap((block) => (block.kind === "paragraph" ? block.children : []));

describe("a side of a card", () => {
  it("has gaps with their hints, and what filled them", () => {
    expect(inlines(cardBlocks("\ue000…\ue001 moves by *\ue000how?\ue001*."))).toEqual([
      { kind: "gap", hint: "…" },
      { kind: "text", text: " moves by " },
      { kind: "emphasis", children: [{ kind: "gap", hint: "how?" }] },
      { kind: "text", text: "." },
    ]);
    expect(inlines(cardBlocks("\ue002Water\ue003 moves."))).toEqual([
      { kind: "filled", children: [{ kind: "text", text: "Water" }] },
      { kind: "text", text: " moves." },
    ]);
  });

  it("marks all of what fills a gap, whatever that is made of", () => {
    const [words, , formula] = inlines(cardBlocks("\ue002one **two** $x^2$\n\nthree\ue003 four"));
    expect(words).toEqual({ kind: "filled", children: [{ kind: "text", text: "one " }] });
    expect(formula?.kind).toBe("filled");
    const found = inlines(cardBlocks("\ue002one\n\ntwo\ue003 three"));
    expect(found.map(({ kind }) => kind)).toEqual(["filled", "filled", "text"]);
  });

  it("boxes a gap within a formula, and what fills it", () => {
    const tex = (text: string) =>
      inlines(cardBlocks(text)).map((it) => (it.kind === "formula" ? it.tex : ""));
    expect(tex("$a = \ue000…\ue001$")).toEqual(["a = \\boxed{\\ldots}"]);
    expect(tex("$a = \ue000a \\letter\ue001$")).toEqual(["a = \\boxed{\\text{a letter}}"]);
    expect(tex("$a = \ue002b_1\ue003$")).toEqual(["a = \\boxed{b_1}"]);
  });

  it("loses signs that have no other half, and nothing else", () => {
    expect(wordsOf(cardBlocks("a \ue001 b \ue000 c"))).not.toMatch(/[\ue000-\ue003]/);
    expect(plainWords("`\ue000…\ue001 x`")).toBe("[…] x");
  });

  it("names pictures and sounds", () => {
    expect(inlines(cardBlocks("![a brain](<b 1.png>) [sound:c.mp3]"))).toEqual([
      { kind: "medium", sort: "picture", name: "b 1.png", children: [{ kind: "text", text: "a brain" }] },
      { kind: "text", text: " " },
      { kind: "medium", sort: "sound", name: "c.mp3", children: [{ kind: "text", text: "Sound: c.mp3" }] },
    ]);
  });

  it("is told in one line", () => {
    expect(plainWords("The \ue000which?\ue001 is **in**:\n\n- one\n- two")).toBe(
      "The [which?] is in: one two",
    );
    expect(plainWords("[1] and <b>no markup</b>")).toBe("[1] and <b>no markup</b>");
  });
});
