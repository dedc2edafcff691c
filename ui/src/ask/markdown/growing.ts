import type { Token } from "marked";

import { decided } from "./hold";
import { growsFrom, type Block } from "./nodes";
import { blocksOf } from "./parse";
import { tokensOf } from "./syntax";

const isWritten = ({ type }: Token) => type !== "space";

/** The blocks of a whole text in Markdown. */
export function parsed(text: string): Block[] {
  return blocksOf(tokensOf(normal(text)), false);
}

/**
 * A text in Markdown that grows at its end. What it has shown stays as it was shown, and only its last block is read
 * again when more comes.
 */
export class Growing {
  /** Characters that were read so far, over and over ones included. */
  read = 0;
  #text = "";
  /** The blocks that nothing changes any more, and where in the text they end. */
  #settled: Block[] = [];
  #end = 0;
  /** What is shown of the rest. */
  #rest: Block[] = [];

  /** The blocks to be shown of `text`; with `open` more of it is to come. */
  show(text: string, open: boolean): Block[] {
    const whole = normal(text);
    if (!whole.startsWith(this.#text)) this.#begin();
    this.#text = whole;
    const source = whole.slice(this.#end);
    const ready = open ? source.slice(0, decided(source)) : source;
    const tokens = tokensOf(ready);
    this.read += ready.length;
    const lastAt = Math.max(0, tokens.findLastIndex(isWritten));
    const [settled, last] = [tokens.slice(0, lastAt), tokens.slice(lastAt)];
    // An empty line ends whatever was open.
    const isOpen = open && !/\n[ \t]*\n[ \t]*$/.test(ready);
    const before = blocksOf(settled, false);
    const rest = blocksOf(last, isOpen);
    // A text that turns out to be something else is shown once it is whole.
    if (open && !growsFrom(this.#rest, [...before, ...rest])) return [...this.#settled, ...this.#rest];
    this.#settled = [...this.#settled, ...before];
    this.#end += settled.reduce((length, { raw }) => length + raw.length, 0);
    this.#rest = rest;
    return [...this.#settled, ...this.#rest];
  }

  #begin(): void {
    this.#settled = [];
    this.#rest = [];
    this.#end = 0;
  }
}

function normal(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}
