import type { PageWords, Rect, Selection } from "../backend/bindings";
import { Bytes } from "./bytes";

/** A word with its bytes in the page's text and its box, as fractions of the page. */
interface Word extends Rect {
  start: number;
  end: number;
}

/** A part of a page's text with the box over its words. */
export interface Block {
  text: string;
  heading: number | null;
  box: Rect;
  /** Its first word and its last. */
  first: number;
  last: number;
}

/** How much more a line's distance counts than one along it. */
const ACROSS = 4;
/** Words of a line stand no farther from each other's height. */
const HAIR = 0.002;

/** The words of a page, to be selected by where they stand. */
export class PageText {
  readonly words: Word[];
  readonly blocks: Block[];
  #text: string;
  #bytes: Bytes;

  constructor({ text, words, blocks }: PageWords) {
    this.#text = text;
    this.#bytes = new Bytes(text);
    this.words = words.map(([start, end, x0, y0, x1, y1]) => ({ start, end, x0, y0, x1, y1 }));
    this.blocks = blocks.flatMap(({ kind, level, start, end }) => {
      const first = this.words.findIndex((word) => word.end > start);
      const last = this.words.findLastIndex((word) => word.start < end);
      const own = first < 0 ? [] : this.words.slice(first, last + 1);
      const box = own.map((word): Rect => word).reduce<Rect | null>((all, word) => union(all, word), null);
      const heading = kind === "heading" ? (level ?? 1) : null;
      return box ? [{ text: this.#cut(start, end), heading, box, first, last }] : [];
    });
  }

  /** The first and the last word of the part of the text that a word stands in. */
  paragraph(word: number): [number, number] {
    const own = this.blocks.find(({ first, last }) => first <= word && word <= last);
    return own ? [own.first, own.last] : [word, word];
  }

  #cut(start: number, end: number): string {
    return this.#text.slice(this.#bytes.unit(start), this.#bytes.unit(end));
  }

  /**
   * The word at a place on the page, or the nearest to it. Beside a line it is one of that line's own column: what stands
   * across the gap is as near only by chance.
   */
  at(x: number, y: number): number | null {
    const across = this.blocks.filter(({ box }) => box.y0 <= y && y <= box.y1);
    const column = least(across, ({ box }) => away(x, box.x0, box.x1));
    if (!column) return this.#nearest(x, y, () => true);
    const own = this.words.slice(column.first, column.last + 1);
    const line = Math.min(...own.map(({ y0, y1 }) => away(y, y0, y1)));
    const beside = least(
      own.filter(({ y0, y1 }) => away(y, y0, y1) <= line + HAIR),
      ({ x0, x1 }) => away(x, x0, x1),
    );
    return beside ? this.words.indexOf(beside) : null;
  }

  /** The word in the line above or below another one. */
  beside(index: number, step: 1 | -1): number {
    const from = this.words[index];
    if (!from) return index;
    const middle = (from.y0 + from.y1) / 2;
    const isThere = (word: Word) => (step > 0 ? word.y0 > middle : word.y1 < middle);
    return this.#nearest((from.x0 + from.x1) / 2, step > 0 ? from.y1 : from.y0, isThere) ?? index;
  }

  #nearest(x: number, y: number, may: (word: Word) => boolean): number | null {
    let nearest: number | null = null;
    let least = Infinity;
    for (const [index, word] of this.words.entries()) {
      if (!may(word)) continue;
      const distance = away(x, word.x0, word.x1) + ACROSS * away(y, word.y0, word.y1);
      if (distance < least) [nearest, least] = [index, distance];
    }
    return nearest;
  }

  /** The words from one to another, in either direction, as they are asked for. */
  selection(one: number, other: number): Pick<Selection, "start" | "end" | "quote"> {
    const start = this.words[Math.min(one, other)]?.start ?? 0;
    const end = this.words[Math.max(one, other)]?.end ?? 0;
    return { start, end, quote: this.#cut(start, end) };
  }

  /** A box for each line of them. */
  boxes(one: number, other: number): Rect[] {
    const lines: Rect[] = [];
    for (const word of this.words.slice(Math.min(one, other), Math.max(one, other) + 1)) {
      const line = lines.at(-1);
      const { x0, y0, x1, y1 } = word;
      if (line && isOnLine(line, word)) lines[lines.length - 1] = union(line, word);
      else lines.push({ x0, y0, x1, y1 });
    }
    return lines;
  }
}

const away = (at: number, from: number, to: number) => Math.max(from - at, 0, at - to);

function least<Item>(items: Item[], measure: (item: Item) => number): Item | null {
  return items.reduce<Item | null>(
    (found, item) => (found === null || measure(item) < measure(found) ? item : found),
    null,
  );
}

const union = (all: Rect | null, one: Rect): Rect => ({
  x0: Math.min(all?.x0 ?? 1, one.x0),
  y0: Math.min(all?.y0 ?? 1, one.y0),
  x1: Math.max(all?.x1 ?? 0, one.x1),
  y1: Math.max(all?.y1 ?? 0, one.y1),
});

/** As the library parts lines: neighbours overlap by half their height, and the second doesn't begin anew at the left. */
function isOnLine(line: Rect, next: Rect): boolean {
  const overlap = Math.min(line.y1, next.y1) - Math.max(line.y0, next.y0);
  const height = Math.min(line.y1 - line.y0, next.y1 - next.y0);
  return overlap > 0.5 * height && line.x0 - next.x1 < 1.5 * height;
}
