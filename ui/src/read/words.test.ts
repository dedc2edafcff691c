import { describe, expect, it } from "vitest";

import { PageText } from "./words";

/** Two lines: "Naïve water moves" and "outside again". */
const page = () =>
  new PageText({
    text: "Naïve water moves outside again",
    words: [
      [0, 6, 0.1, 0.1, 0.2, 0.12],
      [7, 12, 0.22, 0.1, 0.3, 0.12],
      [13, 18, 0.32, 0.1, 0.4, 0.12],
      [19, 26, 0.1, 0.13, 0.25, 0.15],
      [27, 32, 0.27, 0.13, 0.35, 0.15],
    ],
    blocks: [{ kind: "heading", level: 2, start: 0, end: 32 }],
  });

describe("the words of a page", () => {
  it("are found where they stand, or nearest to it", () => {
    expect(page().at(0.25, 0.11)).toBe(1);
    expect(page().at(0.9, 0.141)).toBe(4);
    expect(page().at(0, 0)).toBe(0);
    expect(new PageText({ text: "", words: [], blocks: [] }).at(0.5, 0.5)).toBeNull();
  });

  it("are selected in either direction, letter for letter", () => {
    expect(page().selection(1, 3)).toEqual({ start: 7, end: 26, quote: "water moves outside" });
    expect(page().selection(2, 0)).toEqual({ start: 0, end: 18, quote: "Naïve water moves" });
  });

  it("have a box for each line", () => {
    expect(page().boxes(3, 1)).toEqual([
      { x0: 0.22, y0: 0.1, x1: 0.4, y1: 0.12 },
      { x0: 0.1, y0: 0.13, x1: 0.25, y1: 0.15 },
    ]);
  });

  it("lead up and down by lines", () => {
    expect(page().beside(1, 1)).toBe(3);
    expect(page().beside(4, -1)).toBe(1);
    expect(page().beside(0, -1)).toBe(0);
  });

  it("are read aloud by blocks, each where it stands", () => {
    const [block] = page().blocks;
    expect(block).toMatchObject({ heading: 2, box: { x0: 0.1, y0: 0.1, x1: 0.4, y1: 0.15 } });
    expect(block?.text).toBe("Naïve water moves outside again");
  });

  it("belong to paragraphs, which the third press selects", () => {
    const text = new PageText({
      text: "One two Three",
      words: [
        [0, 3, 0.1, 0.1, 0.2, 0.12],
        [4, 7, 0.22, 0.1, 0.3, 0.12],
        [8, 13, 0.1, 0.2, 0.3, 0.22],
      ],
      blocks: [
        { kind: "paragraph", level: null, start: 0, end: 7 },
        { kind: "paragraph", level: null, start: 8, end: 13 },
      ],
    });
    expect(text.paragraph(1)).toEqual([0, 1]);
    expect(text.paragraph(2)).toEqual([2, 2]);
  });

  it("beside a short line are those of its own column, however near the next column is", () => {
    const columns = new PageText({
      text: "left short right",
      words: [
        [0, 4, 0.1, 0.1, 0.45, 0.12],
        [5, 10, 0.1, 0.13, 0.2, 0.15],
        [11, 16, 0.55, 0.13, 0.9, 0.15],
      ],
      blocks: [
        { kind: "paragraph", level: null, start: 0, end: 10 },
        { kind: "paragraph", level: null, start: 11, end: 16 },
      ],
    });
    expect(columns.at(0.44, 0.14)).toBe(1);
    expect(columns.at(0.52, 0.14)).toBe(2);
  });
});
