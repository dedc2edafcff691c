import { describe, expect, it } from "vitest";

import { lay } from "./text";

const paragraph = (text: string) => ({ kind: "paragraph" as const, level: null, text });
const lit = (laid: ReturnType<typeof lay>) =>
  laid.map(({ rows }) =>
    rows
      .flat(2)
      .filter((piece) => piece.lit)
      .map(({ text }) => text),
  );

describe("typeset text", () => {
  it("lights up the quote and keeps every letter", () => {
    const laid = lay([paragraph("Water moves. Salt stays."), paragraph("It rests.")], "Salt stays.");
    expect(lit(laid)).toEqual([["Salt stays."], []]);
    expect(laid[0]?.rows.flat(2).map(({ text }) => text)).toEqual(["Water moves. ", "Salt stays."]);
  });

  it("lights up a quote that goes over blocks and cells", () => {
    const table = { kind: "table" as const, level: 1, text: "Year\tWho\n1885\tEbbinghaus" };
    expect(lit(lay([paragraph("He wrote:"), table], "wrote:\nYear\tWho\n1885"))).toEqual([
      ["wrote:"],
      ["Year", "Who", "1885"],
    ]);
  });

  it("lights up nothing where the quote does not stand", () => {
    expect(lit(lay([paragraph("Water moves.")], "Salt"))).toEqual([[]]);
    expect(lit(lay([paragraph("Water moves.")], null))).toEqual([[]]);
  });
});
