/**
 * Long lists of which only what is near the view is in the tree. Here is the arithmetic; VirtualList.svelte draws.
 * All lengths are CSS pixels.
 */

/** Where rows of any heights stand. Changing one height and finding a row take O(log n) (a Fenwick tree). */
export class Offsets {
  readonly count: number;
  readonly #heights: Float64Array;
  /** `#tree[i]` is the sum of the `i & -i` heights that end with row `i - 1`. */
  readonly #tree: Float64Array;
  /** The highest power of two that is not above `count`. */
  readonly #top: number;

  constructor(count: number, heightOf: (index: number) => number) {
    this.count = count;
    this.#heights = Float64Array.from({ length: count }, (_, index) => heightOf(index));
    this.#tree = new Float64Array(count + 1);
    for (let node = 1; node <= count; node++) {
      this.#add(node, this.height(node - 1));
      const above = node + (node & -node);
      if (above <= count) this.#add(above, this.#sum(node));
    }
    this.#top = count > 0 ? 2 ** Math.floor(Math.log2(count)) : 0;
  }

  #sum(node: number): number {
    return this.#tree[node] ?? 0;
  }

  #add(node: number, height: number): void {
    this.#tree[node] = this.#sum(node) + height;
  }

  /** The height of all rows. */
  get total(): number {
    return this.before(this.count);
  }

  height(index: number): number {
    return this.#heights[index] ?? 0;
  }

  /** Gives a row another height; by how much it has grown. */
  resize(index: number, height: number): number {
    if (index < 0 || index >= this.count) return 0;
    const grown = height - this.height(index);
    this.#heights[index] = height;
    for (let node = index + 1; node <= this.count; node += node & -node) this.#add(node, grown);
    return grown;
  }

  /** Where a row begins. */
  before(index: number): number {
    let sum = 0;
    for (let node = Math.min(index, this.count); node > 0; node -= node & -node) sum += this.#sum(node);
    return sum;
  }

  /** The row that a height down the list falls into; the first or last one outside. */
  at(offset: number): number {
    let node = 0;
    let left = offset;
    for (let step = this.#top; step >= 1; step /= 2) {
      const next = node + step;
      if (next <= this.count && this.#sum(next) <= left) {
        node = next;
        left -= this.#sum(next);
      }
    }
    return Math.max(0, Math.min(node, this.count - 1));
  }
}

/** The rows from `first` to `last`, and others that have to stay, in order. */
export function withKept(first: number, last: number, kept: readonly (number | null)[]): number[] {
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const others = new Set(kept.filter((row): row is number => row !== null && (row < first || row > last)));
  return [...rows, ...others].sort((a, b) => a - b);
}

/** How items lie: so many beside each other, and so many rows in a view. */
export interface Lattice {
  count: number;
  columns: number;
  /** Rows that PageUp and PageDown go by. */
  page: number;
  /** Whether reading goes from right to left, where Left is on. */
  rtl?: boolean;
}

/** Which item a key leads to from item `at`; undefined if the key leads nowhere, `at` itself at the end. */
export function stepTo(key: string, at: number, { count, columns, page, rtl = false }: Lattice) {
  const on = rtl ? -1 : 1;
  const to = {
    ArrowRight: columns > 1 ? at + on : undefined,
    ArrowLeft: columns > 1 ? at - on : undefined,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    PageDown: at + columns * page,
    PageUp: at - columns * page,
    Home: 0,
    End: count - 1,
  }[key];
  if (to === undefined || count === 0) return undefined;
  // Down from above a row that is not full leads to its last item; otherwise keep the column.
  if (to >= count) {
    const lastRow = Math.floor((count - 1) / columns);
    return Math.floor(at / columns) < lastRow || key === "End" ? count - 1 : at;
  }
  if (to < 0) return key === "PageUp" ? at % columns : at;
  return to;
}
