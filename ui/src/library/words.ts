import { count, number, timeLeft } from "../app/words";
import type { Document, Ledger } from "../backend/bindings";

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
      const { scanned, garbled, recognised } = document.ledger;
      const page = Math.min(recognised + 1, scanned + garbled);
      const text = `Recognising the text of scans, page ${number(page)} of ${number(scanned + garbled)}`;
      return { text, left, share: recognised / Math.max(scanned + garbled, 1) };
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

/** What of a document can't be searched, in words; null when all of it can. */
export function ledgerLine({ text, scanned, garbled, empty, unreadable }: Ledger): string | null {
  const all = text + scanned + garbled + empty + unreadable;
  const parts: string[] = [];
  const of = (n: number, is: string, are: string) => {
    if (n > 0) parts.push(n === all ? `all ${count(n, "page")} ${are}` : `${n} ${n === 1 ? is : are}`);
  };
  of(scanned, "is a scan without text", "are scans without text");
  of(garbled, "has text that can’t be decoded", "have text that can’t be decoded");
  of(unreadable, "could not be read", "could not be read");
  if (parts.length === 0) return null;
  const line = parts.join(", ");
  return line.startsWith("all")
    ? line[0]?.toUpperCase() + line.slice(1)
    : `Of ${count(all, "page")}, ${line}`;
}
