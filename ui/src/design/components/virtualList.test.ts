import { fireEvent, render, screen } from "@testing-library/svelte";
import { createRawSnippet, tick } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";

import VirtualList from "./VirtualList.svelte";

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
const row = createRawSnippet<[unknown, number]>((item) => ({
  render: () => `<button>Row ${item()}</button>`,
}));

/** Heights as a test says they are, told when it says so. */
class Observer {
  static all: Observer[] = [];
  elements = new Set<Element>();
  constructor(readonly tell: (entries: { target: Element }[]) => void) {
    Observer.all.push(this);
  }
  observe = (element: Element) => this.elements.add(element);
  unobserve = (element: Element) => this.elements.delete(element);
  disconnect = () => this.elements.clear();
}

const list = (over: object = {}) => ({
  items: numbers(0, 10_000),
  keyOf: (item: unknown) => item as number,
  height: 40,
  label: "Numbers",
  row,
  testid: "list",
  ...over,
});
const rows = () => screen.getAllByRole("listitem");
const top = () => screen.getByTestId("list").scrollTop;
const scrollTo = async (top: number) => {
  const scroller = screen.getByTestId("list");
  scroller.scrollTop = top;
  await fireEvent.scroll(scroller);
};

beforeEach(() => {
  Observer.all = [];
  vi.stubGlobal("ResizeObserver", Observer);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(400);
  return () => vi.unstubAllGlobals();
});

describe("a long list", () => {
  it("has only the rows near the view in the tree, and says how many there are", async () => {
    render(VirtualList, list());
    expect(rows().length).toBeLessThan(30);
    expect(rows()[0]).toHaveAttribute("aria-setsize", "10000");
    await scrollTo(200_000);
    expect(screen.getByRole("button", { name: "Row 5000" })).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Row 0" })).toBeNull();
    expect(rows().length).toBeLessThan(40);
    expect(rows()[0]).toHaveAttribute("aria-posinset", String(Number(rows()[0]?.dataset.virtualRow) + 1));
  });

  it("keeps what has the focus, and the tab stop, when they are scrolled away", async () => {
    render(VirtualList, list({ current: 1 }));
    const focused = screen.getByRole("button", { name: "Row 3" });
    focused.focus();
    await scrollTo(200_000);
    expect(focused).toHaveFocus();
    expect(screen.getByRole("button", { name: "Row 1" })).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Row 2" })).toBeNull();
    focused.blur();
    await tick();
    expect(screen.queryByRole("button", { name: "Row 3" })).toBeNull();
  });

  it("reveals a row with as little scrolling as that takes", async () => {
    const { component } = render(VirtualList, list());
    component.reveal(100);
    expect(top()).toBe(101 * 40 - 400);
    component.reveal(98);
    expect(top()).toBe(101 * 40 - 400);
    component.reveal(10);
    expect(top()).toBe(400);
    expect(component.fits()).toBe(10);
  });
});

describe("rows of measured heights", () => {
  async function measure(heightOf: (row: number) => number) {
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockImplementation(function (this: HTMLElement) {
      return heightOf(Number(this.querySelector("button")?.textContent?.slice(4)));
    });
    for (const { tell, elements } of Observer.all) tell([...elements].map((target) => ({ target })));
    await tick();
  }
  const topOf = (name: string) =>
    screen.getByRole("button", { name }).closest<HTMLElement>("[data-virtual-row]")?.style.top;

  it("stand where the measured ones before them end", async () => {
    render(VirtualList, list({ measured: true, gap: 10 }));
    await measure((row) => (row === 1 ? 300 : 40));
    expect(topOf("Row 2")).toBe("360px");
  });

  it("do not move what is read when one above it turns out to be taller", async () => {
    render(VirtualList, list({ measured: true }));
    await scrollTo(4000);
    await measure((row) => (row < 95 ? 90 : 40));
    const above = numbers(0, 100).filter((row) => screen.queryByRole("button", { name: `Row ${row}` }));
    const grown = above.filter((row) => row < 95).length * 50;
    expect(grown).toBeGreaterThan(0);
    expect(top()).toBe(4000 + grown);
  });

  it("do not move what is read when more come before it", async () => {
    const { rerender } = render(VirtualList, list({ measured: true, items: numbers(500, 500) }));
    await scrollTo(4000);
    await rerender({ items: numbers(450, 550) });
    await tick();
    expect(top()).toBe(4000 + 50 * 40);
  });
});
