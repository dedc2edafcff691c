import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { measureLevel, smooth } from "./glass";

/** Frames that take `costs` milliseconds while live glass is off and on. */
function machine(costs: { still: number; live: number }) {
  let live = false;
  let now = 0;
  vi.stubGlobal("requestAnimationFrame", (run: (now: number) => void) => {
    const cost = live ? costs.live : costs.still;
    setTimeout(() => run((now += cost)), cost);
  });
  const tried: boolean[] = [];
  const level = measureLevel((on) => {
    live = on;
    tried.push(on);
  });
  return { level, tried };
}

describe("the level of the glass", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is live where blurring is free", async () => {
    const { level } = machine({ still: 16.7, live: 16.7 });
    await vi.runAllTimersAsync();
    expect(await level).toBe("live");
  });

  it("stays baked where blurring is felt, and the trial ends after a few frames", async () => {
    const { level, tried } = machine({ still: 16.7, live: 90 });
    const before = Date.now();
    await vi.runAllTimersAsync();
    expect(await level).toBe("baked");
    expect(tried).toEqual([true, false]);
    expect(Date.now() - before).toBeLessThan(1300);
  });

  it("is not even tried where frames are slow as it is, or do not come", async () => {
    for (const still of [40, 5000]) {
      const { level, tried } = machine({ still, live: still });
      await vi.runAllTimersAsync();
      expect(await level).toBe("baked");
      expect(tried).toEqual([]);
    }
  });

  it("forgives one slow frame", () => {
    expect(smooth([16, 17, 60, 16])).toBe(true);
    expect(smooth([16, 60, 60, 16])).toBe(false);
    expect(smooth([])).toBe(false);
  });
});
