import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Look } from "./look";

describe("what somebody looks at", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const begin = () => {
    const tell = vi.fn().mockResolvedValue(null);
    return { tell, look: new Look(tell) };
  };

  it("is told at once, and then once a second with the page it has come to", () => {
    const { tell, look } = begin();
    for (const page of [1, 2, 3, 4]) look.at(7, page);
    expect(tell.mock.calls).toEqual([[7, 1]]);
    vi.advanceTimersByTime(1000);
    expect(tell.mock.calls).toEqual([
      [7, 1],
      [7, 4],
    ]);
    vi.advanceTimersByTime(5000);
    expect(tell).toHaveBeenCalledTimes(2);
  });

  it("is told at once to who waits until it is known", async () => {
    const { tell, look } = begin();
    let know: (value: unknown) => void = () => {};
    look.at(7, 1);
    look.at(null, 1);
    tell.mockImplementationOnce(() => new Promise((done) => (know = done)));
    const settled = vi.fn();
    void look.settle().then(settled);
    expect(tell.mock.calls).toEqual([
      [7, 1],
      [null, 1],
    ]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(settled).not.toHaveBeenCalled();
    know(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(settled).toHaveBeenCalled();
    expect(tell).toHaveBeenCalledTimes(2);
  });

  it("is nothing when the document is closed, also right after a page was told", () => {
    const { tell, look } = begin();
    look.at(7, 1);
    look.at(null, 1);
    vi.advanceTimersByTime(1000);
    expect(tell).toHaveBeenLastCalledWith(null, 1);
  });

  it("is the document that was opened last, whatever closed meanwhile", () => {
    const { tell, look } = begin();
    look.at(7, 1);
    look.at(null, 1);
    look.at(8, 3);
    vi.advanceTimersByTime(5000);
    expect(tell.mock.calls).toEqual([
      [7, 1],
      [8, 3],
    ]);
  });

  it("may be of no use to anybody", async () => {
    const tell = vi.fn().mockRejectedValue({ code: "busy", message: "" });
    new Look(tell).at(7, 1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(tell).toHaveBeenCalledOnce();
  });
});
