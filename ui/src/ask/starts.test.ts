import { describe, expect, it } from "vitest";

import { aDocument } from "../../tests/double";
import { LOOKED_INTO, startable, startsOf } from "./starts";

const outline = (...titles: string[]) => titles.map((title, at) => ({ level: 1, title, page: at + 1 }));

describe("ways to begin", () => {
  it("are of sections that are there, from the beginning, the middle and the end of the only document", () => {
    const titles = ["Contents", "1 Memory", "1.1 Encoding", "Chapter 2: Sleep", "References"];
    expect(startsOf([{ document: aDocument(), outline: outline(...titles) }])).toEqual([
      { mode: "summary", document: 1, section: 1, title: "Memory" },
      { mode: "simply", document: 1, section: 2, title: "Encoding" },
      { mode: "quiz", document: 1, section: 3, title: "Sleep" },
    ]);
  });

  it("are spread over the documents that have sections", () => {
    const documents = [1, 2, 3].map((document) => ({
      document: aDocument({ document, title: `Book ${document}` }),
      outline: document === 2 ? [] : outline(`Memory ${document}`),
    }));
    expect(startsOf(documents).map(({ document }) => document)).toEqual([1, 3, 1]);
  });

  it("are of a whole document where none has sections, each offered once", () => {
    const starts = startsOf([
      { document: aDocument({ title: "Handout" }), outline: outline("Index", "§ 3") },
    ]);
    expect(starts).toEqual([{ mode: "summary", document: 1, section: null, title: "Handout" }]);
    expect(startsOf([])).toEqual([]);
  });

  it("come from what can be asked already, the last documents first", () => {
    const documents = [
      aDocument({ document: 1, passages: 0, added: 9 }),
      aDocument({ document: 2, replaces: 1, added: 8 }),
      ...[3, 4, 5, 6].map((document) => aDocument({ document, added: document })),
    ];
    expect(startable(documents).map(({ document }) => document)).toEqual([6, 5, 4]);
    expect(LOOKED_INTO).toBe(3);
  });
});
