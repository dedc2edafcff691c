import { parse } from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";

import { fill, type Numerals, type Values } from "./fill";

const rules = new Intl.PluralRules("en-GB");
const numbers = new Intl.NumberFormat("en-GB");
const english: Numerals = { written: (n) => numbers.format(n), form: (n) => rules.select(n) };
const said = (message: string, values: Values) => fill(parse(message, { ignoreTag: true }), values, english);

describe("a message with its values", () => {
  it("has them where their names stand", () => {
    expect(said("{title}, p. {page}", { title: "<b>Cells", page: 1240 })).toBe("<b>Cells, p. 1240");
    expect(said("{n, number} of {all, number}", { n: 3, all: 1240 })).toBe("3 of 1,240");
  });

  it("has the form of a word that goes with a number", () => {
    const message = "{n, plural, =0 {nothing} one {# page} other {# pages}}";
    expect([0, 1, 2, 1240].map((n) => said(message, { n }))).toEqual([
      "nothing",
      "1 page",
      "2 pages",
      "1,240 pages",
    ]);
    expect(said("{n, plural, offset:1 =1 {you} other {you and # more}}", { n: 3 })).toBe("you and 2 more");
  });

  it("has what goes with a choice, and counts inside it", () => {
    const message = "{due, select, yes {{n, plural, one {# card is} other {# cards are}} due} other {none}}";
    expect(said(message, { due: "yes", n: 2 })).toBe("2 cards are due");
    expect(said(message, { due: "no", n: 2 })).toBe("none");
  });

  it("shows the name of what is not given", () => {
    expect(said("{title} and {n, plural, one {#} other {#}}", {})).toBe("{title} and {n}");
  });
});
