import type { PageLayout } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";

/** Why the words of a page can't be found; null where they can. */
export function pageNote({ status, confidence }: PageLayout): string | null {
  if (status === "unreadable") return t("read.note.unreadable");
  if (confidence !== null) return null;
  if (status === "scanned") return t("read.note.scanned");
  if (status === "garbled") return t("read.note.garbled");
  return null;
}

/** How sure text recognition was of a page; null where it was not at work. */
export function recognisedNote({ confidence }: PageLayout): string | null {
  if (confidence === null) return null;
  // A page on which there was nothing to recognise.
  if (confidence === 0) return t("read.recognised.none");
  return t("read.recognised", { percent: Math.floor(confidence * 100) });
}
