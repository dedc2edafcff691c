import type { Ledger, PageLayout } from "../backend/bindings";
import { number } from "../i18n/i18n.svelte";

/** What was read of a page, in the order in which it is told: what is well, what can be helped, what is lost. */
export const KINDS = ["text", "recognised", "scanned", "garbled", "unreadable", "empty"] as const;
export type Kind = (typeof KINDS)[number];

/** How many pages there are of each kind; a page whose text was recognised counts as that alone. */
export function countsOf(ledger: Ledger, pages: readonly PageLayout[]): Record<Kind, number> {
  const { text, empty, unreadable } = ledger;
  const of = (kind: Kind) => pages.filter((page) => kindOf(page) === kind).length;
  if (pages.length > 0)
    return {
      text: of("text"),
      recognised: of("recognised"),
      scanned: of("scanned"),
      garbled: of("garbled"),
      unreadable: of("unreadable"),
      empty: of("empty"),
    };
  // Which of both were recognised is known of the pages alone: scans come first.
  const recognised = Math.min(ledger.recognised, ledger.scanned + ledger.garbled);
  const scanned = Math.max(0, ledger.scanned - recognised);
  const garbled = ledger.scanned + ledger.garbled - recognised - scanned;
  return { text, recognised, scanned, garbled, unreadable, empty };
}

export const kindOf = ({ status, confidence }: PageLayout): Kind =>
  (status === "scanned" || status === "garbled") && confidence !== null ? "recognised" : status;

/** The numbers of the pages of a kind, in order. */
export const pagesOf = (pages: readonly PageLayout[], kind: Kind): number[] =>
  pages.filter((page) => kindOf(page) === kind).map((page) => page.number);

/** So many runs of pages are named. */
const NAMED = 8;

/** "3, 12–14"; of many runs the first, and how many pages there are beyond them. */
export function runsOf(pages: readonly number[]): { list: string; more: number } {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const run = runs.at(-1);
    if (run && page === run[1] + 1) run[1] = page;
    else runs.push([page, page]);
  }
  const named = runs.slice(0, NAMED);
  const list = named
    .map(([first, last]) => (first === last ? number(first) : `${number(first)}–${number(last)}`))
    .join(", ");
  const last = named.at(-1)?.[1];
  return { list, more: last === undefined ? 0 : pages.filter((page) => page > last).length };
}
