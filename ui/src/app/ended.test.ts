import { describe, expect, it } from "vitest";

import type { LongWork, WorkEnded } from "../backend/bindings";
import { showLanguage } from "../i18n/i18n.svelte";
import { ended } from "./ended";

const work = (kind: LongWork, titles: string[], failed = 0): WorkEnded => ({ kind, titles, failed });

describe("the word at the end of long work", () => {
  it("names what is ready, and how many more", () => {
    expect(ended(work("documents", ["Plants"]))).toEqual({ title: "A document is ready", body: "Plants" });
    expect(ended(work("documents", ["A", "B", "C", "D", "E"]))).toEqual({
      title: "5 documents are ready",
      body: "A, B, C and 2 more",
    });
  });

  it("parts what is ready from what could not be read", () => {
    expect(ended(work("documents", ["Plants", "Rocks", "Scan"], 1))).toEqual({
      title: "2 documents are ready",
      body: "Plants, Rocks\nA document could not be read: Scan",
    });
    expect(ended(work("documents", ["Scan"], 1))).toEqual({
      title: "A document could not be read",
      body: "Scan",
    });
  });

  it("says of other work whether it succeeded", () => {
    expect(ended(work("backup", ["Monday.studyroom"]))).toEqual({
      title: "Your backup is ready",
      body: "Monday.studyroom",
    });
    for (const kind of ["backup", "restore", "memory"] as const)
      expect(ended(work(kind, ["It"], 1)).title).toMatch(/could not be/);
  });

  it("is in the language of the window", async () => {
    await showLanguage("id");
    expect(ended(work("documents", ["Plants", "Rocks"])).title).toBe("2 dokumen sudah siap");
    await showLanguage("en");
  });
});
