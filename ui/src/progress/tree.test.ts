import { describe, expect, it } from "vitest";

import { aSection, aStanding } from "../../tests/progressDouble";
import type { DocumentProgress } from "../backend/bindings";
import { isOpenAtFirst, nodesOf } from "./tree";

/** A document whose sections stand at these levels. */
const book = (levels: number[], document = 1): DocumentProgress => ({
  document,
  title: `Book ${document}`,
  whole: aStanding(),
  sections: levels.map((level, entry) => aSection(entry, `Section ${entry}`, level)),
});

describe("the map of a room", () => {
  it("has each document above its sections", () => {
    const nodes = nodesOf([book([2, 1]), book([1], 2)]);
    expect(nodes.map(({ key, depth, place, beside }) => [key, depth, place, beside])).toEqual([
      ["1", 1, 1, 2],
      ["1:0", 2, 1, 2],
      ["1:1", 2, 2, 2],
      ["2", 1, 2, 2],
      ["2:0", 2, 1, 1],
    ]);
    expect(nodes.map(({ title }) => title).slice(0, 2)).toEqual(["Book 1", "Section 0"]);
  });

  it("is folded at first where there is much of it", () => {
    const [document, chapter] = nodesOf([book([1, 2])]);
    const long = nodesOf([book(Array.from({ length: 41 }, (_, at) => (at % 2) + 1))])[1];
    expect(document && isOpenAtFirst(document, 3)).toBe(true);
    expect(document && isOpenAtFirst(document, 4)).toBe(false);
    expect(chapter && isOpenAtFirst(chapter, 200)).toBe(true);
    expect(long && isOpenAtFirst(long, 1)).toBe(false);
  });
});
