import { describe, expect, it } from "vitest";

import { somePages } from "../../tests/double";
import {
  boxStyle,
  bucket,
  column,
  fitHeight,
  fitScale,
  GAP,
  indexAt,
  pageInView,
  pageMeant,
  rowsOf,
  scrollAcross,
  scrollFor,
  SEAM,
  turned,
  unturned,
  type Turn,
  window as windowOf,
} from "./geometry";

const { placed } = column(somePages(685), 1);
const STEP = 792 + GAP;

describe("the column of pages", () => {
  it("lays pages under each other at the scale", () => {
    const half = column(somePages(3), 0.5);
    expect(half.placed.map(({ top, width, height }) => [top, width, height])).toEqual([
      [GAP, 306, 396],
      [GAP + 396 + GAP, 306, 396],
      [GAP + 2 * (396 + GAP), 306, 396],
    ]);
    expect(half.height).toBe(GAP + 3 * (396 + GAP));
  });

  it("fits the widest page", () => {
    const pages = [...somePages(2), ...somePages(1, { width: 1224 })];
    expect(fitScale(pages, 612)).toBe(0.5);
  });

  it("keeps only the pages near the view, the next one among them", () => {
    const seen = windowOf(placed, 300 * STEP + 100, 700).map(({ page }) => page.number);
    expect(seen).toEqual([300, 301, 302]);
    expect(windowOf(placed, 0, 700).map(({ page }) => page.number)).toEqual([1, 2]);
    expect(windowOf([], 0, 700)).toEqual([]);
  });

  it("finds the page at a height, at both ends too", () => {
    expect(indexAt(placed, -5)).toBe(0);
    expect(indexAt(placed, GAP + STEP)).toBe(1);
    expect(indexAt(placed, 1e9)).toBe(684);
    expect(pageInView(placed, STEP, 600)).toBe(2);
  });

  it("brings the first box to a third of the view", () => {
    const boxes = [
      { page: 10, x0: 0.1, y0: 0.49, x1: 0.9, y1: 0.51 },
      { page: 10, x0: 0.1, y0: 0.52, x1: 0.4, y1: 0.54 },
    ];
    const top = scrollFor(placed, 10, boxes, 600) ?? 0;
    const middle = GAP + 9 * STEP + 0.5 * 792;
    expect(middle - top).toBeCloseTo(200);
  });

  it("brings the first box into the middle across when the pages are wider than the view", () => {
    const right = [{ page: 1, x0: 0.8, y0: 0.1, x1: 1, y1: 0.12 }];
    const { placed: wide } = column(somePages(1), 2);
    expect(scrollAcross(wide, [], 1280, 800)).toBe(240);
    expect(scrollAcross(wide, right, 1280, 800)).toBe(480);
    expect(scrollAcross(wide, right, 800, 800)).toBe(0);
  });

  it("goes to the head of a page without boxes, and nowhere when the page is not there yet", () => {
    expect(scrollFor(placed, 2, [], 600)).toBe(STEP);
    expect(scrollFor(placed, 900, [], 600)).toBeNull();
  });

  it("puts a box where its fractions say", () => {
    expect(boxStyle({ x0: 0.25, y0: 0.5, x1: 0.75, y1: 0.525 })).toEqual({
      left: "25.000%",
      top: "50.000%",
      width: "50.000%",
      height: "2.500%",
    });
  });

  it("asks for few different widths, never fewer pixels than the screen has", () => {
    expect(bucket(590, 1)).toBe(600);
    expect(bucket(601, 1)).toBe(800);
    expect(bucket(590, 2)).toBe(1200);
    expect(bucket(9000, 2)).toBe(3200);
  });

  it("takes a printed label for a page before its number", () => {
    const pages = somePages(20).map((page) => ({
      ...page,
      label: page.number < 5 ? (["i", "ii", "iii", "iv"][page.number - 1] ?? null) : String(page.number - 4),
    }));
    expect(pageMeant(pages, "IV")).toBe(4);
    expect(pageMeant(pages, "1")).toBe(5);
    expect(pageMeant(pages, "20")).toBe(20);
    expect(pageMeant(pages, "21")).toBeNull();
    expect(pageMeant(pages, " ")).toBeNull();
  });

  it("lays two pages side by side with the cover alone, odd printed labels on the right", () => {
    const numbers = (rows: ReturnType<typeof rowsOf>) => rows.map((row) => row.map(({ number }) => number));
    expect(numbers(rowsOf(somePages(6), true))).toEqual([[1], [2, 3], [4, 5], [6]]);
    const shifted = somePages(6).map((page) => ({ ...page, label: String(page.number + 1) }));
    expect(numbers(rowsOf(shifted, true))).toEqual([[1], [2], [3, 4], [5, 6]]);
    const { placed, width, height } = column(somePages(3), 1, { spread: true });
    expect(placed.map(({ left, top }) => [left, top])).toEqual([
      [SEAM / 2, GAP],
      [-612 - SEAM / 2, GAP + STEP],
      [SEAM / 2, GAP + STEP],
    ]);
    expect([width, height]).toEqual([2 * 612 + SEAM, GAP + 2 * STEP]);
    expect(fitScale(somePages(3), 2 * 306 + SEAM, { spread: true })).toBe(0.5);
  });

  it("of two pages side by side keeps whole rows, and stays on the one that was gone to", () => {
    const { placed } = column(somePages(20), 1, { spread: true });
    expect(windowOf(placed, 3 * STEP + 100, 700).map(({ page }) => page.number)).toEqual([4, 5, 6, 7, 8, 9]);
    expect(pageInView(placed, 3 * STEP + 100, 700)).toBe(6);
    expect(pageInView(placed, 3 * STEP + 100, 700, 7)).toBe(7);
  });

  it("fits the height of the highest page, turned or not", () => {
    expect(fitHeight(somePages(2), 792 + 2 * GAP)).toBe(1);
    expect(fitHeight(somePages(2), 612 + 2 * GAP, { turn: 90 })).toBe(1);
    expect(column(somePages(1), 1, { turn: 270 }).placed[0]).toMatchObject({ width: 792, height: 612 });
  });

  it.each([0, 90, 180, 270] as Turn[])("finds a place on a page turned by %i° again", (turn) => {
    const box = { x0: 0.1, y0: 0.2, x1: 0.4, y1: 0.25 };
    const there = turned(box, turn);
    expect(there.x1).toBeGreaterThan(there.x0);
    expect(there.y1).toBeGreaterThan(there.y0);
    const [x, y] = unturned((there.x0 + there.x1) / 2, (there.y0 + there.y1) / 2, turn);
    expect([x, y]).toEqual([expect.closeTo(0.25), expect.closeTo(0.225)]);
  });

  it("turns clockwise: what stood at the upper left stands at the upper right", () => {
    expect(turned({ x0: 0, y0: 0, x1: 0.2, y1: 0.1 }, 90)).toEqual({ x0: 0.9, y0: 0, x1: 1, y1: 0.2 });
  });
});
