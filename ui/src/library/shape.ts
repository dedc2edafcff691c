/** How the covers of a shelf lie, in CSS pixels. */
export interface Shape {
  columns: number;
  coverWidth: number;
  coverHeight: number;
  /** From one row to the next. */
  row: number;
}

/**
 * The shelf's padding at both sides, and what lies between two tiles. With a tile's own padding the covers stand on the
 * line of the title above them.
 */
const SIDES = 24;
const GAP = 12;
/** A tile's padding at both sides, and its height without the cover. */
const INSET = 24;
const WORDS = 108;

/** The shape of a shelf of some width. */
export function shapeOf(width: number): Shape {
  const room = Math.max(200, width - SIDES);
  const narrowest = room < 460 ? 124 : room < 1000 ? 150 : 188;
  const columns = Math.max(1, Math.floor((room + GAP) / (narrowest + GAP)));
  const coverWidth = Math.min(208, Math.floor((room + GAP) / columns - GAP - INSET));
  const coverHeight = Math.round(coverWidth * 1.3);
  return { columns, coverWidth, coverHeight, row: coverHeight + WORDS + GAP };
}

/**
 * How much of the table fits: 0 the title alone, 1 the state as well, 2 pages and when it was added, 3 all. Titles and
 * states have to be readable first.
 */
export type Room = 0 | 1 | 2 | 3;

export function roomOf(width: number): Room {
  if (width >= 820) return 3;
  if (width >= 700) return 2;
  return width >= 420 ? 1 : 0;
}

/** The widths of check, title, tags, pages, state, added, opened and deeds, as far as there is room for them. */
export const columnsOf = (room: Room): string =>
  [
    "24px minmax(0, 2.6fr)",
    room >= 3 ? "minmax(0, 1.2fr)" : "",
    room >= 2 ? "60px" : "",
    room >= 1 ? "minmax(0, 1.6fr)" : "",
    room >= 2 ? "96px" : "",
    room >= 3 ? "104px" : "",
    "32px",
  ].join(" ");
