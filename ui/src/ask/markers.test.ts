import { describe, expect, it } from "vitest";

import { blocks } from "./markers";

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

  it("holds back a marker that is still being written", () => {
    expect(flat("It lasts [1", true)).toEqual([["paragraph", "It lasts"]]);
    expect(flat("It lasts [", true)).toEqual([["paragraph", "It lasts"]]);
    expect(flat("An interval [0, 1) is half open")).toEqual([
      ["paragraph", "An interval [0, 1) is half open"],
    ]);
  });
});
