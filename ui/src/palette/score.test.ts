import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { best, fit, folded, runsOf, wordsOf } from "./score";

const fits = (query: string, text: string, beside = "") => fit(wordsOf(query), folded(text), folded(beside));
const marked = (query: string, text: string) =>
  runsOf(text, fits(query, text)?.ranges ?? [])
    .map(({ text, found }) => (found ? `[${text}]` : text))
    .join("");

describe("how well words fit a text", () => {
  it("goes from a whole word over beginnings and initials to parts and letters left out", () => {
    const order = [
      fits("quiz", "Take a quiz"),
      fits("qui", "Take a quiz"),
      fits("taq", "Take a quiz"),
      fits("ake", "Take a quiz"),
      fits("qiz", "Take a quiz"),
    ].map((fit) => fit?.score ?? 0);
    expect(order.every((score) => score > 0)).toBe(true);
    // What begins with the text's own beginning is worth a little more, but never as much as the next better way.
    expect([...order].sort((a, b) => b - a)).toEqual(order);
  });

  it("needs each word, in any order", () => {
    expect(fits("quiz take", "Take a quiz")).not.toBeNull();
    expect(fits("quiz cards", "Take a quiz")).toBeNull();
    expect(fits("", "Take a quiz")).toBeNull();
  });

  it("does not take scattered letters for a word", () => {
    expect(fits("teui", "Take a quiz")).toBeNull();
    expect(fits("x", "An index")).toBeNull();
    expect(fits("osmosis", "Open the notes of my own summary of this")).toBeNull();
    expect(fits("srs", "Straightforwardness")).toBeNull();
  });

  it("knows other words that stand for it, and marks nothing for them", () => {
    expect(fits("exam", "Take a quiz", "test exam")).toEqual({ score: 0.5, ranges: [] });
    expect(fits("xam", "Take a quiz", "test exam")).toBeNull();
  });

  it("marks what was looked for, whatever its case and accents", () => {
    expect(marked("eco pol", "Économie politique")).toBe("[Éco]nomie [pol]itique");
    expect(marked("sumdoc", "Summarise the open document")).toBe("[Sum]marise the open [doc]ument");
    expect(marked("stngs", "Settings")).toBe("[S]e[t]ti[ngs]");
    expect(marked("二章", "第二章 生物")).toBe("第[二章] 生物");
  });

  it("marks only letters that are there, and leaves the text whole", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (query, text) => {
        const found = fits(query, text);
        if (!found) return;
        expect(
          runsOf(text, found.ranges)
            .map((run) => run.text)
            .join(""),
        ).toBe(text);
        for (const [start, end] of found.ranges) expect(start).toBeLessThan(end);
      }),
    );
  });

  it("folds a text unit by unit", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(folded(text)).toHaveLength(text.length);
      }),
    );
  });
});

describe("the best of many", () => {
  const titles = ["Cell biology", "Biology of the cell", "Chemistry", "Cellular automata"];
  const texts = (text: string) => ({ text, folded: folded(text) });

  it("come in the order of how well they fit, alike ones as they stood", () => {
    expect(best(titles, wordsOf("cell"), 10, texts).map(({ one }) => one)).toEqual([
      "Cell biology",
      "Biology of the cell",
      "Cellular automata",
    ]);
    expect(best(titles, wordsOf("c"), 10, texts).map(({ one }) => one)[0]).toBe("Cell biology");
  });

  it("are no more than asked for", () => {
    expect(best(titles, wordsOf("c"), 2, texts)).toHaveLength(2);
  });
});
