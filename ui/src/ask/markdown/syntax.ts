import { Lexer, Marked, Tokenizer, type MarkedExtension, type Token, type Tokens } from "marked";

/** A formula as it stands in Markdown. */
export interface FormulaToken extends Tokens.Generic {
  type: "formula";
  raw: string;
  tex: string;
  display: boolean;
}

/** So long may a formula between single dollars be, in characters: sums of money stand further apart. */
export const LONGEST_INLINE = 300;

const DISPLAY = /\$\$((?:\\[^]|[^\\$]|\$(?!\$))+?)\$\$|\\\[([^]+?)\\\]/;
const INLINE = new RegExp(
  String.raw`\\\(([^]+?)\\\)|\$(?![\s$])((?:\\.|[^\\$\n]){0,${LONGEST_INLINE}}?(?:\\\S|[^\s\\$]))\$(?!\d)`,
);
const BLANK_LINE = /\n[ \t]*\n/;

const ANY = new RegExp(`${DISPLAY.source}|${INLINE.source}`, "g");
const DISPLAY_HERE = new RegExp(`^(?:${DISPLAY.source})`);
const INLINE_HERE = new RegExp(`^(?:${INLINE.source})`);
const BLOCK_HERE = new RegExp(`^ {0,3}(?:${DISPLAY.source})`);

function formula(found: RegExpExecArray | null, display: boolean): FormulaToken | undefined {
  const tex = found?.[1] ?? found?.[2];
  if (!found || tex === undefined || !tex.trim() || BLANK_LINE.test(tex)) return undefined;
  return { type: "formula", raw: found[0], tex: tex.trim(), display };
}

/** Formulas: $…$ and \(…\) among words; $$…$$ and \[…\] on their own, also over several lines. */
const formulas: MarkedExtension = {
  extensions: [
    {
      name: "formula",
      level: "block",
      start: (source) => {
        const found = /\n {0,3}(?:\$\$|\\\[)/.exec(source);
        return found ? found.index + 1 : undefined;
      },
      tokenizer: (source) => formula(BLOCK_HERE.exec(source), true),
    },
    {
      name: "inline-formula",
      level: "inline",
      start: (source) => {
        const at = source.search(/\$|\\[([]/);
        return at < 0 ? undefined : at;
      },
      tokenizer: (source) =>
        formula(DISPLAY_HERE.exec(source), true) ?? formula(INLINE_HERE.exec(source), false),
    },
  ],
  // Emphasis neither begins nor ends within a formula.
  hooks: { emStrongMask: (source) => source.replace(ANY, (found) => "a".repeat(found.length)) },
};

/** A marker's inside, as in [1] or [1, 2]. */
export const MARKER_INSIDE = /^\d+(?:\s*,\s*\d+)*$/;

/** The rows of a table, each of which begins with a bar. */
const TABLE = /^ {0,3}\|[^\n]*\n {0,3}\|[ \t|:-]*-[ \t|:-]*(?:\n {0,3}\|[^\n]*)*(?:\n|$)/;

/**
 * The Markdown of answers. Left out is what would be read so by accident or would change what stands before it:
 * HTML, indented code, underlined headings, link definitions, bare addresses as links.
 */
class AnswerTokenizer extends Tokenizer {
  override code = () => undefined;
  override html = () => undefined;
  override tag = () => undefined;
  override def = () => undefined;
  override lheading = () => undefined;
  override url = () => undefined;

  override table(source: string): Tokens.Table | undefined {
    const rows = TABLE.exec(source);
    return rows ? super.table(rows[0]) : undefined;
  }

  override link(source: string): Tokens.Link | Tokens.Image | undefined {
    const found = super.link(source);
    return found?.type === "link" && MARKER_INSIDE.test(found.text) ? undefined : found;
  }
}

const options = { ...new Marked(formulas).defaults, gfm: true, tokenizer: new AnswerTokenizer() };

const { gfm } = Lexer.rules.inline;
/** Emphasis keeps out of links and program text; it need not keep out of HTML, which is not known here. */
const blockSkip = new RegExp(gfm.blockSkip.source.replace("|<(?! )[^<>]*?>", ""), "g");

/** The blocks of a text. Their `raw` together is the text. */
export function tokensOf(source: string): Token[] {
  const lexer = new Lexer(options);
  // The lexer has just given its tokenizer the rules of its own.
  const { tokenizer } = options;
  tokenizer.rules = { ...tokenizer.rules, inline: { ...gfm, blockSkip } };
  return lexer.lex(source);
}
