import { describe, expect, it } from "vitest";

import { unfolded } from "../design/tree";
import { entriesOf, entryAt, foldedAtFirst, wayTo } from "./outline";

const BOOK = [
  { level: 1, title: "Preface", page: 1 },
  { level: 1, title: "Memory", page: 5 },
  // The second level is left out.
  { level: 3, title: "Encoding", page: 6 },
  { level: 3, title: "Storage", page: 9 },
  { level: 1, title: "References", page: 20 },
];

describe("a table of contents", () => {
  it("is a tree, also where levels are left out", () => {
    const entries = entriesOf(BOOK);
    expect(
      entries.map(({ title, depth, place, beside, hasParts }) => [title, depth, place, beside, hasParts]),
    ).toEqual([
      ["Preface", 1, 1, 3, false],
      ["Memory", 1, 2, 3, true],
      ["Encoding", 2, 1, 2, false],
      ["Storage", 2, 2, 2, false],
      ["References", 1, 3, 3, false],
    ]);
    expect(wayTo(entries, entries[3] ?? null)).toEqual([1]);
  });

  it("says which entry a page stands in; none before the first", () => {
    const entries = entriesOf(BOOK.slice(1));
    expect(entryAt(entries, 4)).toBeNull();
    expect(entryAt(entries, 8)?.title).toBe("Encoding");
    expect(entryAt(entries, 900)?.title).toBe("References");
  });

  it("is folded at first when it is long, and open when it is short", () => {
    expect(foldedAtFirst(entriesOf(BOOK)).size).toBe(0);
    const long = Array.from({ length: 90 }, (_, at) => ({
      level: 1 + (at % 3),
      title: String(at),
      page: at + 1,
    }));
    const entries = entriesOf(long);
    const folded = foldedAtFirst(entries);
    expect(unfolded(entries, ({ key }) => !folded.has(key))).toHaveLength(30);
  });
});
