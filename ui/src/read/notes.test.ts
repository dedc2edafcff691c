import { describe, expect, it } from "vitest";

import { somePages } from "../../tests/double";
import type { PageLayout } from "../backend/bindings";
import { pageNote, recognisedNote } from "./notes";

const page = (over: Partial<PageLayout>) => somePages(1, over)[0] as PageLayout;

describe("what a page says of its text", () => {
  it("that it can't be searched yet, until it has been recognised", () => {
    expect(pageNote(page({ status: "scanned" }))).toBe("This page is a scan: it can’t be searched yet");
    expect(pageNote(page({ status: "garbled" }))).toContain("can’t be searched yet");
    expect(pageNote(page({ status: "scanned", confidence: 0.9 }))).toBeNull();
    expect(pageNote(page({ status: "unreadable" }))).toBe("The text of this page could not be read");
    expect(pageNote(page({ status: "text" }))).toBeNull();
    expect(pageNote(page({ status: "empty" }))).toBeNull();
  });

  it("how sure recognition was, never more than it was", () => {
    expect(recognisedNote(page({ confidence: 0.9499 }))).toBe("Text recognised, 94\u00a0%");
    expect(recognisedNote(page({ confidence: 0 }))).toBe("No text recognised");
    expect(recognisedNote(page({}))).toBeNull();
  });
});
