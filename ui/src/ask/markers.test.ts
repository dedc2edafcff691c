import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { blocks, GrowingBlocks } from "./markers";

const flat = (answer: string, streaming = false) =>
  blocks(answer, streaming).map(({ kind, pieces }) => [
    kind,
    ...pieces.map((piece) => (piece.kind === "source" ? piece.index : piece.text)),
  ]);

describe("an answer's text", () => {
  it("becomes words and sources", () => {
    expect(flat("Memory lasts [1]. It fades [2, 3].")).toEqual([
      ["paragraph", "Memory lasts", 1, ". It fades", 2, 3, "."],
    ]);
  });

  it("keeps markup as text", () => {
    expect(flat("<img src=x onerror=alert(1)> [1]")).toEqual([
      ["paragraph", "<img src=x onerror=alert(1)>", 1],
    ]);
  });

  it("knows paragraphs and bullets", () => {
    expect(flat("Two kinds:\n- short [1]\n- long\n\nBoth fade.")).toEqual([
      ["paragraph", "Two kinds:"],
      ["bullet", "short", 1],
      ["bullet", "long"],
      ["paragraph", "Both fade."],
    ]);
  });

  it("never takes back what it has shown while it grows", () => {
    const whole = "Two **kinds** of it [1]:\n- short one [1, 2]\n- *long*, 3 * 4\n\nBoth fade [12].";
    const shown = (end: number) =>
      blocks(whole.slice(0, end), true)
        .flatMap(({ pieces }) => pieces)
        .map((piece) => (piece.kind === "source" ? String(piece.index) : piece.text))
        .join("");
    for (let end = 1; end <= whole.length; end++) {
      expect(shown(end).startsWith(shown(end - 1)), `${shown(end - 1)} → ${shown(end)}`).toBe(true);
    }
  });

  it("holds back a marker that is still being written", () => {
    expect(flat("It lasts [1", true)).toEqual([["paragraph", "It lasts"]]);
    expect(flat("It lasts [", true)).toEqual([["paragraph", "It lasts"]]);
    expect(flat("An interval [0, 1) is half open")).toEqual([
      ["paragraph", "An interval [0, 1) is half open"],
    ]);
  });

  it("has headings in a study guide alone", () => {
    const guide = "## Cells\nThey divide [1].\n- cell: a unit [2]\n\n## Energy";
    expect(blocks(guide, false, true).map(({ kind }) => kind)).toEqual([
      "heading",
      "paragraph",
      "bullet",
      "heading",
    ]);
    expect(blocks("## 5 is a number").map(({ kind }) => kind)).toEqual(["paragraph"]);
    expect(blocks("They divide.\n##", true, true)).toHaveLength(1);
  });

  it("has no source where a quote has a number in brackets of its own", () => {
    const quoted = "Found by Nollet [\u206012] in Paris.";
    expect(flat(`${quoted} [1]`)).toEqual([["paragraph", quoted, 1]]);
  });
});

describe("an answer that grows", () => {
  it("is what it would be if it had come at once, wherever it was when it was read", () => {
    const pieces = fc.constantFrom("Ice floats", " [1]", ".", "\n", "\n\n", "- ", "## ", "•", " ", "[2, ");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), fc.boolean(), (parts, headings) => {
        const growing = new GrowingBlocks();
        let text = "";
        for (const part of parts) {
          text += part;
          expect(growing.show(text, true, headings)).toEqual(blocks(text, true, headings));
        }
        expect(growing.show(text, false, headings)).toEqual(blocks(text, false, headings));
      }),
    );
  });

  it("keeps the very blocks that are done, and begins anew with another text", () => {
    const growing = new GrowingBlocks();
    const [first] = growing.show("One.\n\nTwo", true, false);
    expect(growing.show("One.\n\nTwo.\n\nThree", true, false)[0]).toBe(first);
    expect(growing.show("Four.", false, false)).toEqual(blocks("Four."));
  });
});
