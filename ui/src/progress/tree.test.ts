import { describe, expect, it } from "vitest";

import { aSection, aStanding } from "../../tests/progressDouble";
import type { DocumentProgress } from "../backend/bindings";
import { isOpenAtFirst, nodesOf, step, visible, type Node } from "./tree";

/** A document whose sections stand at these levels. */
const book = (levels: number[], document = 1): DocumentProgress => ({
  document,
  title: `Book ${document}`,
  whole: aStanding(),
  sections: levels.map((level, entry) => aSection(entry, `Section ${entry}`, level)),
});
const keys = (nodes: Node[]) => nodes.map(({ key }) => key);

describe("the map of a room", () => {
  it("puts each section below the last one that stands higher, though levels are left out", () => {
    const nodes = nodesOf([book([2, 4, 3, 1, 2])]);
    expect(nodes.map(({ depth }) => depth)).toEqual([1, 2, 3, 3, 2, 3]);
    expect(nodes.map(({ place, beside }) => [place, beside])).toEqual([
      [1, 1],
      [1, 2],
      [1, 2],
      [2, 2],
      [2, 2],
      [1, 1],
    ]);
    expect(nodes.map(({ hasParts }) => hasParts)).toEqual([true, true, false, false, true, false]);
  });

  it("leaves out what is below something folded", () => {
    const nodes = nodesOf([book([1, 2, 3, 1]), book([1], 2)]);
    expect(keys(visible(nodes, () => true))).toEqual(keys(nodes));
    expect(keys(visible(nodes, ({ key }) => key !== "1:0"))).toEqual(["1", "1:0", "1:3", "2", "2:0"]);
    expect(keys(visible(nodes, ({ section }) => section !== null))).toEqual(["1", "2"]);
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

describe("an arrow", () => {
  const rows = nodesOf([book([1, 2, 1])]);
  const isOpen = ({ key }: Node) => key === "1";

  it("goes on and back, and no further than the ends", () => {
    expect(step(rows, 0, "ArrowUp", isOpen)).toEqual({ to: 0 });
    expect(step(rows, 0, "ArrowDown", isOpen)).toEqual({ to: 1 });
    expect(step(rows, 3, "ArrowDown", isOpen)).toEqual({ to: 3 });
    expect(step(rows, 2, "Home", isOpen)).toEqual({ to: 0 });
    expect(step(rows, 0, "End", isOpen)).toEqual({ to: 3 });
    expect(step(rows, 0, "a", isOpen)).toBeNull();
  });

  it("unfolds and goes in, folds and goes out", () => {
    expect(step(rows, 1, "ArrowRight", isOpen)).toEqual({ open: true });
    expect(step(rows, 0, "ArrowRight", isOpen)).toEqual({ to: 1 });
    expect(step(rows, 3, "ArrowRight", isOpen)).toEqual({ to: 3 });
    expect(step(rows, 0, "ArrowLeft", isOpen)).toEqual({ open: false });
    expect(step(rows, 2, "ArrowLeft", isOpen)).toEqual({ to: 1 });
    expect(step(rows, 3, "ArrowLeft", isOpen)).toEqual({ to: 0 });
    expect(step(rows, 0, "ArrowLeft", () => false)).toEqual({ to: 0 });
  });
});
