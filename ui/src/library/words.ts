import { count, timeLeft } from "../app/words";
import type { Document, Ledger, Recognition } from "../backend/bindings";
import { number } from "../i18n/i18n.svelte";

/** What a card says of its document's state: a line, and how far it has come where there is something to measure. */
export interface StateLine {
  text: string;
  /** The time it still takes. */
  left: string | null;
  /** 0 to 1; null while that can't be told; undefined where nothing is under way. */
  share: number | null | undefined;
}

export function stateLine(document: Document, eta: number | null): StateLine {
  const { state, pages, pages_read, passages, embedded } = document;
  const left = eta === null ? null : timeLeft(eta);
  switch (state) {
    case "queued":
      return { text: "Waiting for its turn", left: null, share: undefined };
    case "reading": {
      if (pages === null) return { text: "Opening", left: null, share: null };
      const page = Math.min(pages_read + 1, pages);
      return { text: `Reading page ${number(page)} of ${number(pages)}`, left, share: pages_read / pages };
    }
    case "embedding": {
      const text = "Searchable · finding meanings";
      if (passages === 0) return { text, left, share: null };
      return {
        text: `${text}, ${Math.floor((embedded / passages) * 100)}\u00a0%`,
        left,
        share: embedded / passages,
      };
    }
    case "recognising": {
      const { recognised } = document.ledger;
      const all = pictures(document.ledger);
      const text = `Recognising the text of scans, page ${number(Math.min(recognised + 1, all))} of ${number(all)}`;
      return { text, left, share: recognised / Math.max(all, 1) };
    }
    case "paused": {
      const halfRead = pages !== null && pages_read < pages;
      const text = halfRead ? `Paused at page ${number(pages_read)} of ${number(pages)}` : "Paused";
      return { text, left: null, share: done(document) };
    }
    case "complete":
      return { text: "Ready", left: null, share: undefined };
    case "failed":
      return { text: "Not read", left: null, share: undefined };
  }
}

function done({ pages, pages_read, passages, embedded }: Document): number {
  if (pages && pages_read < pages) return pages_read / pages;
  return passages ? embedded / passages : 0;
}

/** How far a new edition has come, as the card of the document says it that it will replace. */
export function editionLine(edition: Document, eta: number | null): StateLine {
  const line = stateLine(edition, eta);
  return { ...line, text: `New edition: ${line.text.charAt(0).toLowerCase()}${line.text.slice(1)}` };
}

/** Pages without text of their own, which can be recognised. */
const pictures = ({ scanned, garbled }: Ledger): number => scanned + garbled;

/** How many pages wait for their text to be recognised. */
export const waiting = (ledger: Ledger): number => Math.max(0, pictures(ledger) - ledger.recognised);

/** Whether there is anything to recognise, or to recognise again. */
export const isRecognisable = (ledger: Ledger): boolean => pictures(ledger) > 0;

/** The account of pages without text: those that wait for recognition or have been through it; null without any. */
export function picturesLine(ledger: Ledger): string | null {
  const { scanned, garbled, recognised } = ledger;
  if (pictures(ledger) === 0) return null;
  if (waiting(ledger) === 0) {
    const what = [
      scanned > 0 ? count(scanned, "scanned page") : null,
      garbled > 0 ? `${count(garbled, "page")} that can’t be decoded` : null,
    ];
    return `${what.filter(Boolean).join(" and ")}, ${pictures(ledger) === 1 ? "its" : "their"} text recognised`;
  }
  const [is, are] = ["has text that can’t be decoded", "have text that can’t be decoded"];
  const what = [
    share(ledger, scanned, "is a scan", "are scans"),
    scanned > 0 && garbled > 0
      ? `${number(garbled)} ${garbled === 1 ? is : are}`
      : share(ledger, garbled, is, are),
  ];
  const soFar = recognised > 0 ? `, the text of ${number(recognised)} is recognised` : "";
  return what.filter(Boolean).join(", ") + soFar;
}

/** The account of pages that nothing could be made of; null without any. */
export const unreadableLine = (ledger: Ledger): string | null =>
  share(ledger, ledger.unreadable, "could not be read", "could not be read");

/** "12 of 340 pages are scans", "All 4 pages are scans". */
function share(ledger: Ledger, n: number, is: string, are: string): string | null {
  if (n === 0) return null;
  const all = ledger.text + ledger.scanned + ledger.garbled + ledger.empty + ledger.unreadable;
  if (all === 1) return `Its page ${is}`;
  return n === all
    ? `All ${count(all, "page")} ${are}`
    : `${number(n)} of ${count(all, "page")} ${n === 1 ? is : are}`;
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
