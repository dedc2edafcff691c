import type { PageBox, PageLayout, Rect } from "../backend/bindings";

/** Room between two pages, and above the first. */
export const GAP = 20;
/** Between the two pages of a spread. */
export const SEAM = 4;

/** How far a page is turned, clockwise, in degrees. */
export type Turn = 0 | 90 | 180 | 270;

/** How pages are laid out. */
export interface Arrangement {
  /** Two pages side by side, as in an open book. */
  spread?: boolean;
  turn?: Turn;
}

/** Where a page lies in the scrolled column, in CSS pixels. */
export interface Placed {
  page: PageLayout;
  top: number;
  /** From the middle of the column. */
  left: number;
  width: number;
  height: number;
}

export interface Column {
  placed: Placed[];
  height: number;
  width: number;
}

/** How wide and high a page is once it is turned. */
function turnedSize({ width, height }: PageLayout, turn: Turn = 0): { width: number; height: number } {
  return turn % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** Whether pages of odd numbers lie on the right, as printed labels say: in a book odd ones do. */
function isOddRight(pages: PageLayout[]): boolean {
  let votes = 0;
  for (const { label, number } of pages)
    if (label && /^\d+$/.test(label)) votes += Number(label) % 2 === number % 2 ? 1 : -1;
  return votes >= 0;
}

/** Pages that lie side by side: each alone, or as in an open book with the cover alone. */
export function rowsOf(pages: PageLayout[], spread = false): PageLayout[][] {
  if (!spread) return pages.map((page) => [page]);
  const isRight = rightOf(pages);
  const rows: PageLayout[][] = [];
  for (const page of pages) {
    const before = rows.at(-1);
    const other = before?.[0];
    if (before?.length === 1 && rows.length > 1 && other && !isRight(other) && isRight(page))
      before.push(page);
    else rows.push([page]);
  }
  return rows;
}

/** Which pages lie on the right; the cover always does. */
function rightOf(pages: PageLayout[]): (page: PageLayout) => boolean {
  const isOdd = isOddRight(pages);
  return ({ number }) => number === pages[0]?.number || (number % 2 === 1) === isOdd;
}

/** CSS pixels per point at which the widest page, or two of them, fill `width`. */
export function fitScale(pages: PageLayout[], width: number, { spread, turn }: Arrangement = {}): number {
  const widest = pages.reduce((most, page) => Math.max(most, turnedSize(page, turn).width), 1);
  return Math.max(0.1, spread ? (width - SEAM) / (2 * widest) : width / widest);
}

/** CSS pixels per point at which the highest page is seen whole. */
export function fitHeight(pages: PageLayout[], height: number, { turn }: Arrangement = {}): number {
  const highest = pages.reduce((most, page) => Math.max(most, turnedSize(page, turn).height), 1);
  return Math.max(0.05, (height - 2 * GAP) / highest);
}

/** All pages under each other at `scale` CSS pixels per point. */
export function column(pages: PageLayout[], scale: number, { spread, turn }: Arrangement = {}): Column {
  const placed: Placed[] = [];
  const isRight = spread ? rightOf(pages) : null;
  let top = GAP;
  let widest = 0;
  for (const row of rowsOf(pages, spread)) {
    let highest = 0;
    for (const page of row) {
      const size = turnedSize(page, turn);
      const width = Math.round(size.width * scale);
      const height = Math.round(size.height * scale);
      const left = !isRight ? -width / 2 : isRight(page) ? SEAM / 2 : -width - SEAM / 2;
      placed.push({ page, top, left, width, height });
      highest = Math.max(highest, height);
      widest = Math.max(widest, isRight ? 2 * width + SEAM : width);
    }
    top += highest + GAP;
  }
  return { placed, height: top, width: widest };
}

/** Index of the page at `y`: the last one that starts at or above it. */
export function indexAt(placed: Placed[], y: number): number {
  let low = 0;
  let high = placed.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((placed[middle]?.top ?? Infinity) <= y) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** The first and the last of those that lie beside one. */
function rowAt(placed: Placed[], index: number): [number, number] {
  const top = placed[index]?.top;
  const first = placed[index - 1]?.top === top ? index - 1 : index;
  const last = placed[index + 1]?.top === top ? index + 1 : index;
  return [Math.max(0, first), Math.min(placed.length - 1, last)];
}

/**
 * The pages to keep in the tree, from one index to before another: what is seen, a row before and one after, so that the
 * next is there in time.
 */
export function range(placed: Placed[], scrollTop: number, viewport: number): [number, number] {
  if (placed.length === 0) return [0, 0];
  const [seen] = rowAt(placed, indexAt(placed, scrollTop));
  const [, seenLast] = rowAt(placed, indexAt(placed, scrollTop + viewport));
  const [first] = rowAt(placed, Math.max(0, seen - 1));
  const [, last] = rowAt(placed, Math.min(placed.length - 1, seenLast + 1));
  return [first, last + 1];
}

/** The pages that such a range holds. */
export function window(placed: Placed[], scrollTop: number, viewport: number): Placed[] {
  return placed.slice(...range(placed, scrollTop, viewport));
}

/** The page that a person would say they are on: at a third of the view, of two the one they went to, else the left. */
export function pageInView(placed: Placed[], scrollTop: number, viewport: number, current = 0): number {
  const [first, last] = rowAt(placed, indexAt(placed, scrollTop + viewport / 3));
  const row = placed.slice(first, last + 1);
  return (row.find(({ page }) => page.number === current) ?? row[0])?.page.number ?? 1;
}

/** A place on a page, as it lies once the page is turned. */
export function turned<Box extends Rect>(box: Box, turn: Turn = 0): Box {
  const { x0, y0, x1, y1 } = box;
  if (turn === 90) return { ...box, x0: 1 - y1, y0: x0, x1: 1 - y0, y1: x1 };
  if (turn === 180) return { ...box, x0: 1 - x1, y0: 1 - y1, x1: 1 - x0, y1: 1 - y0 };
  if (turn === 270) return { ...box, x0: y0, y0: 1 - x1, x1: y1, y1: 1 - x0 };
  return box;
}

/** A point on a turned page, as it lies on the page itself. */
export function unturned(x: number, y: number, turn: Turn = 0): [number, number] {
  const { x0, y0 } = turned({ x0: x, y0: y, x1: x, y1: y }, ((360 - turn) % 360) as Turn);
  return [x0, y0];
}

/** Where to scroll so that the first box stands at a third of the view's height (the page's top without boxes). */
export function scrollFor(
  placed: Placed[],
  page: number,
  boxes: PageBox[],
  viewport: number,
  turn: Turn = 0,
): number | null {
  const first = boxes[0];
  const here = placed.find(({ page: other }) => other.number === (first?.page ?? page));
  if (!here) return null;
  if (!first) return Math.max(0, here.top - GAP);
  const { y0, y1 } = turned(first, turn);
  const middle = here.top + ((y0 + y1) / 2) * here.height;
  return Math.max(0, middle - viewport / 3);
}

/** The same across, for pages wider than the view: the middle of the first box, else of the pages, in the middle. */
export function scrollAcross(
  placed: Placed[],
  boxes: PageBox[],
  columnWidth: number,
  viewport: number,
  turn: Turn = 0,
): number {
  const first = boxes[0];
  const here = first && placed.find(({ page }) => page.number === first.page);
  if (!first || !here) return Math.max(0, (columnWidth - viewport) / 2);
  const { x0, x1 } = turned(first, turn);
  const left = columnWidth / 2 + here.left + ((x0 + x1) / 2) * here.width;
  return Math.min(Math.max(0, left - viewport / 2), Math.max(0, columnWidth - viewport));
}

const BUCKETS = [200, 400, 600, 800, 1000, 1200, 1600, 2000, 2400, 3200];

/** Width in device pixels to ask for: few different ones, so that pictures are drawn once and found again. */
export function bucket(cssWidth: number, ratio: number): number {
  const wanted = cssWidth * ratio;
  return BUCKETS.find((width) => width >= wanted) ?? (BUCKETS.at(-1) as number);
}

/** A box as CSS fractions of its page, a hair wider than the words so that letters do not touch its edge. */
export function boxStyle({ x0, y0, x1, y1 }: Rect): {
  left: string;
  top: string;
  width: string;
  height: string;
} {
  const percent = (share: number) => `${(share * 100).toFixed(3)}%`;
  return { left: percent(x0), top: percent(y0), width: percent(x1 - x0), height: percent(y1 - y0) };
}

/** The page that somebody means who types `text`: its printed label first, else its number. */
export function pageMeant(pages: PageLayout[], text: string): number | null {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return null;
  const labelled = pages.find((page) => page.label?.toLowerCase() === wanted);
  if (labelled) return labelled.number;
  const number = /^\d+$/.test(wanted) ? Number(wanted) : NaN;
  return pages.some((page) => page.number === number) ? number : null;
}
