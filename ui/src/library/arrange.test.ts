import { describe, expect, it } from "vitest";

import { aDocument } from "../../tests/double";
import { arrange, tagsOf, tidyTags, usualSort, type Filter } from "./arrange";
import { Arrangement } from "./arrangement.svelte";
import { countsOf, runsOf } from "./ledger";
import type { Shelved } from "./shelf.svelte";
import { Selection } from "./selection.svelte";
import { columnsOf, roomOf, shapeOf } from "./shape";

const none: Filter = { standings: [], tags: [], formats: [] };
const shelved = (...documents: Partial<Parameters<typeof aDocument>[0]>[]) =>
  documents.map((over, index): Shelved => ({
    document: aDocument({ document: index + 1, ...over }),
    eta: null,
  }));
const titles = (list: Shelved[]) => list.map(({ document }) => document.title);

describe("the order of documents", () => {
  const some = shelved(
    { title: "volume 10", added: 3, pages: null, opened: null, position: 2 },
    { title: "Élan vital", added: 1, pages: 5, opened: 9, position: 0 },
    { title: "Volume 9", added: 2, pages: 80, opened: 4, position: 1 },
  );
  const by = (name: Parameters<typeof usualSort>[0]) => titles(arrange(some, usualSort(name), none, ""));

  it("is that of what they are sorted by", () => {
    expect(by("added")).toEqual(["volume 10", "Volume 9", "Élan vital"]);
    expect(by("title")).toEqual(["Élan vital", "Volume 9", "volume 10"]);
    expect(by("opened")).toEqual(["Élan vital", "Volume 9", "volume 10"]);
    expect(by("pages")).toEqual(["Volume 9", "Élan vital", "volume 10"]);
    expect(by("hand")).toEqual(["Élan vital", "Volume 9", "volume 10"]);
  });

  it("leaves the newer first where two have the same place", () => {
    const same = shelved({ title: "Old", position: 1 }, { title: "New", position: 1 });
    expect(titles(arrange(same, usualSort("hand"), none, ""))).toEqual(["New", "Old"]);
  });
});

describe("what is shown of the documents", () => {
  const some = shelved(
    { title: "Théorie des couleurs", tags: ["Exam"], format: "epub", added: 3 },
    { title: "Colour theory", state: "reading", added: 2 },
    { title: "Damaged", state: "failed", code: "damaged", added: 1 },
  );
  const shown = (filter: Partial<Filter>, query = "") =>
    titles(arrange(some, usualSort("added"), { ...none, ...filter }, query));

  it("is found without regard to case, accents and the order of words", () => {
    expect(shown({}, "couleurs THEORIE")).toEqual(["Théorie des couleurs"]);
    expect(shown({}, "theor")).toEqual(["Théorie des couleurs", "Colour theory"]);
  });

  it("is told by state, tag and format", () => {
    expect(shown({ standings: ["working", "attention"] })).toEqual(["Colour theory", "Damaged"]);
    expect(shown({ tags: ["exam"] })).toEqual(["Théorie des couleurs"]);
    expect(shown({ formats: ["epub"] })).toEqual(["Théorie des couleurs"]);
  });

  it("is not narrowed by tags that nothing has any more", () => {
    expect(shown({ tags: ["gone"] })).toHaveLength(3);
  });
});

describe("tags", () => {
  it("are counted whatever their case, those of most documents first", () => {
    const some = shelved({ tags: ["b"] }, { tags: ["Exam", "a"] }, { tags: ["exam"] });
    expect(tagsOf(some)).toEqual([
      { tag: "Exam", count: 2 },
      { tag: "a", count: 1 },
      { tag: "b", count: 1 },
    ]);
  });

  it("are kept once and without spaces around them", () => {
    expect(tidyTags([" week  3 ", "Week 3", "", "exam"])).toEqual(["week 3", "exam"]);
  });
});

describe("how the library is shown", () => {
  it("is kept as the desk has it, and comes back", () => {
    const first = new Arrangement();
    expect(first.kept()).toEqual({ layout: "grid", sort: "placed", reversed: false });
    first.show("list");
    first.sortBy("pages");
    expect(first.sort.descending).toBe(true);
    first.sortBy("pages");
    expect(first.kept()).toEqual({ layout: "list", sort: "pages", reversed: true });
    const next = new Arrangement();
    next.restore(first.kept());
    expect([next.view, next.sort]).toEqual(["list", { by: "pages", descending: false }]);
    next.restore({ layout: "grid", sort: "placed", reversed: true });
    expect(next.kept()).toEqual({ layout: "grid", sort: "placed", reversed: false });
  });

  it("has the tags and formats that a room showed, but not how far its documents had come", () => {
    const arrangement = new Arrangement();
    arrangement.toggle("standings", "working");
    arrangement.restoreFilter({ shows: "all", tags: ["exam"], formats: ["pdf"] });
    expect(arrangement.filter).toEqual({ standings: [], tags: ["exam"], formats: ["pdf"] });
    arrangement.restoreFilter(null);
    expect(arrangement.isFiltered).toBe(false);
  });
});

describe("a selection", () => {
  const order = [1, 2, 3, 4, 5];

  it("goes from where the last choice was made, either way", () => {
    const selection = new Selection<number>();
    selection.toggle(3);
    selection.extendTo(5, order);
    expect([...selection.chosen]).toEqual([3, 4, 5]);
    selection.extendTo(1, order);
    expect([...selection.chosen]).toEqual([1, 2, 3]);
    expect(selection.current).toBe(1);
  });

  it("begins a range at the one that keys are for", () => {
    const selection = new Selection<number>();
    selection.go(2);
    selection.extendTo(3, order);
    expect([...selection.chosen]).toEqual([2, 3]);
  });

  it("lets go of what is gone", () => {
    const selection = new Selection<number>();
    selection.all(order);
    selection.keep((id) => id > 3);
    expect([...selection.chosen]).toEqual([4, 5]);
  });
});

describe("the account of the pages", () => {
  const ledger = { text: 4, scanned: 3, garbled: 2, empty: 1, unreadable: 0, recognised: 4 };

  it("counts what was recognised once", () => {
    expect(countsOf(ledger, [])).toEqual({
      text: 4,
      recognised: 4,
      scanned: 0,
      garbled: 1,
      unreadable: 0,
      empty: 1,
    });
  });

  it("names runs of pages, and how many there are beyond the first", () => {
    expect(runsOf([3, 12, 13, 14])).toEqual({ list: "3, 12–14", more: 0 });
    const odd = Array.from({ length: 20 }, (_, index) => index * 2 + 1);
    expect(runsOf(odd)).toEqual({ list: "1, 3, 5, 7, 9, 11, 13, 15", more: 12 });
  });
});

describe("the shape of the shelf", () => {
  it("fits its width, down to a narrow window", () => {
    for (const width of [240, 320, 480, 620, 900, 1600]) {
      const { columns, coverWidth } = shapeOf(width);
      expect(columns * (coverWidth + 24) + (columns - 1) * 12).toBeLessThanOrEqual(Math.max(200, width - 24));
      expect(coverWidth).toBeGreaterThan(80);
    }
  });

  it("has as many columns of the table as there is room for", () => {
    const count = (width: number) => columnsOf(roomOf(width)).split(/\s+(?![^(]*\))/).length;
    expect([300, 500, 700, 1000].map(count)).toEqual([3, 4, 6, 8]);
  });
});
