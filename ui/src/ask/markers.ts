/** A run of an answer's text: words, or a marker like [2] that stands for a source. */
export type Piece = { kind: "text"; text: string } | { kind: "source"; index: number };

/** A block of an answer. */
export interface Block {
  kind: "paragraph" | "bullet" | "heading";
  pieces: Piece[];
}

/** The end of a text that may still become a marker, a bullet, a heading. */
const UNFINISHED = /\s*(?:\[[\d,\s]*|\n\s*(?:[-•]|#{1,2})?\s*)$/;

/**
 * An answer's text as blocks of plain pieces. Text stays text: nothing in it becomes markup. Known are empty
 * lines, "- " at the start of a line and markers [n]. What is still being written is held back, so
 * that a growing answer never takes back what it has shown. A study guide has headings as well, behind "## ".
 */
export function blocks(answer: string, streaming = false, headings = false): Block[] {
  const text = streaming ? answer.replace(UNFINISHED, "") : answer;
  const found: Block[] = [];
  for (const part of text.split(/\n{2,}/)) {
    let lines: string[] = [];
    const paragraph = () => {
      if (lines.some((line) => line.trim()))
        found.push({ kind: "paragraph", pieces: pieces(lines.join("\n").trim()) });
      lines = [];
    };
    for (const line of part.split("\n")) {
      const bullet = /^\s*[-•]\s+(.*)$/.exec(line);
      const heading = headings ? /^## (.+)$/.exec(line) : null;
      if (heading) {
        paragraph();
        found.push({ kind: "heading", pieces: pieces((heading[1] ?? "").trim()) });
      } else if (bullet) {
        paragraph();
        found.push({ kind: "bullet", pieces: pieces((bullet[1] ?? "").trimEnd()) });
      } else {
        lines.push(line);
      }
    }
    paragraph();
  }
  return found;
}

/** The same for an answer that grows at its end: only what follows its last empty line is read again. */
export class GrowingBlocks {
  #settled: Block[] = [];
  #text = "";

  show(answer: string, streaming: boolean, headings: boolean): Block[] {
    if (!answer.startsWith(this.#text)) {
      this.#settled = [];
      this.#text = "";
    }
    const text = streaming ? answer.replace(UNFINISHED, "") : answer;
    const end = text.lastIndexOf("\n\n") + 2;
    if (end > Math.max(2, this.#text.length)) {
      const more = blocks(text.slice(this.#text.length, end), false, headings);
      this.#settled = [...this.#settled, ...more];
      this.#text = text.slice(0, end);
    }
    return [...this.#settled, ...blocks(text.slice(this.#text.length), false, headings)];
  }
}

/** Words and the markers among them. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(/\s*\[(\d+(?:\s*,\s*\d+)*)\]/g)) {
    if (match.index > end) found.push({ kind: "text", text: text.slice(end, match.index) });
    for (const number of (match[1] ?? "").split(",")) found.push({ kind: "source", index: Number(number) });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ kind: "text", text: text.slice(end) });
  return found;
}
