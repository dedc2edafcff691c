import { locale } from "../i18n/i18n.svelte";
import { isAtWork, isWaiting } from "./library.svelte";
import type { Shelved } from "./shelf.svelte";

export type View = "grid" | "list";
export const SORTS = ["added", "title", "opened", "pages", "hand"] as const;
export type SortBy = (typeof SORTS)[number];
export interface Sort {
  by: SortBy;
  descending: boolean;
}
/** How a document stands: it can be read, is being worked on, or waits for something that a person has to do. */
export const STANDINGS = ["ready", "working", "attention"] as const;
export type Standing = (typeof STANDINGS)[number];

/** Which documents are shown; an empty list leaves none out. */
export interface Filter {
  standings: Standing[];
  tags: string[];
  formats: string[];
}

/** The way round in which a sort is wanted first: news and the longest first, titles from A. */
export const usualSort = (by: SortBy): Sort => ({ by, descending: by !== "title" && by !== "hand" });

export function standingOf({ document }: Shelved): Standing {
  if (document.state === "failed" || document.code === "encrypted") return "attention";
  if (isAtWork(document)) return "working";
  return isWaiting(document) || document.ledger.unreadable > 0 || document.state === "paused"
    ? "attention"
    : "ready";
}

/** Titles and tags are compared and found without regard to case and accents. */
const folded = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();

/** The documents that are shown, in their order. Tags that no document has any more leave none out. */
export function arrange(shelved: readonly Shelved[], sort: Sort, filter: Filter, query: string): Shelved[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  const tags = filter.tags.map(folded).filter((tag) => hasTag(shelved, tag));
  const { standings, formats } = filter;
  const shown = shelved.filter((one) => {
    const { document } = one;
    if (standings.length > 0 && !standings.includes(standingOf(one))) return false;
    if (formats.length > 0 && !formats.includes(document.format)) return false;
    if (tags.length > 0 && !document.tags.some((tag) => tags.includes(folded(tag)))) return false;
    const title = words.length > 0 ? folded(document.title) : "";
    return words.every((word) => title.includes(word));
  });
  return shown.sort(orderOf(sort));
}

const hasTag = (shelved: readonly Shelved[], tag: string): boolean =>
  shelved.some(({ document }) => document.tags.some((other) => folded(other) === tag));

function orderOf({ by, descending }: Sort): (a: Shelved, b: Shelved) => number {
  if (by === "hand") return byHand;
  const collator = new Intl.Collator(locale(), { numeric: true, sensitivity: "base" });
  const sign = descending ? -1 : 1;
  const compare = {
    title: (a: Shelved, b: Shelved) => collator.compare(a.document.title, b.document.title),
    added: (a: Shelved, b: Shelved) => a.document.added - b.document.added,
    opened: (a: Shelved, b: Shelved) => (a.document.opened ?? 0) - (b.document.opened ?? 0),
    pages: (a: Shelved, b: Shelved) => (a.document.pages ?? 0) - (b.document.pages ?? 0),
  }[by];
  // Of equals the newest comes first, whichever way round.
  return (a, b) => sign * compare(a, b) || newest(a, b);
}

/** The newest first. */
export const newest = (a: Shelved, b: Shelved): number =>
  b.document.added - a.document.added || b.document.document - a.document.document;

/** The person's own order. */
export const byHand = (a: Shelved, b: Shelved): number =>
  a.document.position - b.document.position || b.document.document - a.document.document;

/** The tags of documents with how many have each, those of most documents first. */
export function tagsOf(shelved: readonly Shelved[]): { tag: string; count: number }[] {
  const tags = new Map<string, { tag: string; count: number }>();
  for (const { document } of shelved)
    for (const tag of document.tags) {
      const known = tags.get(folded(tag)) ?? { tag, count: 0 };
      known.count += 1;
      tags.set(folded(tag), known);
    }
  return [...tags.values()].sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag, locale()));
}

/** The formats of documents, each once. */
export const formatsOf = (shelved: readonly Shelved[]): string[] =>
  [...new Set(shelved.map(({ document }) => document.format))].sort();

/** Whether two tags are the same word. */
export const isSameTag = (a: string, b: string): boolean => folded(a) === folded(b);

/** Tags as they are kept: no spaces around them, none twice. */
export const tidyTags = (tags: readonly string[]): string[] =>
  tags
    .map((tag) => tag.trim().replace(/\s+/g, " "))
    .filter((tag, place, all) => tag && all.findIndex((other) => isSameTag(other, tag)) === place);
