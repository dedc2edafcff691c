/** A run of an answer's text: words, or a marker like [2] that stands for a source. */
export type Piece = { kind: "text"; text: string; strong: boolean } | { kind: "source"; index: number };

/** A block of an answer. */
export interface Block {
  kind: "paragraph" | "bullet";
  pieces: Piece[];
}

/**
 * An answer's text as blocks of plain pieces. Text stays text: nothing in it becomes markup. Known are empty
 * lines, "- " at the start of a line, and markers [n]; a marker that is still being written is held back.
 */
export function blocks(answer: string, streaming = false): Block[] {
  const text = streaming ? answer.replace(/\s*\[[\d,\s]*$/, "") : answer;
  const found: Block[] = [];
  for (const part of text.split(/\n{2,}/)) {
    let lines: string[] = [];
    const paragraph = () => {
      if (lines.some((line) => line.trim()))
        found.push({ kind: "paragraph", pieces: pieces(lines.join("\n").trim()) });
      lines = [];
    };
    for (const line of part.split("\n")) {
      const bullet = /^\s*[-•*]\s+(.*)$/.exec(line);
      if (bullet) {
        paragraph();
        found.push({ kind: "bullet", pieces: pieces(bullet[1] ?? "") });
      } else {
        lines.push(line);
      }
    }
    paragraph();
  }
  return found;
}

function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(/\s*\[(\d+(?:\s*,\s*\d+)*)\]|\*\*([^*]+)\*\*/g)) {
    if (match.index > end) found.push({ kind: "text", text: text.slice(end, match.index), strong: false });
    if (match[2] !== undefined) {
      found.push({ kind: "text", text: match[2], strong: true });
    } else {
      for (const number of (match[1] ?? "").split(",")) found.push({ kind: "source", index: Number(number) });
    }
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ kind: "text", text: text.slice(end), strong: false });
  return found;
}
