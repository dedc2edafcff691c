import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { aHit, Double } from "../../tests/double";
import { Search } from "./search.svelte";

const hits = (title: string) => ({ hits: [aHit({ title })], degraded: null, elapsed_ms: 1 });

describe("searching as one types", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const begin = () => {
    const backend = new Double();
    const search = new Search(backend);
    search.enter(1);
    return { backend, search };
  };

  it("asks once when typing rests", async () => {
    const { backend, search } = begin();
    for (const query of ["h", "hi", "hip"]) search.type(query);
    await vi.advanceTimersByTimeAsync(200);
    expect(backend.searches.map(({ args }) => args.query)).toEqual(["hip"]);
  });

  it("drops the answer to what no longer stands in the field", async () => {
    const { backend, search } = begin();
    search.type("hippo");
    await vi.advanceTimersByTimeAsync(200);
    search.type("hippocampus");
    await vi.advanceTimersByTimeAsync(200);
    backend.searches[1]?.resolve(hits("new"));
    await vi.advanceTimersByTimeAsync(0);
    backend.searches[0]?.resolve(hits("old"));
    await vi.advanceTimersByTimeAsync(0);
    expect(search.found?.hits[0]?.title).toBe("new");
    expect(search.answered).toBe("hippocampus");
    expect(search.busy).toBe(false);
  });

  it("drops an answer that comes after the field was cleared or the room left", async () => {
    const { backend, search } = begin();
    search.type("hippo");
    await vi.advanceTimersByTimeAsync(200);
    search.enter(2);
    backend.searches[0]?.resolve(hits("old"));
    await vi.advanceTimersByTimeAsync(0);
    expect(search.found).toBeNull();
    expect(search.query).toBe("");
  });

  it("keeps what was found on show while the next answer is awaited", async () => {
    const { backend, search } = begin();
    search.type("hippo");
    await vi.advanceTimersByTimeAsync(200);
    backend.searches[0]?.resolve(hits("first"));
    await vi.advanceTimersByTimeAsync(0);
    search.type("hippoc");
    expect(search.found?.hits[0]?.title).toBe("first");
    expect(search.busy).toBe(true);
  });
});
