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
