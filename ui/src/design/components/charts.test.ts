import { readFileSync } from "node:fs";
import { join } from "node:path";

import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet } from "svelte";
import { describe, expect, it } from "vitest";

import Bars from "./Bars.svelte";
import Calendar, { type CalendarDay } from "./Calendar.svelte";
import Chart from "./Chart.svelte";
import Meter from "./Meter.svelte";

const bars = [3, 0, 12].map((value, at) => ({ name: `Day ${at + 1}`, value, text: `${value} cards` }));

describe("bars", () => {
  it("have one tab stop, are gone through by arrows, and say what each is worth", async () => {
    render(Bars, { label: "Cards due", bars });
    expect(screen.getByRole("group", { name: "Cards due" })).toBeInTheDocument();
    await userEvent.tab();
    expect(screen.getByRole("img", { name: "Day 1: 3 cards" })).toHaveFocus();
    await userEvent.keyboard("{ArrowLeft}{ArrowRight}");
    const second = screen.getByRole("img", { name: "Day 2: 0 cards" });
    expect(second).toHaveFocus();
    expect(second).toHaveAttribute("data-tip", "Day 2: 0 cards");
    await userEvent.keyboard("{End}{ArrowRight}");
    expect(screen.getByRole("img", { name: "Day 3: 12 cards" })).toHaveFocus();
    await userEvent.tab();
    expect(document.body).toHaveFocus();
    await userEvent.tab({ shift: true });
    expect(screen.getByRole("img", { name: "Day 3: 12 cards" })).toHaveFocus();
  });

  it("are as high as they are worth, and can be seen if they are worth anything", () => {
    const { container } = render(Bars, {
      label: "Cards",
      bars: [...bars, { ...bars[0], name: "Day 4", value: 0.01, text: "few" }],
    });
    const heights = [...container.querySelectorAll(".bar")].map((bar) => Number(bar.getAttribute("height")));
    expect(heights).toEqual([24, 0, 96, 3]);
  });

  it("keep their tab stop when there are fewer of them", async () => {
    const { rerender } = render(Bars, { label: "Cards", bars });
    await userEvent.tab();
    await userEvent.keyboard("{End}");
    await rerender({ label: "Cards", bars: bars.slice(0, 2) });
    expect(screen.getAllByRole("img").map((bar) => bar.getAttribute("tabindex"))).toEqual(["-1", "0"]);
  });
});

describe("a calendar", () => {
  const day = (name: string): CalendarDay => ({ name, level: 2, text: "5 min" });
  const week = (at: number, until = 7) => ({
    head: at === 0 ? "Nov" : "",
    days: Array.from({ length: 7 }, (_, place) => (place < until ? day(`Day ${at * 7 + place + 1}`) : null)),
  });

  it("begins at the last day, and goes no further than there are days", async () => {
    render(Calendar, { label: "Two weeks", weeks: [week(0), week(1, 3)] });
    await userEvent.tab();
    expect(screen.getByRole("gridcell", { name: "Day 10: 5 min" })).toHaveFocus();
    await userEvent.keyboard("{ArrowDown}{ArrowRight}");
    expect(screen.getByRole("gridcell", { name: "Day 10: 5 min" })).toHaveFocus();
    await userEvent.keyboard("{ArrowLeft}{ArrowDown}");
    expect(screen.getByRole("gridcell", { name: "Day 4: 5 min" })).toHaveFocus();
    await userEvent.keyboard("{End}");
    expect(screen.getByRole("gridcell", { name: "Day 4: 5 min" })).toHaveFocus();
    await userEvent.keyboard("{ArrowUp}{End}");
    expect(screen.getByRole("gridcell", { name: "Day 10: 5 min" })).toHaveFocus();
    await userEvent.keyboard("{Home}");
    expect(screen.getByRole("gridcell", { name: "Day 3: 5 min" })).toHaveFocus();
    expect(screen.getAllByRole("gridcell").filter((cell) => cell.tabIndex === 0)).toHaveLength(1);
    // Each row is named by its day, also where none is written beside it.
    expect(screen.getAllByRole("rowheader").map(({ textContent }) => textContent?.slice(0, 6))).toEqual([
      "Monday",
      "Tuesda",
      "Wednes",
      "Thursd",
      "Friday",
      "Saturd",
      "Sunday",
    ]);
    expect(screen.getAllByRole("columnheader").map(({ textContent }) => textContent)).toEqual(["Nov"]);
  });
});

describe("a chart", () => {
  it("is a figure with its sentence, and shows the same numbers as a table", async () => {
    const children = createRawSnippet(() => ({ render: () => "<p>drawing</p>" }));
    const rows = [
      ["Today", 3],
      ["Tomorrow", 0],
    ];
    render(Chart, { title: "Cards", summary: "3 cards.", columns: ["Day", "Due"], rows, children });
    const figure = screen.getByRole("figure", { name: "Cards" });
    expect(figure).toHaveAccessibleDescription("3 cards.");
    expect(within(figure).queryByRole("table")).toBeNull();
    await userEvent.click(
      within(figure).getByRole("button", { name: "Show as table", description: "Cards" }),
    );
    expect(within(figure).queryByText("drawing")).toBeNull();
    const table = within(figure).getByRole("table", { name: "Cards" });
    expect(within(table).getByRole("rowheader", { name: "Today" })).toBeInTheDocument();
    expect(within(table).getByRole("row", { name: "Tomorrow 0" })).toBeInTheDocument();
    await userEvent.click(within(figure).getByRole("button", { name: "Show as chart" }));
    expect(within(figure).getByText("drawing")).toBeInTheDocument();
  });
});

describe("a chart of nothing", () => {
  it("has its sentence and no table", () => {
    const children = createRawSnippet(() => ({ render: () => "<p>drawing</p>" }));
    render(Chart, { title: "Cards", summary: "No cards.", columns: ["Day", "Due"], rows: [], children });
    expect(screen.getByRole("figure", { name: "Cards" })).toHaveAccessibleDescription("No cards.");
    expect(screen.queryByRole("button")).toBeNull();
  });
});

describe("tones and levels", () => {
  const source = (file: string) => readFileSync(join(import.meta.dirname, file), "utf8");

  it("differ in their pattern or their size, not in their colour alone", () => {
    const meter = source("Meter.svelte");
    for (const tone of ["low", "middle"])
      expect(meter).toMatch(new RegExp(`\\.${tone} i \\{[^}]*repeating-linear`));
    const sides = [...source("Calendar.svelte").matchAll(/--side: (\d+)px/g)].map(([, side]) => Number(side));
    expect(new Set(sides).size).toBe(5);
  });
});

describe("a meter", () => {
  it("is read out with its text where it has a name, and is decoration where it has none", async () => {
    const { rerender } = render(Meter, { value: 1.4, label: "Recalled", text: "all of it" });
    const meter = screen.getByRole("meter", { name: "Recalled" });
    expect(meter).toHaveAttribute("aria-valuenow", "100");
    expect(meter).toHaveAttribute("aria-valuetext", "all of it");
    await rerender({ value: 0.5, label: undefined, text: undefined });
    expect(screen.queryByRole("meter")).toBeNull();
  });
});
