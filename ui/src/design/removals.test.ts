import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Removals } from "./removals.svelte";
import { Toasts } from "./toasts.svelte";

const TOLD = { title: "Removed", text: "For good, soon.", undo: "Undo" };

describe("what is being removed", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function removing() {
    const toasts = new Toasts();
    const removals = new Removals<number>(toasts);
    const remove = vi.fn(() => Promise.resolve());
    const back = vi.fn();
    removals.begin(1, TOLD, remove, back);
    return { toasts, removals, remove, back };
  }

  it("is hidden at once, and gone for good once its toast leaves", async () => {
    const { removals, remove, back } = removing();
    expect(removals.has(1)).toBe(true);
    await vi.advanceTimersByTimeAsync(7900);
    expect(remove).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(remove).toHaveBeenCalledOnce();
    expect(removals.has(1)).toBe(false);
    expect(back).not.toHaveBeenCalled();
  });

  it("stays where it is taken back, by its toast or without it", async () => {
    const { toasts, removals, remove, back } = removing();
    const [toast] = toasts.list;
    if (toast) toasts.act(toast);
    expect(removals.canUndo).toBe(false);
    removals.begin(2, TOLD, remove, back);
    removals.undo();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(remove).not.toHaveBeenCalled();
    expect(back).toHaveBeenCalledTimes(2);
    expect(toasts.list).toEqual([]);
  });

  it("is removed where newer news push its toast away, and held while somebody looks at it", async () => {
    const { toasts, removals, remove } = removing();
    toasts.hold(toasts.list[0]?.id ?? 0);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(removals.has(1)).toBe(true);
    for (const title of ["a", "b", "c", "d"]) toasts.show("info", title);
    await vi.advanceTimersByTimeAsync(0);
    expect(remove).toHaveBeenCalledOnce();
    expect(toasts.list.map(({ title }) => title)).toEqual(["a", "b", "c", "d"]);
  });

  it("is removed once when it can't wait, and not at all in another library", async () => {
    const { toasts, removals, remove } = removing();
    await Promise.all([removals.finish(), removals.finish()]);
    expect(remove).toHaveBeenCalledOnce();
    expect(toasts.list).toEqual([]);
    removals.begin(2, TOLD, remove, () => {});
    toasts.clear();
    removals.clear();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(remove).toHaveBeenCalledOnce();
    expect(removals.has(2)).toBe(false);
  });
});
