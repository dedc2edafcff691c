import { describe, expect, it } from "vitest";

import english from "./en";
import { flat, shapeOf } from "./messages";
import { read, sources } from "./sources";

/** Text that is the same in every language. */
const NAMES = ["Smart Study Room", "Study Room"];

const found = sources().map(read);
const calls = found.flatMap((file) => file.calls);
const messages = flat(english);

describe("the texts of the window", () => {
  it("are all in the catalogues", () => {
    const outside = found.flatMap(({ literals }) => literals).filter(({ text }) => !NAMES.includes(text));
    expect(outside).toEqual([]);
  });

  it("are given the values that they name", () => {
    const wrong = calls.flatMap(({ file, key, whole, values }) => {
      const message = messages.get(key);
      if (!whole || message === undefined || values === null) return [];
      const needed = [...shapeOf(message).names].sort();
      return needed.join() === [...values].sort().join() ? [] : [{ file, key, needed, given: values }];
    });
    expect(wrong).toEqual([]);
  });

  it("are all shown somewhere", () => {
    const whole = new Set(calls.filter((call) => call.whole).map(({ key }) => key));
    const beginnings = [...new Set(calls.filter((call) => !call.whole).map(({ key }) => key))];
    const unused = [...messages.keys()].filter(
      (key) =>
        !whole.has(key) && !beginnings.some((beginning) => beginning !== "" && key.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
  });

  it("are found wherever they are written", () => {
    expect(sources()).toContain("app/words.ts");
    expect(calls.length).toBeGreaterThan(0);
  });
});
