/**
 * What of a growing text is held back: its end, as far as what comes next may still make something else of it. Held back
 * too much is only late; held back too little is caught by `growsFrom`.
 */
import type { Token } from "marked";

import { LONGEST_INLINE, MARKER_INSIDE } from "./syntax";

/** The marks of quotes and list items that a line may begin with. */
const CONTAINERS = /^(?:[ \t]*(?:>|[-*+•](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)*[ \t]*/;
const FENCE = /^(`{3,})([^`]*)$|^(~{3,})(.*)$/;
/** Nothing but signs that may begin some block, or a number that may become a list item's. */
const UNDECIDED = /^(?:[-*_=+>#~`|:$\\•[\] \t]*|\d{1,9}[.)]?)$/;

/** How much of a growing source can be read as blocks: what its last lines are to be is decided. */
export function decided(source: string): number {
  const last = source.lastIndexOf("\n") + 1;
  let fence: string | null = null;
  let rows = 0;
  let firstRow = 0;
  let at = 0;
  let formulaEnd = 0;
  for (const line of source.split("\n")) {
    const from = at;
    at += line.length + 1;
    if (from < formulaEnd) continue;
    const lead = CONTAINERS.exec(line)?.[0].length ?? 0;
    const rest = line.slice(lead);
    const [, ticks, info, tildes, about] = FENCE.exec(rest) ?? [];
    const mark = ticks ?? tildes ?? null;
    const isRow = fence === null && rest.startsWith("|");
    if (isRow && rows === 0) firstRow = from;
    if (line !== "" || from < last) rows = isRow ? rows + 1 : 0;
    if (fence !== null) {
      // Perhaps the end of the program text.
      if (from === last && /^[`~]+\s*$/.test(rest)) return last;
      if (mark?.startsWith(fence) && !(info ?? about)?.trim()) fence = null;
    } else if (mark !== null) {
      // The rest of the line names the language.
      if (from === last) return last;
      fence = mark;
    } else {
      const end = endOfFormula(source, from + lead);
      if (end === Infinity) return from;
      formulaEnd = end;
    }
  }
  if (rows > 0) {
    const whole = last === source.length ? rows : rows - 1;
    // The head of a table is one once the line below it is whole; a row is one once it is whole itself.
    return whole < 2 ? firstRow : last;
  }
  const line = source.slice(last);
  const isUndecided =
    fence === null && last >= formulaEnd && line !== "" && UNDECIDED.test(line.replace(CONTAINERS, ""));
  return isUndecided ? last : source.length;
}

/** Where the formula ends that a line begins with: 0 without one, infinitely far while it is not closed. */
function endOfFormula(source: string, at: number): number {
  const open = source.slice(at, at + 2);
  if (open !== "$$" && open !== "\\[") return 0;
  const behind = source.slice(at + 2);
  const end = behind.indexOf(open === "$$" ? "$$" : "\\]");
  const blank = behind.search(/\n[ \t]*\n/);
  if (end < 0) return blank < 0 ? Infinity : 0;
  return blank >= 0 && blank < end ? 0 : at + end + 4;
}

/** A place in the words of a block. */
interface Place {
  token: number;
  /** Where in the token's raw text, where it is a text. */
  at: number;
}

/** Where the first thing stands that is begun and not ended, and that more text may end. */
export function openAt(tokens: Token[]): Place | null {
  const all = tokens.map(({ raw }) => raw).join("");
  let end = 0;
  for (const [index, token] of tokens.entries()) {
    const from = end;
    end += token.raw.length;
    const place = { token: index, at: 0 };
    if (token.type === "text") {
      const at = openIn(all, from, end);
      if (at >= 0) return { token: index, at: at - from };
    } else if (token.type === "escape") {
      // A formula between \( and \) that is not closed yet reads as an escaped bracket.
      if (token.raw === "\\(" || token.raw === "\\[") return place;
    } else if (end === all.length && /[*_~`$]$/.test(token.raw)) {
      // One more of these would make something else of it.
      return place;
    } else if ("tokens" in token && token.tokens && openAt(token.tokens)) {
      return place;
    }
  }
  return null;
}

/** The same within a text, from one place in the block's words to another; -1 when everything in it is what it is. */
function openIn(all: string, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const char = all[at] ?? "";
    if (!"*_~`$<![\\".includes(char)) continue;
    let end = at + 1;
    // Brackets nest, so each is looked at.
    while (char !== "[" && all[end] === char) end++;
    if (isOpen(char, all, at, end)) return at;
    at = end - 1;
  }
  return -1;
}

const isSpace = (char: string) => char === "" || /\s/.test(char);
const isSign = (char: string) => /[\p{P}\p{S}]/u.test(char);

/** Whether the signs between `at` and `end` may still begin something. */
function isOpen(char: string, all: string, at: number, end: number): boolean {
  const [previous, next] = [all[at - 1] ?? "", all[end] ?? ""];
  switch (char) {
    case "*":
    case "_":
    case "~": {
      if (next === "") return true;
      if (isSpace(next)) return false;
      if (char === "_" && !isSpace(previous) && !isSign(previous)) return false;
      return !isSign(next) || isSpace(previous) || isSign(previous);
    }
    case "`":
      return true;
    case "$": {
      if (end - at > 1 || next === "") return true;
      const line = all.slice(end);
      return !isSpace(next) && line.length <= LONGEST_INLINE && !line.includes("\n");
    }
    case "<":
      return /^<(?:[A-Za-z][^\s<>]*)?$/.test(all.slice(at));
    case "!":
      return next === "" || (next === "[" && opensLink(all, end));
    case "\\":
      return next === "";
    default:
      return opensLink(all, at);
  }
}

/** Whether the bracket at `at` may still begin a link or become a marker. */
function opensLink(all: string, at: number): boolean {
  const close = closing(all, at, "[", "]");
  if (close < 0) return true;
  if (MARKER_INSIDE.test(all.slice(at + 1, close))) return false;
  const next = all[close + 1];
  return next === undefined || (next === "(" && closing(all, close + 1, "(", ")") < 0);
}

/** Where the bracket that opens at `from` is closed, or -1. */
function closing(text: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === open) depth++;
    else if (text[at] === close && --depth === 0) return at;
  }
  return -1;
}
