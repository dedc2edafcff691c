import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { aTurn } from "../../tests/double";
import { stored, type Exchange } from "./exchange.svelte";
import { estimate, ThreadView } from "./view.svelte";

const VIEW = 600;

const many = (count: number, from = 1): Exchange[] =>
  Array.from({ length: count }, (_, at) =>
    stored(aTurn({ turn: from + at, answer: "Memory lasts. ".repeat((at % 9) + 1) })),
  );

/** A scroller of 600 px, and an observer that tells what a test says. */
function shown(exchanges: Exchange[]) {
  const view = new ThreadView();
  const scroller = document.createElement("div");
  let top = 0;
  let height = 0;
  Object.defineProperties(scroller, {
    clientHeight: { get: () => VIEW },
    scrollHeight: { get: () => height },
    scrollTop: { get: () => top, set: (to: number) => (top = Math.max(0, Math.min(to, height - VIEW))) },
  });
  const detach = view.scroller(scroller);
  const elements = new Map<string, HTMLElement>();
  /** How high each turn turns out to be. */
  const real = (key: string) => 200 + (Number(key.slice(5)) % 7) * 90;
  /** Lays out what is in the tree, as a browser would before it paints. */
  const layOut = (heightOf = real) => {
    for (let again = 0; again < 6; again++) {
      const entries = view.rows.map(({ exchange: { key } }) => {
        const element = elements.get(key) ?? document.createElement("div");
        if (!elements.has(key)) view.row(key)(element);
        elements.set(key, element);
        return { target: element, borderBoxSize: [{ blockSize: heightOf(key) }] };
      });
      height = heightOfTree(view, heightOf);
      observed?.(entries as unknown as ResizeObserverEntry[]);
    }
    height = heightOfTree(view, heightOf);
  };
  height = Number.MAX_SAFE_INTEGER;
  view.take(exchanges);
  const scrollTo = (to: number) => {
    scroller.scrollTop = to;
    view.scrolled();
  };
  /** Where a turn stands in the view. */
  const placeOf = (key: string, heightOf = real) => {
    let y = -top;
    for (const { exchange, gap } of view.rows) {
      y += gap;
      if (exchange.key === key) return y;
      y += heightOf(exchange.key);
    }
    return null;
  };
  return {
    view,
    scrollTo,
    layOut,
    placeOf,
    detach,
    real,
    get top() {
      return top;
    },
  };
}

const heightOfTree = (view: ThreadView, heightOf: (key: string) => number) =>
  view.rows.reduce((sum, { exchange, gap }) => sum + gap + heightOf(exchange.key), 0);

let observed: ((entries: ResizeObserverEntry[]) => void) | null = null;

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(tell: (entries: ResizeObserverEntry[]) => void) {
        observed = tell;
      }
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  observed = null;
});

describe("the view of a conversation", () => {
  it("has a few turns in the tree, of however many", () => {
    const { view } = shown(many(20_000));
    view.goTo(19_999);
    expect(view.rows.length).toBeLessThan(20);
    expect(view.rows.at(-1)?.index).toBe(19_999);
    view.goTo(7000);
    expect(view.rows.map(({ index }) => index)).toContain(7000);
    expect(view.rows.length).toBeLessThan(20);
  });

  it("keeps what is read in its place, however high the turns above turn out to be", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1500, max: 900 }), { maxLength: 12 }), (steps) => {
        const at = shown(many(300));
        at.view.goTo(150);
        at.view.place();
        at.layOut();
        for (const step of steps) {
          at.scrollTo(at.top + step);
          const { reading } = at.view;
          if (!reading) continue;
          at.layOut();
          // A view stands at whole pixels.
          expect(Math.abs((at.placeOf(`turn-${reading.turn}`) ?? 0) + reading.within)).toBeLessThanOrEqual(1);
        }
        at.detach();
      }),
      { numRuns: 40 },
    );
  });

  it("goes with the end while somebody is there, and stays where it is when they are not", () => {
    const exchanges = many(30);
    const at = shown(exchanges);
    const last = exchanges.at(-1)?.key ?? "";
    at.view.toEnd();
    at.layOut();
    expect(at.view.atEnd).toBe(true);
    const grown = (key: string) => at.real(key) + (key === last ? 500 : 0);
    at.layOut(grown);
    expect(at.view.atEnd).toBe(true);
    expect((at.placeOf(last, grown) ?? 0) + grown(last)).toBeCloseTo(VIEW, 0);
    at.scrollTo(at.top - 300);
    const before = at.top;
    const more = (key: string) => grown(key) + (key === last ? 400 : 0);
    at.layOut(more);
    expect(at.top).toBe(before);
    expect(at.view.atEnd).toBe(false);
  });

  it("tells a little that is left below from much", () => {
    const at = shown(many(30));
    at.view.toEnd();
    at.layOut();
    const end = at.top;
    expect(at.view.below).toBe("little");
    at.scrollTo(end - 60);
    expect(at.view.below).toBe("little");
    at.scrollTo(end - VIEW);
    at.layOut();
    expect(at.view.below).toBe("some");
    at.scrollTo(end - 2 * VIEW);
    at.layOut();
    expect(at.view.below).toBe("much");
    at.view.clear();
    expect(at.view.below).toBe("little");
  });

  it("keeps what is read when turns are put before it", () => {
    const exchanges = many(50, 100);
    const at = shown(exchanges);
    at.view.goTo(20, 30);
    at.view.place();
    at.layOut();
    at.view.take([...many(40), ...exchanges]);
    at.view.place();
    at.layOut();
    expect(at.placeOf("turn-120")).toBeCloseTo(-30, 0);
  });

  it("keeps what has the focus in the tree", () => {
    const at = shown(many(300));
    at.view.goTo(150);
    at.layOut();
    const element = document.createElement("div");
    element.dataset.row = "150";
    at.view.row("turn-151")(element);
    at.view.focused(element);
    at.view.goTo(10);
    expect(at.view.rows.map(({ index }) => index)).toContain(150);
    at.view.focused(null);
    at.view.goTo(12);
    expect(at.view.rows.map(({ index }) => index)).not.toContain(150);
  });
});

describe("the height of a turn that has not been seen", () => {
  it("grows with what it holds", () => {
    const [short, long] = [stored(aTurn({ answer: "Yes." })), stored(aTurn({ answer: "Yes. ".repeat(400) }))];
    expect(estimate(long)).toBeGreaterThan(estimate(short) + 500);
  });
});
