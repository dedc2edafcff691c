import { describe, expect, it } from "vitest";

import { ago, pageName, placeName, size, timeLeft } from "../app/words";
import { aDocument } from "../../tests/double";
import type { Locator } from "../backend/bindings";
import { isSearchable } from "./library.svelte";
import { editionLine, picturesLine, stateLine, unreadableLine, waiting } from "./words";

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

  it("tells a new edition from the document that it will replace", () => {
    const edition = aDocument({ state: "reading", pages: 340, pages_read: 11, replaces: 1 });
    expect(editionLine(edition, null).text).toBe("New edition: reading page 12 of 340");
    expect(editionLine({ ...edition, pages: null }, null).text).toBe("New edition: opening");
  });

  it("keeps an account of the pages without text", () => {
    expect(picturesLine({ ...ledger, text: 328, scanned: 12 })).toBe("12 of 340 pages are scans");
    expect(picturesLine({ ...ledger, text: 9, scanned: 1 })).toBe("1 of 10 pages is a scan");
    expect(picturesLine({ ...ledger, scanned: 4 })).toBe("All 4 pages are scans");
    expect(picturesLine({ ...ledger, scanned: 1 })).toBe("Its page is a scan");
    expect(picturesLine({ ...ledger, text: 5, scanned: 3, garbled: 2 })).toBe(
      "3 of 10 pages are scans, 2 have text that can’t be decoded",
    );
    expect(picturesLine({ ...ledger, text: 12, empty: 2 })).toBeNull();
  });

  it("says what has been recognised of them", () => {
    expect(picturesLine({ ...ledger, text: 328, scanned: 12, recognised: 5 })).toBe(
      "12 of 340 pages are scans, the text of 5 is recognised",
    );
    expect(picturesLine({ ...ledger, text: 328, scanned: 12, recognised: 12 })).toBe(
      "12 scanned pages, their text recognised",
    );
    expect(picturesLine({ ...ledger, scanned: 1, recognised: 1 })).toBe(
      "1 scanned page, its text recognised",
    );
    expect(picturesLine({ ...ledger, scanned: 2, garbled: 1, recognised: 3 })).toBe(
      "2 scanned pages and 1 page that can’t be decoded, their text recognised",
    );
    expect(waiting({ ...ledger, scanned: 12, garbled: 2, recognised: 5 })).toBe(9);
  });

  it("keeps an account of the pages that could not be read", () => {
    expect(unreadableLine({ ...ledger, text: 8, unreadable: 2 })).toBe("2 of 10 pages could not be read");
    expect(unreadableLine({ ...ledger, text: 8 })).toBeNull();
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
