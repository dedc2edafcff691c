import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { whenStill } from "./still";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** An element in a list that scrolls. */
function inList() {
  const list = document.createElement("div");
  const element = document.createElement("p");
  list.append(element);
  document.body.append(list);
  return { list, element, scroll: () => list.dispatchEvent(new Event("scroll")) };
}

it("is at once where nothing moves, or something else does", () => {
  const { element } = inList();
  inList().scroll();
  const done = vi.fn();
  whenStill(done)(element);
  expect(done).toHaveBeenCalledOnce();
});

it("waits until the list around it has come to rest", () => {
  const { element, scroll } = inList();
  const done = vi.fn();
  scroll();
  whenStill(done)(element);
  vi.advanceTimersByTime(100);
  scroll();
  vi.advanceTimersByTime(100);
  expect(done).not.toHaveBeenCalled();
  vi.advanceTimersByTime(30);
  expect(done).toHaveBeenCalledOnce();
});

it("ends with the element", () => {
  const { element, scroll } = inList();
  const done = vi.fn();
  scroll();
  whenStill(done)(element)();
  vi.advanceTimersByTime(500);
  expect(done).not.toHaveBeenCalled();
});
