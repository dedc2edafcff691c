import { nextBeginning } from "./typeahead";

/** Something in a tree, as a list of them in order has it. */
export interface TreeNode {
  /** The same as long as it is the same thing. */
  key: string | number;
  title: string;
  /** How deep it stands, from 1. */
  depth: number;
  /** Its place among those that stand beside it, from 1, and how many these are. */
  place: number;
  beside: number;
  /** Whether something stands below it. */
  hasParts: boolean;
}

/** Where something stands in the tree that levels make. */
export interface Stand extends Pick<TreeNode, "depth" | "place" | "beside" | "hasParts"> {
  /** The place in the list of what it stands below. */
  parent: number | null;
}

/** The tree of a list of levels: each stands below the last one that is higher, though levels are left out. */
export function standsOf(levels: readonly number[]): Stand[] {
  const above: { level: number; at: number; stand: Stand }[] = [];
  const siblings = new Map<number | null, Stand[]>();
  const stands = levels.map((level, at) => {
    while ((above.at(-1)?.level ?? -Infinity) >= level && above.length > 0) above.pop();
    const parent = above.at(-1);
    if (parent) parent.stand.hasParts = true;
    const beside = siblings.get(parent?.at ?? null) ?? [];
    const stand: Stand = {
      parent: parent?.at ?? null,
      depth: above.length + 1,
      place: beside.length + 1,
      beside: 0,
      hasParts: false,
    };
    beside.push(stand);
    siblings.set(stand.parent, beside);
    above.push({ level, at, stand });
    return stand;
  });
  for (const beside of siblings.values()) for (const stand of beside) stand.beside = beside.length;
  return stands;
}

/** What nothing above folds away. */
export function unfolded<T extends TreeNode>(nodes: readonly T[], isOpen: (node: T) => boolean): T[] {
  let closed = Infinity;
  return nodes.filter((node) => {
    if (node.depth > closed) return false;
    closed = node.hasParts && !isOpen(node) ? node.depth : Infinity;
    return true;
  });
}

/** Where a key leads from one of the rows: to another row, or to rows being folded or unfolded. */
export type Step<T> = { to: number } | { fold: T[]; open: boolean };

/** `inwards` and `outwards` are the keys that lead to what is below and above: the text's direction says which. */
export function step<T extends TreeNode>(
  rows: readonly T[],
  at: number,
  key: string,
  isOpen: (node: T) => boolean,
  [inwards, outwards] = ["ArrowRight", "ArrowLeft"],
): Step<T> | null {
  const node = rows[at];
  if (!node) return null;
  switch (key) {
    case "ArrowDown":
      return { to: Math.min(at + 1, rows.length - 1) };
    case "ArrowUp":
      return { to: Math.max(at - 1, 0) };
    case "Home":
      return { to: 0 };
    case "End":
      return { to: rows.length - 1 };
    case inwards:
      if (!node.hasParts) return { to: at };
      return isOpen(node) ? { to: at + 1 } : { fold: [node], open: true };
    case outwards:
      if (node.hasParts && isOpen(node)) return { fold: [node], open: false };
      return { to: above(rows, at) ?? at };
    case "*":
      return { fold: besideOf(rows, at).filter(({ hasParts }) => hasParts), open: true };
    default: {
      const to = nextBeginning(rows, at, key, ({ title }) => title);
      return to === null ? null : { to };
    }
  }
}

/** The place of what a row stands below. */
function above(rows: readonly TreeNode[], at: number): number | null {
  const depth = rows[at]?.depth ?? 0;
  const parent = rows.findLastIndex((other, place) => place < at && other.depth < depth);
  return parent < 0 ? null : parent;
}

/** The rows that stand below the same as this one, itself among them. */
function besideOf<T extends TreeNode>(rows: readonly T[], at: number): T[] {
  const depth = rows[at]?.depth ?? 0;
  const first = (above(rows, at) ?? -1) + 1;
  const end = rows.findIndex((other, place) => place > at && other.depth < depth);
  return rows.slice(first, end < 0 ? undefined : end).filter((other) => other.depth === depth);
}
