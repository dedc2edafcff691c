import { describe, expect, it } from "vitest";

import { Growing, parsed } from "./growing";
import { wordsOf, type Block } from "./nodes";

/** The blocks in short: kinds, and words between them. */
const short = (blocks: Block[]): unknown[] =>
  JSON.parse(
    JSON.stringify(blocks, (_, value) =>
      value?.kind === "text" ? value.text : value?.kind === "source" ? value.index : value,
    ),
  ) as unknown[];
const paragraph = (...children: unknown[]) => ({ kind: "paragraph", children });

describe("an answer in Markdown", () => {
  it("has sources wherever words stand", () => {
    expect(
      short(parsed("# Ice [1]\n\n- **floats [2]**\n- sinks [1, 3]\n\n| a [1] |\n|---|\n| b [2] |")),
    ).toEqual([
      { kind: "heading", level: 1, children: ["Ice", 1] },
      {
        kind: "list",
        ordered: false,
        start: 1,
        items: [[paragraph({ kind: "strong", children: ["floats", 2] })], [paragraph("sinks", 1, 3)]],
      },
      { kind: "table", align: [null], header: [["a", 1]], rows: [[["b", 2]]] },
    ]);
  });

  it("has none in program text and formulas, and no emphasis either", () => {
    expect(short(parsed("`a[1] *b*` $x_{[1]} * y_1$ and \\(a * b * c\\) [1]"))).toEqual([
      paragraph(
        { kind: "code", text: "a[1] *b*" },
        " ",
        { kind: "formula", tex: "x_{[1]} * y_1", display: false },
        " and ",
        { kind: "formula", tex: "a * b * c", display: false },
        1,
      ),
    ]);
    expect(parsed("```py\nx[1] # *no*\n```")).toEqual([
      { kind: "code", language: "py", text: "x[1] # *no*", closed: true },
    ]);
  });

  it("keeps a formula of several lines whole, whatever its lines begin with", () => {
    const tex = "a\n+ b\n- c\n= d";
    expect(parsed(`It is\n$$\n${tex}\n$$`).at(-1)).toEqual({ kind: "formula", tex });
    expect(parsed(`\\[\n${tex}\n\\]`)).toEqual([{ kind: "formula", tex }]);
  });

  it("takes sums of money, comparisons and HTML as words", () => {
    const words = "From $5 to $10, x<5 and y>3, <b>not bold</b> <img src=x onerror=alert(1)>";
    expect(short(parsed(words))).toEqual([paragraph(words)]);
    expect(short(parsed("<div>\nwords *here*\n</div>"))).toEqual([
      paragraph("<div>\nwords ", { kind: "emphasis", children: ["here"] }, "\n</div>"),
    ]);
    expect(short(parsed("x<5 and *y* >3"))).toEqual([
      paragraph("x<5 and ", { kind: "emphasis", children: ["y"] }, " >3"),
    ]);
  });

  it("keeps the words that stand for a picture, and where a link leads", () => {
    expect(
      short(parsed("![A *leaf*](https://e.org/x.png) in [a book](https://e.org) [1](https://e.org)")),
    ).toEqual([
      paragraph(
        {
          kind: "medium",
          sort: "picture",
          name: "https://e.org/x.png",
          children: ["A ", { kind: "emphasis", children: ["leaf"] }],
        },
        " in ",
        { kind: "link", address: "https://e.org", children: ["a book"] },
        1,
        "(https://e.org)",
      ),
    ]);
  });

  it("does not let a line change the one above it", () => {
    expect(short(parsed("Words\n===\n\n[a]: https://e.org\n\n    indented [a]"))).toEqual([
      paragraph("Words\n==="),
      paragraph("[a]: https://e.org"),
      paragraph("indented [a]"),
    ]);
  });

  it("reads tasks, nested lists and quotes", () => {
    expect(short(parsed("- [x] done\n- [ ] open\n  1. first\n\n> said *so*\n> again"))).toEqual([
      {
        kind: "list",
        ordered: false,
        start: 1,
        items: [
          [paragraph("☑ done")],
          [paragraph("☐ open"), { kind: "list", ordered: true, start: 1, items: [[paragraph("first")]] }],
        ],
      },
      {
        kind: "quote",
        children: [paragraph("said ", { kind: "emphasis", children: ["so"] }, "\nagain")],
      },
    ]);
  });
});

describe("a growing answer", () => {
  const shown = (text: string) => short(new Growing().show(text, true));

  it.each([
    ["emphasis", "It **floa"],
    ["a link", "It [floats](https://e"],
    ["a marker", "It [1"],
    ["a formula", "It $\\frac{1}{2"],
    ["a formula on its own", "It\n$$\nx"],
    ["program text in a line", "It `let x"],
    ["the next block", "It\n-"],
    ["the number of an item", "It\n\n1."],
    ["the head of a table", "It\n\n| a | b |\n|--"],
    ["the language of a program", "It\n\n```pyth"],
    ["a picture", "It !["],
  ])("holds back %s", (_, text) => {
    expect(shown(text)).toEqual([paragraph("It")]);
  });

  it("shows a program while it is written, and a table row by row", () => {
    expect(shown("```py\nx = 1\ny")).toEqual([
      { kind: "code", language: "py", text: "x = 1\ny", closed: false },
    ]);
    expect(shown("```py\nx = 1\n``")).toEqual([
      { kind: "code", language: "py", text: "x = 1", closed: false },
    ]);
    expect(shown("| a |\n|---|\n| b |\n| c")).toEqual([
      { kind: "table", align: [null], header: [["a"]], rows: [[["b"]]] },
    ]);
  });

  it("shows a sign that turned out to mean nothing", () => {
    expect(wordsOf(new Growing().show("5*3 is [about $x.\n\nNext", true))).toBe("5*3 is [about $x.\nNext\n");
  });

  it("begins anew with another text", () => {
    const growing = new Growing();
    growing.show("One *two*.\n\nThree", true);
    expect(growing.show("Four", false)).toEqual(parsed("Four"));
  });
});
