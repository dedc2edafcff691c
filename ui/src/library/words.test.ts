import { describe, expect, it } from "vitest";

import { ago, pageName, placeName, size, timeLeft } from "../app/words";
import { aDocument } from "../../tests/double";
import type { Locator } from "../backend/bindings";
import { isSearchable } from "./library.svelte";
import { ledgerLine, stateLine } from "./words";

const ledger = { text: 0, scanned: 0, garbled: 0, empty: 0, unreadable: 0, recognised: 0 };

describe("what a card says", () => {
  it("tells how far the reading is", () => {
    const line = stateLine(aDocument({ state: "reading", pages: 1240, pages_read: 412 }), 128_000);
    expect(line).toEqual({
      text: "Reading page 413 of 1,240",
      left: "about 2\u00a0min left",
      share: 412 / 1240,
    });
  });

  it("says that a document can be searched while meanings are found", () => {
    const document = aDocument({ state: "embedding", passages: 200, embedded: 90 });
    expect(stateLine(document, null).text).toBe("Searchable · finding meanings, 45\u00a0%");
    expect(isSearchable(document)).toBe(true);
    expect(isSearchable(aDocument({ state: "reading" }))).toBe(false);
  });

  it("keeps an account of what can't be searched", () => {
    expect(ledgerLine({ ...ledger, text: 328, scanned: 12 })).toBe("Of 340 pages, 12 are scans without text");
    expect(ledgerLine({ ...ledger, text: 8, scanned: 1, unreadable: 1, recognised: 0 })).toBe(
      "Of 10 pages, 1 is a scan without text, 1 could not be read",
    );
    expect(ledgerLine({ ...ledger, scanned: 4 })).toBe("All 4 pages are scans without text");
    expect(ledgerLine({ ...ledger, text: 12, empty: 2 })).toBeNull();
  });
});

describe("plain words", () => {
  it("gives times as people do", () => {
    expect(timeLeft(3_000)).toBe("a few seconds left");
    expect(timeLeft(14_000)).toBe("15\u00a0s left");
    const noon = new Date(2026, 4, 12, 12).getTime();
    expect(ago(noon - 30_000, noon)).toBe("just now");
    expect(ago(noon - 5 * 60_000, noon)).toBe("5 min ago");
    expect(ago(noon - 3 * 3_600_000, noon)).toBe("3 h ago");
    expect(ago(noon - 20 * 3_600_000, noon)).toBe("yesterday");
    expect(ago(new Date(2026, 1, 3).getTime(), noon)).toBe("3 Feb");
  });

  it("gives sizes and pages with their units", () => {
    expect(size(900)).toBe("900 B");
    expect(size(68_400_000)).toBe("68 MB");
    expect(pageName(12, "iv")).toBe("p. iv");
    expect(pageName(12, "A-3")).toBe("p. A-3");
    expect(pageName(3, "Membranes")).toBe("Membranes");
    expect(pageName(3, "Chapter 2: Light")).toBe("Chapter 2: Light");
    expect(pageName(12, null)).toBe("p. 12");
    expect(pageName(null, null)).toBe("");
  });

  it("says where words stand in formats without pages", () => {
    const at = (kind: Locator["kind"], label: string | null, paragraph: number | null = null) =>
      placeName(null, label, { kind, number: 3, label, paragraph, part: 1 });
    expect(at("chapter", null, 12)).toBe("Chapter 3, paragraph 12");
    expect(at("chapter", "Chapter 1: Light", 2)).toBe("Chapter 1: Light, paragraph 2");
    expect(at("slide", "Cells")).toBe("Slide 3");
    expect(at("paragraph", "Membranes")).toBe("Membranes, paragraph 3");
    expect(at("paragraph", null)).toBe("Paragraph 3");
    expect(at("line", "Prices")).toBe("Prices, line 3");
    // A page stays a page, and an answer of an earlier version is called as it was.
    expect(
      placeName(12, "iv", { kind: "paragraph", number: 3, label: null, paragraph: null, part: 12 }),
    ).toBe("p. iv");
    expect(placeName(3, "Membranes", null)).toBe("Membranes");
  });
});
