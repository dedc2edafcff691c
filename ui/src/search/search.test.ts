import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { aHit, Double, someHits } from "../../tests/double";
import { Search } from "./search.svelte";

const hits = (title: string) => someHits({ hits: [aHit({ title })] });

const begin = () => {
  const backend = new Double();
  const search = new Search(backend);
  search.enter(1);
  const first = () => search.found?.hits[0]?.title;
  return { backend, search, first };
};

/** Lets what has been settled be heard. */
const heard = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("searching as one types", () => {
  it("asks at every key, and says that somebody is typing", () => {
    const { backend, search } = begin();
    for (const query of ["h", "hi", "hip"]) search.type(query);
    expect(backend.searches.map(({ args }) => args.query)).toEqual(["h", "hi", "hip"]);
    expect(backend.searches.every(({ args }) => args.typing)).toBe(true);
  });

  it("shows what the words find until the whole answer is there, and not after it", async () => {
    const { backend, search, first } = begin();
    search.type("hippo");
    const asked = backend.searches[0];
    asked?.args.onWords(hits("by words"));
    expect(first()).toBe("by words");
    expect(search.busy).toBe(true);
    asked?.resolve(hits("whole"));
    await heard();
    expect(first()).toBe("whole");
    expect(search.busy).toBe(false);
    asked?.args.onWords(hits("late"));
    expect(first()).toBe("whole");
  });

  it("drops both answers to what no longer stands in the field, in whatever order they come", async () => {
    const { backend, search, first } = begin();
    search.type("hippo");
    search.type("hippocampus");
    const [old, now] = backend.searches;
    old?.args.onWords(hits("old words"));
    expect(search.found).toBeNull();
    now?.args.onWords(hits("new words"));
    old?.resolve(hits("old"));
    await heard();
    expect(first()).toBe("new words");
    now?.resolve(hits("new"));
    await heard();
    old?.args.onWords(hits("old words"));
    expect(first()).toBe("new");
    expect(search.answered).toBe("hippocampus");
  });

  it("drops an answer that comes after the field was cleared or the room left", async () => {
    const { backend, search } = begin();
    search.type("hippo");
    search.enter(2);
    backend.searches[0]?.args.onWords(hits("old"));
    backend.searches[0]?.resolve(hits("old"));
    await heard();
    expect(search.found).toBeNull();
    expect(search.query).toBe("");
  });

  it("keeps what was found on show while the next answer is awaited", async () => {
    const { backend, search, first } = begin();
    search.type("hippo");
    backend.searches[0]?.resolve(hits("first"));
    await heard();
    search.type("hippoc");
    expect(first()).toBe("first");
    expect(search.busy).toBe(true);
  });

  it("asks once more when the shell took a later search for an earlier one, and not for ever", async () => {
    const { backend, search } = begin();
    search.type("hippo");
    backend.searches[0]?.reject({ code: "cancelled", message: "" });
    await heard();
    expect(backend.searches).toHaveLength(2);
    backend.searches[1]?.reject({ code: "cancelled", message: "" });
    await heard();
    expect(backend.searches).toHaveLength(2);
    expect(search.fault?.code).toBe("cancelled");
  });

  it("takes a query for finished when Enter says so", async () => {
    const { backend, search } = begin();
    search.type("hippo");
    void search.run();
    expect(backend.searches[1]?.args.typing).toBe(false);
    expect(search.finished).toBe(false);
    backend.searches[1]?.resolve(hits("whole"));
    await heard();
    expect(search.finished).toBe(true);
  });

  it("is read out once, when typing rests", async () => {
    const { backend, search } = begin();
    search.type("hip");
    backend.searches[0]?.resolve(hits("a"));
    await heard();
    expect(search.news).toBe("");
    search.type("hippo");
    backend.searches[1]?.resolve(someHits({ hits: [] }));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(search.news).toBe("Nothing found for “hippo”");
    search.type("hippoc");
    expect(search.news).toBe("");
  });
});

describe("a part of the room", () => {
  it("goes with every search, and leaves with the room", async () => {
    const { backend, search } = begin();
    backend.outlines.set(3, [{ level: 1, title: "Memory", page: 1 }]);
    search.type("hippo");
    await search.chooseDocuments([3]);
    expect(search.outline).toHaveLength(1);
    search.chooseSection(0);
    search.chooseKinds(["table"]);
    const { documents, section, kinds, query } = backend.searches.at(-1)?.args ?? {};
    expect({ documents, section, kinds, query }).toEqual({
      documents: [3],
      section: 0,
      kinds: ["table"],
      query: "hippo",
    });
    search.enter(2);
    expect(search.narrowed).toBe(false);
  });

  it("has sections of a single document only", async () => {
    const { backend, search } = begin();
    backend.outlines.set(3, [{ level: 1, title: "Memory", page: 1 }]);
    await search.chooseDocuments([3]);
    search.chooseSection(0);
    await search.chooseDocuments([3, 4]);
    expect(search.part.section).toBeNull();
    expect(search.outline).toEqual([]);
  });

  it("is searched without a document that was removed", async () => {
    const { search } = begin();
    await search.chooseDocuments([3, 4]);
    search.changed(3, true);
    expect(search.part.documents).toEqual([4]);
    search.changed(4, true);
    expect(search.narrowed).toBe(false);
  });
});

describe("more of the same", () => {
  it("comes by ten, as long as there is more, and begins anew with another query", async () => {
    const { backend, search } = begin();
    search.type("hippo");
    backend.searches[0]?.resolve(someHits({ more: true }));
    await heard();
    expect(search.canShowMore).toBe(true);
    void search.showMore();
    expect(backend.searches[1]?.args.limit).toBe(20);
    backend.searches[1]?.resolve(someHits({ more: false }));
    await heard();
    expect(search.canShowMore).toBe(false);
    search.type("hippoc");
    expect(backend.searches[2]?.args.limit).toBe(10);
  });
});
