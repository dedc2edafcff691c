import type { PageLayout } from "../backend/bindings";

/** Why the words of a page can't be found; null where they can. */
export function pageNote({ status, confidence }: PageLayout): string | null {
  if (status === "unreadable") return "The text of this page could not be read";
  if (confidence !== null) return null;
  if (status === "scanned") return "This page is a scan: it can’t be searched yet";
  if (status === "garbled") return "The text of this page can’t be decoded: it can’t be searched yet";
  return null;
}

/** How sure text recognition was of a page; null where it was not at work. */
export function recognisedNote({ confidence }: PageLayout): string | null {
  if (confidence === null) return null;
  // A page on which there was nothing to recognise.
  if (confidence === 0) return "No text recognised";
  return `Text recognised, ${Math.floor(confidence * 100)}\u00a0%`;
}
