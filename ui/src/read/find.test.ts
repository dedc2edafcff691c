import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Double, somePages } from "../../tests/double";
import { aPageMatch } from "../../tests/findDouble";
import { Viewer } from "./viewer.svelte";

async function begin() {
  const backend = new Double();
  backend.pages.set(1, somePages(20));
  backend.matches = null;
  const viewer = new Viewer(backend);
  await viewer.show({ document: 1, title: "Psychology 2e", page: 5, boxes: [] });
  viewer.find.open();
  return { backend, viewer, find: viewer.find };
}

const matches = (...pages: number[]) => ({
  matches: pages.map((page, at) =>
    aPageMatch({ page, start: at, boxes: [{ page, x0: 0, y0: 0, x1: 1, y1: 1 }] }),
  ),
  total: pages.length,
});

describe("finding in a document", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("goes to the first place from where reading stands, on, back and round", async () => {
    const { backend, viewer, find } = await begin();
    find.type("memory");
    await vi.advanceTimersByTimeAsync(200);
    backend.finds[0]?.resolve(matches(2, 5, 9));
    await vi.advanceTimersByTimeAsync(0);
    expect(find.at).toBe(1);
    expect(viewer.target).toMatchObject({ page: 5, lit: false });
    find.step(1);
    find.step(1);
    expect(viewer.target).toMatchObject({ page: 2 });
    find.step(-1);
    expect(viewer.target).toMatchObject({ page: 9 });
    expect(viewer.behind).toMatchObject({ page: 5 });
  });

  it("asks once for words that are typed in one go, and heeds only the last answer", async () => {
    const { backend, find } = await begin();
    find.type("me");
    find.type("mem");
    await vi.advanceTimersByTimeAsync(200);
    find.type("memory");
    await vi.advanceTimersByTimeAsync(200);
    expect(backend.finds.map(({ args }) => args.query)).toEqual(["mem", "memory"]);
    backend.finds[1]?.resolve(matches(7));
    await vi.advanceTimersByTimeAsync(0);
    backend.finds[0]?.resolve(matches(1, 2, 3));
    await vi.advanceTimersByTimeAsync(0);
    expect(find.found?.total).toBe(1);
  });

  it("looks again in pages that come, and stays at the same place", async () => {
    const { backend, viewer, find } = await begin();
    find.type("memory");
    await vi.advanceTimersByTimeAsync(200);
    backend.finds[0]?.resolve(matches(5, 9));
    await vi.advanceTimersByTimeAsync(0);
    find.step(1);
    const { target } = viewer;
    await viewer.load();
    backend.finds[1]?.resolve({
      matches: [aPageMatch({ page: 2, start: 70 }), ...matches(5, 9).matches],
      total: 3,
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(find.current).toMatchObject({ page: 9 });
    expect(find.at).toBe(2);
    expect(viewer.target).toBe(target);
  });

  it("marks nothing once it is closed, and says what went wrong", async () => {
    const { backend, find } = await begin();
    find.type("memory");
    await vi.advanceTimersByTimeAsync(200);
    backend.finds[0]?.reject({ code: "cancelled", message: "" });
    await vi.advanceTimersByTimeAsync(0);
    expect(find.fault).toBeNull();
    find.type("memory of");
    await vi.advanceTimersByTimeAsync(200);
    backend.finds[1]?.reject({ code: "corrupt", message: "It is damaged." });
    await vi.advanceTimersByTimeAsync(0);
    expect(find.fault?.code).toBe("corrupt");
    find.close();
    expect(find.onPage(5)).toEqual([]);
    expect(find.fault).toBeNull();
  });
});
