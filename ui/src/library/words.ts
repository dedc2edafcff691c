import { timeLeft } from "../app/words";
import type { Document, Ledger, Recognition } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";

/** What is said of a document's state: a line, and how far it has come where there is something to measure. */
export interface StateLine {
  text: string;
  /** The time it still takes. */
  left: string | null;
  /** 0 to 1; null while that can't be told; undefined where nothing is under way. */
  share: number | null | undefined;
}

export const stateLine = (document: Document, eta: number | null): StateLine => lineOf(document, eta, "no");

/** How far a new edition has come, as the document says it that it will replace. */
export const editionLine = (edition: Document, eta: number | null): StateLine => lineOf(edition, eta, "yes");

function lineOf(document: Document, eta: number | null, edition: "yes" | "no"): StateLine {
  const { state, pages, pages_read, passages, embedded } = document;
  const left = eta === null ? null : timeLeft(eta);
  switch (state) {
    case "queued":
      return { text: t("library.state.queued", { edition }), left: null, share: undefined };
    case "reading": {
      if (pages === null) return { text: t("library.state.opening", { edition }), left: null, share: null };
      const page = Math.min(pages_read + 1, pages);
      return { text: t("library.state.reading", { edition, page, pages }), left, share: pages_read / pages };
    }
    case "embedding": {
      if (passages === 0) return { text: t("library.state.embedding", { edition }), left, share: null };
      const share = embedded / passages;
      return {
        text: t("library.state.meanings", { edition, percent: Math.floor(share * 100) }),
        left,
        share,
      };
    }
    case "recognising": {
      const { recognised } = document.ledger;
      const pages = pictures(document.ledger);
      const page = Math.min(recognised + 1, pages);
      const text = t("library.state.recognising", { edition, page, pages });
      return { text, left, share: recognised / Math.max(pages, 1) };
    }
    case "paused": {
      const halfRead = pages !== null && pages_read < pages;
      const text = halfRead
        ? t("library.state.pausedAt", { edition, page: pages_read, pages })
        : t("library.state.paused", { edition });
      return { text, left: null, share: done(document) };
    }
    case "complete":
      return { text: t("library.state.complete", { edition }), left: null, share: undefined };
    case "failed":
      return { text: t("library.state.failed", { edition }), left: null, share: undefined };
  }
}

function done({ pages, pages_read, passages, embedded }: Document): number {
  if (pages && pages_read < pages) return pages_read / pages;
  return passages ? embedded / passages : 0;
}

/** Pages without text of their own, which can be recognised. */
const pictures = ({ scanned, garbled }: Ledger): number => scanned + garbled;

/** How many pages wait for their text to be recognised. */
export const waiting = (ledger: Ledger): number => Math.max(0, pictures(ledger) - ledger.recognised);

/** Whether there is anything to recognise, or to recognise again. */
export const isRecognisable = (ledger: Ledger): boolean => pictures(ledger) > 0;

/** All pages that were looked at. */
export const allPages = (ledger: Ledger): number =>
  ledger.text + ledger.scanned + ledger.garbled + ledger.empty + ledger.unreadable;

/** The account of pages without text: those that wait for recognition or have been through it; null without any. */
export function picturesLine(ledger: Ledger): string | null {
  const { scanned, garbled, recognised } = ledger;
  if (pictures(ledger) === 0) return null;
  if (waiting(ledger) === 0) {
    if (garbled === 0) return t("library.recognised.scans", { n: scanned });
    if (scanned === 0) return t("library.recognised.garbled", { n: garbled });
    return t("library.recognised.both", { scanned, garbled });
  }
  const line = picturesWaiting(ledger);
  return recognised > 0 ? t("library.recognised.partly", { line, n: recognised }) : line;
}

function picturesWaiting(ledger: Ledger): string {
  const { scanned, garbled } = ledger;
  const all = allPages(ledger);
  if (scanned > 0 && garbled > 0) return t("library.pictures.both", { scanned, garbled, all });
  if (garbled === 0) {
    if (all === 1) return t("library.scans.only");
    return scanned === all ? t("library.scans.all", { all }) : t("library.scans.some", { n: scanned, all });
  }
  if (all === 1) return t("library.garbled.only");
  return garbled === all ? t("library.garbled.all", { all }) : t("library.garbled.some", { n: garbled, all });
}

/** The account of pages that nothing could be made of; null without any. */
export function unreadableLine(ledger: Ledger): string | null {
  const n = ledger.unreadable;
  const all = allPages(ledger);
  if (n === 0) return null;
  if (all === 1) return t("library.unreadable.only");
  return n === all ? t("library.unreadable.all", { all }) : t("library.unreadable.some", { n, all });
}

/** What else is to be known of a document that is done: what is missing of it, and what to do. */
export function remark(
  { state, code, message, ledger }: Document,
  recognition: Recognition | null,
): string | null {
  // Whether recognition can be had is told as it is now, beside the account of the pages.
  const told = code === "native_part_missing" && waiting(ledger) > 0 && recognition?.message;
  return state === "complete" && !told ? message : null;
}
