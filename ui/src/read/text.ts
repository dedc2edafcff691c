import type { TextBlock } from "../backend/bindings";

/** A run of text, lit up or not. */
export interface Piece {
  text: string;
  lit: boolean;
}

/** A block as it is set: rows of cells of runs; all but a table have one cell a row. */
export interface Laid {
  kind: TextBlock["kind"];
  level: number | null;
  rows: Piece[][][];
}

/** Sets blocks, with the first place where `quote` stands lit up; it may go over several blocks. */
export function lay(blocks: TextBlock[], quote: string | null): Laid[] {
  const whole = blocks.map(({ text }) => text).join("\n");
  const from = quote ? whole.indexOf(quote) : -1;
  const to = from < 0 ? -1 : from + (quote ?? "").length;
  let at = 0;
  return blocks.map(({ kind, level, text }) => {
    const rows = text.split("\n").map((row) =>
      row.split("\t").map((cell) => {
        const start = at;
        at += cell.length + 1;
        return pieces(cell, from - start, to - start);
      }),
    );
    return { kind, level, rows };
  });
}

function pieces(text: string, from: number, to: number): Piece[] {
  const [first, last] = [Math.max(0, from), Math.min(text.length, to)];
  if (first >= last) return [{ text, lit: false }];
  return [
    { text: text.slice(0, first), lit: false },
    { text: text.slice(first, last), lit: true },
    { text: text.slice(last), lit: false },
  ].filter((piece) => piece.text.length > 0);
}
