import { describe, expect, it } from "vitest";

import { anItem, aQuiz, SOME_ITEMS } from "../../tests/quizDouble";
import { optionOf } from "./keys";
import { beginning, countdown, duration, givenAnswer, resultLine, rightAnswer } from "./words";

describe("what is said of a quiz", () => {
  it("tells how far it is, and how it went", () => {
    expect(resultLine(aQuiz({ questions: 10 }))).toBe("10 questions, not begun");
    expect(resultLine(aQuiz({ questions: 10, answered: 4, correct: 4 }))).toBe("4 of 10 answered");
    expect(resultLine(aQuiz({ questions: 10, answered: 4, correct: 3, ended: 1 }))).toBe("3 of 10 right");
  });

  it("says how each missing word begins", () => {
    expect(beginning("security dilemma")).toBe("s… d…");
    expect(beginning("Écosystème")).toBe("É…");
  });

  it("measures in what people count in", () => {
    expect([4200, 60_000, 252_000, 3_780_000].map(duration)).toEqual([
      "4\u00a0s",
      "1\u00a0min",
      "4\u00a0min 12\u00a0s",
      "1\u00a0h 3\u00a0min",
    ]);
    expect([600_000, 59_100, 1].map(countdown)).toEqual(["10:00", "1:00", "0:01"]);
  });

  it("gives answers as one text", () => {
    const { matching } = SOME_ITEMS;
    expect(rightAnswer(SOME_ITEMS["true-false"])).toBe("False");
    expect(givenAnswer(matching, ["", "keeping information for later"])).toBe(
      "Encoding: nothing; Storage: keeping information for later; Retrieval: nothing",
    );
    expect(givenAnswer(matching, [])).toBeNull();
  });
});

describe("keys", () => {
  it("mean an option by its number and its letter, and nothing beyond the last", () => {
    const item = anItem();
    expect(["1", "b", "D", "5", "e", "x", "Enter", "ö"].map((key) => optionOf(key, item))).toEqual([
      item.options[0],
      item.options[1],
      item.options[3],
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("mean true and false, and nothing where words are written", () => {
    expect(["t", "F", "2", "a"].map((key) => optionOf(key, SOME_ITEMS["true-false"]))).toEqual([
      "true",
      "false",
      "false",
      undefined,
    ]);
    expect(optionOf("a", SOME_ITEMS.cloze)).toBeUndefined();
  });
});
