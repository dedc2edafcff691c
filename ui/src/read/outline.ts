import type { OutlineItem } from "../backend/bindings";
import { standsOf, type Stand, type TreeNode } from "../design/tree";

/** More entries than these are folded at first, but for those that lead to where reading stands. */
const MANY = 60;

/** An entry of a table of contents, in its tree. */
export interface Entry extends TreeNode {
  /** Its place in the table. */
  key: number;
  page: number;
  /** The place of the one that it stands below. */
  parent: number | null;
}

/** The tree of a table of contents, in reading order. Levels may be left out in it. */
export function entriesOf(outline: OutlineItem[]): Entry[] {
  const stands = standsOf(outline.map(({ level }) => level));
  return outline.map(({ title, page }, key) => ({ key, title, page, ...(stands[key] as Stand) }));
}

/** The entry that a page stands in: the last one that has begun by then; none before the first. */
export const entryAt = (entries: Entry[], page: number): Entry | null =>
  entries.findLast((entry) => entry.page <= page) ?? null;

/** What an entry stands below, from the top. */
export function wayTo(entries: Entry[], entry: Entry | null): number[] {
  const way: number[] = [];
  for (let at = entry?.parent ?? null; at !== null; at = entries[at]?.parent ?? null) way.unshift(at);
  return way;
}

/** What is folded at first. */
export const foldedAtFirst = (entries: Entry[]): Set<number> =>
  new Set(entries.length > MANY ? entries.filter(({ hasParts }) => hasParts).map(({ key }) => key) : []);
