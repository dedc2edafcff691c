import { parsed } from "../ask/markdown/growing";
import { wordsOf, type Block, type Inline } from "../ask/markdown/nodes";
import { t } from "../i18n/i18n.svelte";

/** The signs that the shell sets around gaps: an open one with its hint, and the words of one that is shown. */
const SIGN = { gap: "\ue000", gapEnd: "\ue001", filled: "\ue002", filledEnd: "\ue003" };
const ANY_SIGN = /[\ue000-\ue003]/g;
const PIECE = /\ue000([^\ue000-\ue003]*)\ue001|[\ue000-\ue003]|\[sound:([^\]\n]+)\]/g;
const IN_FORMULA = /\ue000([^\ue000-\ue003]*)\ue001|\ue002([^\ue000-\ue003]*)\ue003/g;

/** A side of a card as blocks: its Markdown, with gaps, filled gaps and sounds found in it. */
export function cardBlocks(text: string): Block[] {
  const marking = new Marking();
  return parsed(text).map((block) => marking.block(block));
}

/** The words of a side of a card in one line, as a list shows them and a screen reader says them. */
export const plainWords = (text: string): string => wordsOf(cardBlocks(text)).replace(/\s+/g, " ").trim();

/** Goes through a text in reading order; what a filled gap holds may be spread over several elements. */
class Marking {
  #filling = false;

  block(block: Block): Block {
    switch (block.kind) {
      case "paragraph":
      case "heading":
        return { ...block, children: this.#inlines(block.children) };
      case "list":
        return { ...block, items: block.items.map((item) => item.map((inner) => this.block(inner))) };
      case "quote":
        return { ...block, children: block.children.map((inner) => this.block(inner)) };
      case "table":
        return {
          ...block,
          header: block.header.map((cell) => this.#inlines(cell)),
          rows: block.rows.map((row) => row.map((cell) => this.#inlines(cell))),
        };
      case "formula":
        return { ...block, tex: inFormula(block.tex) };
      case "code":
        return { ...block, text: plain(block.text) };
      case "rule":
        return block;
    }
  }

  #inlines(inlines: Inline[]): Inline[] {
    return inlines.flatMap((inline) => this.#inline(inline));
  }

  #inline(inline: Inline): Inline[] {
    switch (inline.kind) {
      case "text":
        return this.#text(inline.text);
      case "formula":
        return this.#shown({ ...inline, tex: inFormula(inline.tex) });
      case "code":
        return this.#shown({ ...inline, text: plain(inline.text) });
      case "emphasis":
      case "strong":
      case "deleted":
      case "link":
        return [{ ...inline, children: this.#inlines(inline.children) }];
      default:
        return this.#shown(inline);
    }
  }

  #text(text: string): Inline[] {
    const found: Inline[] = [];
    let from = 0;
    const words = (to: number) => {
      if (to > from) found.push(...this.#shown({ kind: "text", text: text.slice(from, to) }));
    };
    for (const piece of text.matchAll(PIECE)) {
      const [whole, hint, sound] = piece;
      words(piece.index);
      from = piece.index + whole.length;
      if (hint !== undefined) found.push({ kind: "gap", hint });
      else if (sound !== undefined)
        found.push({
          kind: "medium",
          sort: "sound",
          name: sound,
          children: [{ kind: "text", text: t("cards.text.sound-name", { name: sound }) }],
        });
      // A sign without its other half opens or ends nothing else.
      else if (whole === SIGN.filled) this.#filling = true;
      else if (whole === SIGN.filledEnd) this.#filling = false;
    }
    words(text.length);
    return found;
  }

  #shown(inline: Inline): Inline[] {
    return this.#filling ? [{ kind: "filled", children: [inline] }] : [inline];
  }
}

/** Within program text nothing can be marked but by signs. */
const plain = (text: string): string =>
  text.replaceAll(SIGN.gap, "[").replaceAll(SIGN.gapEnd, "]").replace(ANY_SIGN, "");

/** A gap within a formula is a box, as is what fills it. */
const inFormula = (tex: string): string =>
  tex
    .replace(IN_FORMULA, (_, hint: string | undefined, words: string | undefined) => {
      if (words !== undefined) return `\\boxed{${words}}`;
      const letters = (hint ?? "").replace(/[^\p{L}\p{N} ?.,-]/gu, "").trim();
      return letters ? `\\boxed{\\text{${letters}}}` : "\\boxed{\\ldots}";
    })
    .replace(ANY_SIGN, "");
