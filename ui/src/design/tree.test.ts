import { describe, expect, it } from "vitest";

import { standsOf, step, unfolded, type TreeNode } from "./tree";

const nodes = (levels: number[]): TreeNode[] =>
  standsOf(levels).map((stand, key) => ({ key, title: `Part ${String.fromCharCode(97 + key)}`, ...stand }));
const keys = (of: TreeNode[]) => of.map(({ key }) => key);

describe("a tree of levels", () => {
  it("puts each below the last one that stands higher, though levels are left out", () => {
    const stands = standsOf([-Infinity, 2, 4, 3, 1, 2, -Infinity]);
    expect(stands.map(({ depth }) => depth)).toEqual([1, 2, 3, 3, 2, 3, 1]);
    expect(stands.map(({ parent }) => parent)).toEqual([null, 0, 1, 1, 0, 4, null]);
    expect(stands.map(({ place, beside }) => [place, beside])).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
      [2, 2],
      [2, 2],
      [1, 1],
      [2, 2],
    ]);
    expect(stands.map(({ hasParts }) => hasParts)).toEqual([true, true, false, false, true, false, false]);
  });

  it("leaves out what is below something folded, however deep", () => {
    const all = nodes([0, 1, 2, 1, 0, 1]);
    expect(keys(unfolded(all, () => true))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(keys(unfolded(all, ({ key }) => key !== 1))).toEqual([0, 1, 3, 4, 5]);
    expect(keys(unfolded(all, ({ key }) => key === 1))).toEqual([0, 4]);
  });
});

describe("a key", () => {
  const rows = nodes([0, 1, 2, 1]);
  const isOpen = ({ key }: TreeNode) => key === 0;

  it("goes on and back, and no further than the ends", () => {
    expect(step(rows, 0, "ArrowUp", isOpen)).toEqual({ to: 0 });
    expect(step(rows, 0, "ArrowDown", isOpen)).toEqual({ to: 1 });
    expect(step(rows, 3, "ArrowDown", isOpen)).toEqual({ to: 3 });
    expect(step(rows, 2, "Home", isOpen)).toEqual({ to: 0 });
    expect(step(rows, 0, "End", isOpen)).toEqual({ to: 3 });
    expect(step(rows, 0, "Escape", isOpen)).toBeNull();
  });

  it("unfolds and goes in, folds and goes out", () => {
    expect(step(rows, 1, "ArrowRight", isOpen)).toEqual({ fold: [rows[1]], open: true });
    expect(step(rows, 0, "ArrowRight", isOpen)).toEqual({ to: 1 });
    expect(step(rows, 3, "ArrowRight", isOpen)).toEqual({ to: 3 });
    expect(step(rows, 0, "ArrowLeft", isOpen)).toEqual({ fold: [rows[0]], open: false });
    expect(step(rows, 2, "ArrowLeft", isOpen)).toEqual({ to: 1 });
    expect(step(rows, 3, "ArrowLeft", isOpen)).toEqual({ to: 0 });
    expect(step(rows, 0, "ArrowLeft", () => false)).toEqual({ to: 0 });
  });

  it("leads the other way where the text does", () => {
    expect(step(rows, 0, "ArrowLeft", isOpen, ["ArrowLeft", "ArrowRight"])).toEqual({ to: 1 });
  });

  it("unfolds all that stand beside it", () => {
    const wide = nodes([0, 1, 0, 0, 1]);
    const shown = unfolded(wide, () => false);
    expect(step(shown, 1, "*", () => false)).toEqual({ fold: [wide[0], wide[3]], open: true });
    expect(step(rows, 2, "*", () => true)).toEqual({ fold: [], open: true });
  });

  it("goes to the next that begins with it, and round", () => {
    const named = rows.map((row, at) => ({
      ...row,
      title: ["Éclair", "Sleep", "Storage", "Memory"][at] ?? "",
    }));
    expect(step(named, 1, "s", isOpen)).toEqual({ to: 2 });
    expect(step(named, 2, "S", isOpen)).toEqual({ to: 1 });
    expect(step(named, 1, "m", isOpen)).toEqual({ to: 3 });
    expect(step(named, 0, "x", isOpen)).toBeNull();
  });
});
