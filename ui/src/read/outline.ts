import type { OutlineItem } from "../backend/bindings";

/** More entries than these are folded at first, but for those that lead to where reading stands. */
const MANY = 60;

/** An entry of a table of contents, in its tree. */
export interface Entry {
  index: number;
  title: string;
  page: number;
  /** How deep it stands, from 1. */
  depth: number;
  /** The index of the one that it stands below. */
  parent: number | null;
  hasParts: boolean;
  /** Its place among those beside it, from 1, and how many these are. */
  place: number;
  beside: number;
}

/** The tree of a table of contents, in reading order. Levels may be left out in it. */
export function entriesOf(outline: OutlineItem[]): Entry[] {
  const above: { level: number; entry: Entry }[] = [];
  const siblings = new Map<number | null, Entry[]>();
  const entries = outline.map(({ level, title, page }, index) => {
    while ((above.at(-1)?.level ?? -Infinity) >= level) above.pop();
    const parent = above.at(-1)?.entry ?? null;
    if (parent) parent.hasParts = true;
    const beside = siblings.get(parent?.index ?? null) ?? [];
    const entry: Entry = {
      index,
      title,
      page,
      depth: above.length + 1,
      parent: parent?.index ?? null,
      hasParts: false,
      place: beside.length + 1,
      beside: 0,
    };
    beside.push(entry);
    siblings.set(entry.parent, beside);
    above.push({ level, entry });
    return entry;
  });
  for (const beside of siblings.values()) for (const entry of beside) entry.beside = beside.length;
  return entries;
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
  new Set(entries.length > MANY ? entries.filter(({ hasParts }) => hasParts).map(({ index }) => index) : []);

/** The entries of which nothing above is folded. */
export function unfolded(entries: Entry[], folded: ReadonlySet<number>): Entry[] {
  const hidden = new Set<number>();
  return entries.filter(({ index, parent }) => {
    const isHidden = parent !== null && (hidden.has(parent) || folded.has(parent));
    if (isHidden) hidden.add(index);
    return !isHidden;
  });
}
