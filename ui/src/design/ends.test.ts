import { describe, expect, it } from "vitest";

import { fadesWhereCut } from "./ends";

/** Something 100 wide with more in it, scrolled so far. */
function scroller(scrollWidth: number, scrollLeft: number): HTMLElement {
  const element = document.createElement("div");
  Object.defineProperties(element, {
    clientWidth: { value: 100 },
    scrollWidth: { value: scrollWidth },
    scrollLeft: { value: scrollLeft, writable: true },
  });
  return element;
}

function hides(element: HTMLElement): string | undefined {
  const leave = fadesWhereCut(element);
  element.dispatchEvent(new Event("scroll"));
  leave();
  return element.dataset.hides;
}

describe("what is wider than its place", () => {
  it.each([
    [100, 0, undefined],
    [300, 0, "end"],
    [300, 120, "start end"],
    [300, 200, "start"],
    // From right to left it is scrolled below zero.
    [300, -120, "start end"],
    [300, -200, "start"],
  ])("of %i, scrolled by %i, fades at: %s", (width, left, ends) => {
    expect(hides(scroller(width, left))).toBe(ends);
  });

  it("is told anew with each scrolling, until it is left alone", () => {
    const element = scroller(300, 0);
    const leave = fadesWhereCut(element);
    element.scrollLeft = 200;
    element.dispatchEvent(new Event("scroll"));
    expect(element.dataset.hides).toBe("start");
    leave();
    element.scrollLeft = 0;
    element.dispatchEvent(new Event("scroll"));
    expect(element.dataset.hides).toBe("start");
  });
});
