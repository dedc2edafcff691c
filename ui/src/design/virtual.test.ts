import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Offsets, stepTo, withKept } from "./virtual";

describe("offsets of rows", () => {
  it("are the sums of the heights before, whatever is measured anew", () => {
    const heights = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 80 });
    const news = fc.array(fc.tuple(fc.nat(79), fc.integer({ min: 1, max: 400 })), { maxLength: 20 });
    fc.assert(
      fc.property(heights, news, (before, changes) => {
        const offsets = new Offsets(before.length, (index) => before[index] ?? 0);
        const now = [...before];
        for (const [index, height] of changes) {
          if (index >= now.length) continue;
          expect(offsets.resize(index, height)).toBe(height - (now[index] ?? 0));
          now[index] = height;
        }
        let sum = 0;
        for (const [index, height] of now.entries()) {
          expect(offsets.before(index)).toBe(sum);
          expect(offsets.at(sum)).toBe(index);
          expect(offsets.at(sum + height - 0.5)).toBe(index);
          sum += height;
        }
        expect(offsets.total).toBe(sum);
      }),
    );
  });

  it("lead to the first and the last row outside the list", () => {
    const offsets = new Offsets(3, () => 10);
    expect(offsets.at(-50)).toBe(0);
    expect(offsets.at(900)).toBe(2);
    expect(new Offsets(0, () => 10).at(5)).toBe(0);
    expect(new Offsets(0, () => 10).total).toBe(0);
  });
});

describe("the rows in the tree", () => {
  it("are those in view and those that have to stay, each once and in order", () => {
    expect(withKept(4, 6, [null, 90, 5, 1, 90])).toEqual([1, 4, 5, 6, 90]);
  });
});

describe("keys", () => {
  const tiles = { count: 11, columns: 4, page: 2 };

  it("lead to the neighbours in a grid, and stop at its edges", () => {
    expect(stepTo("ArrowRight", 3, tiles)).toBe(4);
    expect(stepTo("ArrowLeft", 3, { ...tiles, rtl: true })).toBe(4);
    expect(stepTo("ArrowDown", 1, tiles)).toBe(5);
    expect(stepTo("ArrowUp", 1, tiles)).toBe(1);
    expect(stepTo("ArrowLeft", 0, tiles)).toBe(0);
    expect(stepTo("ArrowRight", 10, tiles)).toBe(10);
  });

  it("lead down to the last item where the last row is not full", () => {
    expect(stepTo("ArrowDown", 7, tiles)).toBe(10);
    expect(stepTo("ArrowDown", 9, tiles)).toBe(9);
    expect(stepTo("PageDown", 1, tiles)).toBe(9);
    expect(stepTo("PageDown", 7, tiles)).toBe(10);
    expect(stepTo("PageUp", 6, tiles)).toBe(2);
  });

  it("jump to the ends, and leave other keys alone", () => {
    expect(stepTo("Home", 5, tiles)).toBe(0);
    expect(stepTo("End", 5, tiles)).toBe(10);
    expect(stepTo("ArrowRight", 1, { count: 5, columns: 1, page: 3 })).toBeUndefined();
    expect(stepTo("a", 5, tiles)).toBeUndefined();
  });
});
