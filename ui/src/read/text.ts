import type { Annotation, PageMatch, TextBlock } from "../backend/bindings";
import { Bytes } from "./bytes";

/** A run of text, lit up or not, marked or not. */
export interface Piece {
  text: string;
  lit: boolean;
  /** Where it begins in the text of the page. */
  at: number;
  /** What it is marked by, and whether the mark begins with it. */
  mark: Annotation | null;
  first: boolean;
  /** The match of a search that it is part of. */
  match: PageMatch | null;
}

/** A block as it is set: rows of cells of runs; all but a table have one cell a row. */
export interface Laid {
  kind: TextBlock["kind"];
  level: number | null;
  rows: Piece[][][];
}

/** A part of the text of a page, as a string is cut. */
interface Span {
  from: number;
  to: number;
}

/** The text of a page, whose parts selections and highlights count. */
export const wholeOf = (blocks: TextBlock[]): string => blocks.map(({ text }) => text).join("\n");

/**
 * Sets blocks, with the first place where `quote` stands lit up, which may go over several blocks, with what is marked and
 * with what was found. Where marks lie over each other, the one that begins last is seen.
 */
export function lay(
  blocks: TextBlock[],
  quote: string | null,
  marked: Annotation[] = [],
  matches: PageMatch[] = [],
): Laid[] {
  const whole = wholeOf(blocks);
  const from = quote ? whole.indexOf(quote) : -1;
  const lit: Span = from < 0 ? { from: -1, to: -1 } : { from, to: from + (quote ?? "").length };
  const bytes = new Bytes(whole);
  const marks = marked.flatMap((mark) => {
    const words = mark.citation.quote;
    const counted = bytes.unit(mark.start);
    const start = whole.startsWith(words, counted) ? counted : whole.indexOf(words);
    return words && start >= 0 ? [{ from: start, to: start + words.length, mark }] : [];
  });
  const found = matches.map((match) => ({ from: bytes.unit(match.start), to: bytes.unit(match.end), match }));
  const begun = new Set<Annotation>();
  let at = 0;
  return blocks.map(({ kind, level, text }) => {
    const rows = text.split("\n").map((row) =>
      row.split("\t").map((cell) => {
        const start = at;
        at += cell.length + 1;
        return pieces(cell, start, { lit, marks, found, begun });
      }),
    );
    return { kind, level, rows };
  });
}

/** What lies over the text of a page. */
interface Over {
  lit: Span;
  marks: (Span & { mark: Annotation })[];
  found: (Span & { match: PageMatch })[];
  /** The marks whose first words are set already. */
  begun: Set<Annotation>;
}

function pieces(text: string, start: number, { lit, marks, found, begun }: Over): Piece[] {
  const end = start + text.length;
  const inside = (place: number) => place > start && place < end;
  const cuts = [lit, ...marks, ...found].flatMap(({ from, to }) => [from, to]).filter(inside);
  const places = [...new Set([start, ...cuts, end])].sort((a, b) => a - b);
  const all = places.slice(0, -1).map((from, index) => {
    const to = places[index + 1] ?? end;
    const covers = (span: Span) => span.from <= from && to <= span.to;
    const mark = marks.filter(covers).at(-1)?.mark ?? null;
    const first = mark !== null && !begun.has(mark);
    if (mark) begun.add(mark);
    const match = found.find(covers)?.match ?? null;
    return { text: text.slice(from - start, to - start), lit: covers(lit), at: from, mark, first, match };
  });
  return all.length > 0 ? all : [{ text, lit: false, at: start, mark: null, first: false, match: null }];
}
