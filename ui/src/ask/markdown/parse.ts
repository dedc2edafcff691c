import type { Token, Tokens } from "marked";

import { pieces } from "../markers";
import { openAt } from "./hold";
import type { Align, Block, Inline } from "./nodes";
import type { FormulaToken } from "./syntax";

/**
 * The parser's tokens as blocks to be shown. With `open` the last of them may still grow, and what is not finished at its
 * end is held back.
 */
export function blocksOf(tokens: Token[], open: boolean): Block[] {
  const last = tokens.findLastIndex(({ type }) => type !== "space");
  return tokens.flatMap((token, at) => blockOf(token, open && at === last));
}

function blockOf(token: Token, open: boolean): Block[] {
  switch (token.type) {
    case "paragraph":
    case "text":
      return filled({ kind: "paragraph", children: inlines(token, open) });
    case "heading":
      return filled({ kind: "heading", level: token.depth, children: inlines(token, open) });
    case "list":
      return listOf(token as Tokens.List, open);
    case "blockquote": {
      const children = blocksOf(token.tokens ?? [], open);
      return children.length > 0 ? [{ kind: "quote", children }] : [];
    }
    case "code":
      return [codeOf(token as Tokens.Code)];
    case "formula":
      return [{ kind: "formula", tex: (token as FormulaToken).tex }];
    case "table":
      return [tableOf(token as Tokens.Table)];
    case "hr":
      return [{ kind: "rule" }];
    default:
      return [];
  }
}

function filled(block: Block & { children: Inline[] }): Block[] {
  return block.children.length > 0 ? [block] : [];
}

function listOf(list: Tokens.List, open: boolean): Block[] {
  const items = list.items
    .map((item, at) => itemOf(item, open && at === list.items.length - 1))
    .filter((item) => item.length > 0);
  const start = typeof list.start === "number" ? list.start : 1;
  return items.length > 0 ? [{ kind: "list", ordered: list.ordered, start, items }] : [];
}

/** An item; the box of a task is a sign before its words. */
function itemOf(item: Tokens.ListItem, open: boolean): Block[] {
  const blocks = blocksOf(
    item.tokens.filter(({ type }) => type !== "checkbox"),
    open,
  );
  const first = blocks[0];
  if (item.task && !item.loose && first?.kind === "paragraph")
    blocks[0] = { ...first, children: joined([box(item.checked), ...first.children]) };
  return blocks;
}

const box = (checked = false): Inline => ({ kind: "text", text: checked ? "☑ " : "☐ " });

function codeOf({ raw, lang, text }: Tokens.Code): Block {
  const fence = /^\s*(`{3,}|~{3,})/.exec(raw)?.[1] ?? "```";
  const closed = new RegExp(`\\n[ \\t]*${fence[0] ?? "`"}{${fence.length},}[ \\t]*\\n*$`).test(raw);
  const language = /^[\w+#-]+/.exec(lang ?? "")?.[0].toLowerCase() ?? "";
  return { kind: "code", language, text: text.replace(/\s+$/, ""), closed };
}

function tableOf(table: Tokens.Table): Block {
  const cell = (of: Tokens.TableCell) => inlinesOf(of.tokens, false);
  return {
    kind: "table",
    align: table.align as Align[],
    header: table.header.map(cell),
    rows: table.rows.map((row) => row.map(cell)),
  };
}

function inlines(token: Token, open: boolean): Inline[] {
  const tokens = "tokens" in token ? (token.tokens ?? []) : [];
  return inlinesOf(tokens, open);
}

/** The words of a block; where it is open, up to what may still become something else. */
function inlinesOf(tokens: Token[], open: boolean): Inline[] {
  const whole = merged(tokens);
  const end = open ? openAt(whole) : null;
  const shown = end ? whole.slice(0, end.token) : whole;
  const found = shown.flatMap(inlineOf);
  const cut = end && whole[end.token];
  if (cut?.type === "text") found.push(...pieces(cut.raw.slice(0, end?.at)));
  return trimmed(found);
}

/** Text that the parser took in pieces is one text again, so that markers in it are found. */
function merged(tokens: Token[]): Token[] {
  const found: Token[] = [];
  for (const token of tokens) {
    const before = found.at(-1);
    if (token.type === "br" || token.type === "text") {
      const raw = token.type === "br" ? "\n" : token.raw;
      if (before?.type === "text") found[found.length - 1] = text(before.raw + raw);
      else found.push(text(raw));
    } else {
      found.push(token);
    }
  }
  return found;
}

const text = (raw: string): Tokens.Text => ({ type: "text", raw, text: raw, escaped: false });

function inlineOf(token: Token): Inline[] {
  switch (token.type) {
    case "text":
      return pieces(token.raw);
    case "escape":
      return [{ kind: "text", text: (token as Tokens.Escape).text }];
    case "em":
      return [{ kind: "emphasis", children: inlines(token, false) }];
    case "strong":
      return [{ kind: "strong", children: inlines(token, false) }];
    case "del":
      return [{ kind: "deleted", children: inlines(token, false) }];
    case "codespan":
      return [{ kind: "code", text: token.text }];
    case "inline-formula":
    case "formula": {
      const { tex, display } = token as FormulaToken;
      return [{ kind: "formula", tex, display }];
    }
    case "checkbox":
      return [box(token.checked)];
    case "link":
      return [{ kind: "link", address: token.href, children: inlines(token, false) }];
    case "image":
      return [{ kind: "medium", sort: "picture", name: token.href, children: inlines(token, false) }];
    default:
      return [{ kind: "text", text: token.raw }];
  }
}

/** Without white space at either end, which shows nothing and may still become part of something. */
function trimmed(inlines: Inline[]): Inline[] {
  const found = joined(inlines);
  const first = found[0];
  if (first?.kind === "text") found[0] = { kind: "text", text: first.text.trimStart() };
  const last = found.at(-1);
  if (last?.kind === "text") found[found.length - 1] = { kind: "text", text: last.text.trimEnd() };
  return found.filter((inline) => inline.kind !== "text" || inline.text !== "");
}

/** Neighbouring texts as one. */
function joined(inlines: Inline[]): Inline[] {
  const found: Inline[] = [];
  for (const inline of inlines) {
    const before = found.at(-1);
    if (inline.kind === "text" && before?.kind === "text")
      found[found.length - 1] = { kind: "text", text: before.text + inline.text };
    else found.push(inline);
  }
  return found;
}
