/** A run of words within a block. What a document or a model wrote is only ever in `text`, `tex`, `address`, `name` and
 * `hint`. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "source"; index: number }
  | { kind: "emphasis" | "strong" | "deleted"; children: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "formula"; tex: string; display: boolean }
  | { kind: "link"; address: string; children: Inline[] }
  /** A picture or sound by its name; `children` are the words that stand for it. */
  | { kind: "medium"; sort: "picture" | "sound"; name: string; children: Inline[] }
  /** Words of a card that are asked for, and the same words once they are shown. */
  | { kind: "gap"; hint: string }
  | { kind: "filled"; children: Inline[] };

export type Medium = Extract<Inline, { kind: "medium" }>;

export type Align = "left" | "center" | "right" | null;

/** A block of an answer that a model wrote. */
export type Block =
  | { kind: "paragraph"; children: Inline[] }
  | { kind: "heading"; level: number; children: Inline[] }
  | { kind: "list"; ordered: boolean; start: number; items: Block[][] }
  | { kind: "quote"; children: Block[] }
  | { kind: "code"; language: string; text: string; closed: boolean }
  | { kind: "formula"; tex: string }
  | { kind: "table"; align: Align[]; header: Inline[][]; rows: Inline[][][] }
  | { kind: "rule" };

/** A piece of a tree, in reading order: what it is, where a part of it begins and ends, and its words. */
type Step = { mark: string } | { words: string };

/**
 * Whether `after` shows all that `before` shows, in the same form, and perhaps more behind it. It is what makes a growing
 * answer calm: nothing on show changes or goes away.
 */
export function growsFrom(before: Block[], after: Block[]): boolean {
  const shown = before.flatMap(steps);
  // What is still open at the end may go on.
  while (shown.length > 0 && isClosing(shown.at(-1))) shown.pop();
  const now = after.flatMap(steps);
  return shown.every((step, at) => {
    const other = now[at];
    if (!other) return false;
    if ("mark" in step || "mark" in other)
      return "mark" in step && "mark" in other && step.mark === other.mark;
    return at === shown.length - 1 ? other.words.startsWith(step.words) : other.words === step.words;
  });
}

/** Everything that a reader sees of the blocks, in reading order; markers as [n]. */
export function wordsOf(blocks: Block[]): string {
  return blocks
    .flatMap(steps)
    .map((step) => ("words" in step ? step.words : step.mark === "/block" ? "\n" : ""))
    .join("");
}

const isClosing = (step: Step | undefined) =>
  step !== undefined && "mark" in step && step.mark.startsWith("/");

function steps(block: Block): Step[] {
  const of = (mark: string, inner: Step[]): Step[] => [{ mark }, ...inner, { mark: "/block" }];
  switch (block.kind) {
    case "paragraph":
      return of("paragraph", block.children.flatMap(inlineSteps));
    case "heading":
      return of(`heading ${block.level}`, block.children.flatMap(inlineSteps));
    case "list":
      return of(
        `list ${block.ordered} ${block.start}`,
        block.items.flatMap((item) => of("item", item.flatMap(steps))),
      );
    case "quote":
      return of("quote", block.children.flatMap(steps));
    case "code":
      return of(`code ${block.language}`, [{ words: block.text }]);
    case "formula":
      return of("formula", [{ words: block.tex }, { mark: "/formula" }]);
    case "table":
      return of(
        `table ${block.align.join(" ")}`,
        [block.header, ...block.rows].flatMap((row) =>
          of(
            "row",
            row.flatMap((cell) => of("cell", cell.flatMap(inlineSteps))),
          ),
        ),
      );
    case "rule":
      return of("rule", []);
  }
}

function inlineSteps(inline: Inline): Step[] {
  switch (inline.kind) {
    case "text":
      return [{ words: inline.text }];
    case "source":
      return [{ mark: `source ${inline.index}` }, { words: `[${inline.index}]` }, { mark: "/source" }];
    case "code":
      return [{ mark: "code" }, { words: inline.text }, { mark: "/code" }];
    case "formula":
      return [{ mark: `formula ${inline.display}` }, { words: inline.tex }, { mark: "/formula" }];
    case "link":
      return [
        { mark: `link ${inline.address}` },
        ...inline.children.flatMap(inlineSteps),
        { words: ` (${inline.address})` },
        { mark: "/link" },
      ];
    case "medium":
      return inline.children.flatMap(inlineSteps);
    case "gap":
      return [{ words: `[${inline.hint}]` }];
    default:
      return [{ mark: inline.kind }, ...inline.children.flatMap(inlineSteps), { mark: `/${inline.kind}` }];
  }
}
