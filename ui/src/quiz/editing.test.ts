import { describe, expect, it } from "vitest";

import { anItem, SOME_ITEMS } from "../../tests/quizDouble";
import { trimmed, withOption, wrongWith } from "./editing";

describe("a question that is written anew", () => {
  it("can be asked as the app made it, whatever its kind", () => {
    for (const item of Object.values(SOME_ITEMS)) expect(wrongWith(item)).toBeNull();
  });

  it("needs a gap to fill, options that differ, and an answer", () => {
    expect(wrongWith({ ...SOME_ITEMS.cloze, stem: "No gap here." })).toBe("Mark the gap with _____.");
    expect(wrongWith(anItem({ options: ["the hippocampus", "The hippocampus "] }))).toBe(
      "Two options are the same.",
    );
    expect(wrongWith({ ...SOME_ITEMS.short, answer: " " })).toBe("Write the right answer.");
  });

  it("keeps the right option right under another name, of one question and of pairs", () => {
    expect(withOption(anItem(), 1, "hippocampi").answer).toBe("hippocampi");
    expect(withOption(anItem(), 0, "the brain stem").answer).toBe("the hippocampus");
    const pairs = withOption(SOME_ITEMS.matching, 0, "holding on to it");
    expect(pairs.answer).toEqual([
      "the input of information into memory",
      "holding on to it",
      "getting information back out",
    ]);
  });

  it("loses the spaces around its words and nothing else", () => {
    expect(trimmed(anItem({ stem: " Which one? " }))).toEqual(anItem({ stem: "Which one?" }));
  });
});
