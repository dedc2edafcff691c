import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { glued } from "./glue";
import type { Piece } from "./markers";

const text = (words: string): Piece => ({ kind: "text", text: words });
const source = (index: number): Piece => ({ kind: "source", index });

describe("numbers of sources and what follows them", () => {
  it("puts a number together with the full stop behind it, and with nothing else", () => {
    expect(glued([text("It is kept"), source(1), text(". Then it is not")])).toEqual([
      text("It is kept"),
      { kind: "glued", numbers: [1], sign: "." },
      text(" Then it is not"),
    ]);
    expect(glued([source(1), text(" and so on")])).toEqual([
      { kind: "glued", numbers: [1], sign: "" },
      text(" and so on"),
    ]);
  });

  it("keeps numbers in a row together, up to the sign that ends it", () => {
    expect(glued([source(1), source(2), text(").”"), source(3)])).toEqual([
      { kind: "glued", numbers: [1, 2], sign: ").”" },
      { kind: "glued", numbers: [3], sign: "" },
    ]);
  });

  it("loses and adds nothing", () => {
    const word = fc.oneof(
      fc.string({ minLength: 1 }).map(text),
      fc.constantFrom(".", ",", " a", ".)").map(text),
      fc.nat(9).map(source),
    );
    const marker = (index: number) => `[${index}]`;
    const told = (piece: Piece) => (piece.kind === "text" ? piece.text : marker(piece.index));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const shown = glued(words).map((piece) =>
          piece.kind === "glued" ? piece.numbers.map(marker).join("") + piece.sign : told(piece),
        );
        expect(shown.join("")).toBe(words.map(told).join(""));
      }),
    );
  });
});
