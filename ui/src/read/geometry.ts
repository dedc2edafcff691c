import type { PageBox, PageLayout, Rect } from "../backend/bindings";

/** Room between two pages, and above the first. */
export const GAP = 20;

/** Where a page lies in the scrolled column, in CSS pixels. */
export interface Placed {
  page: PageLayout;
  top: number;
  width: number;
  height: number;
}

export interface Column {
  placed: Placed[];
  height: number;
  width: number;
}

/** CSS pixels per point at which the widest page fills `width`. */
export function fitScale(pages: PageLayout[], width: number): number {
  const widest = pages.reduce((most, page) => Math.max(most, page.width), 1);
  return Math.max(0.1, width / widest);
}

/** All pages under each other at `scale` CSS pixels per point. */
export function column(pages: PageLayout[], scale: number): Column {
  let top = GAP;
  let widest = 0;
  const placed = pages.map((page) => {
    const width = Math.round(page.width * scale);
    const height = Math.round(page.height * scale);
    const here = { page, top, width, height };
    top += height + GAP;
    widest = Math.max(widest, width);
    return here;
  });
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

/** The pages to keep in the tree: what is seen, one before and one after, so that the next is there in time. */
export function window(placed: Placed[], scrollTop: number, viewport: number): Placed[] {
  if (placed.length === 0) return [];
  const first = Math.max(0, indexAt(placed, scrollTop) - 1);
  const last = Math.min(placed.length - 1, indexAt(placed, scrollTop + viewport) + 1);
  return placed.slice(first, last + 1);
}

/** The page that a person would say they are on: the one at a third of the view. */
export const pageInView = (placed: Placed[], scrollTop: number, viewport: number): number =>
  placed[indexAt(placed, scrollTop + viewport / 3)]?.page.number ?? 1;

/** Where to scroll so that the first box stands at a third of the view's height (the page's top without boxes). */
export function scrollFor(placed: Placed[], page: number, boxes: PageBox[], viewport: number): number | null {
  const first = boxes[0];
  const here = placed.find(({ page: other }) => other.number === (first?.page ?? page));
  if (!here) return null;
  if (!first) return Math.max(0, here.top - GAP);
  const middle = here.top + ((first.y0 + first.y1) / 2) * here.height;
  return Math.max(0, middle - viewport / 3);
}

/** The same across, for pages wider than the view: the middle of the first box, else of the pages, in the middle. */
export function scrollAcross(
  placed: Placed[],
  boxes: PageBox[],
  columnWidth: number,
  viewport: number,
): number {
  const first = boxes[0];
  const here = first && placed.find(({ page }) => page.number === first.page);
  if (!first || !here) return Math.max(0, (columnWidth - viewport) / 2);
  const left = (columnWidth - here.width) / 2 + ((first.x0 + first.x1) / 2) * here.width;
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
