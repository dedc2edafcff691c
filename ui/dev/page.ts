import type { PageWords } from "../src/backend/bindings";

/** A page of a textbook, drawn here, so that scenes need no documents. */
const WORDS =
  "memory is an information processing system therefore we often compare it to a computer the set of processes used to encode store and retrieve information over different periods of time encoding involves the input of information into the memory system storage is the retention of the encoded information retrieval or getting the information out of memory and back into awareness is the third function".split(
    " ",
  );

export const LINE = { first: 0.2, step: 0.0196, left: 0.12, right: 0.88 };

const WIDTH = 612;
const HEIGHT = 792;

interface Line {
  text: string;
  isHeading: boolean;
  /** As fractions of the page. */
  top: number;
  length: number;
}

/** What stands on a page, line by line. */
function linesOf(document: number, page: number): Line[] {
  const lines: Line[] = [];
  let word = page * 7 + document * 13;
  const heading = [
    "How memory functions",
    "Parts of the brain",
    "Problems with memory",
    "Ways to enhance memory",
  ];
  for (let line = 0; line < 36; line++) {
    const top = LINE.first + line * LINE.step;
    if (line % 12 === 10) continue;
    if (line % 12 === 11) {
      const text = heading[(page + line) % 4] ?? "";
      lines.push({ text, isHeading: true, top, length: text.length * 0.0115 });
      continue;
    }
    const short = line % 12 === 9;
    let text = "";
    while (text.length < (short ? 48 : 84)) text += `${WORDS[word++ % WORDS.length]} `;
    const length = (LINE.right - LINE.left) * (short ? 0.55 : 1);
    lines.push({ text: text.trim(), isHeading: false, top, length });
  }
  return lines;
}

/** The words of a drawn page with where they stand, as far as its letters are equally wide. */
export function wordsOf(document: number, page: number): PageWords {
  const lines = linesOf(document, page);
  const words: PageWords["words"] = [];
  const blocks: PageWords["blocks"] = [];
  let at = 0;
  for (const { text, isHeading, top, length } of lines) {
    const last = blocks.at(-1);
    if (last && !isHeading && last.kind === "paragraph") last.end = at + text.length;
    else if (isHeading) blocks.push({ kind: "heading", level: 2, start: at, end: at + text.length });
    else blocks.push({ kind: "paragraph", level: null, start: at, end: at + text.length });
    const share = length / text.length;
    let letter = 0;
    for (const word of text.split(" ")) {
      const x0 = LINE.left + letter * share;
      const place = [x0, top - 0.001, x0 + word.length * share, top + 0.0145] as const;
      words.push([at + letter, at + letter + word.length, ...place]);
      letter += word.length + 1;
    }
    at += text.length + 1;
  }
  return { text: lines.map(({ text }) => text).join(" "), words, blocks };
}

export function drawnPage(document: number, page: number): string {
  const [width, height] = [WIDTH, HEIGHT];
  const lines = linesOf(document, page).map(({ text, isHeading, top, length }) => {
    const y = top * height + 9;
    return isHeading
      ? `<text x="${LINE.left * width}" y="${y}" font-size="13" font-weight="600" fill="#20425f">${text}</text>`
      : `<text x="${LINE.left * width}" y="${y}" font-size="10.6" textLength="${length * width}" lengthAdjust="spacingAndGlyphs">${text}</text>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="Georgia, serif" fill="#222">
    <rect width="100%" height="100%" fill="#fff"/>
    <text x="${LINE.left * width}" y="44" font-size="8.5" fill="#777" font-family="sans-serif">8 • Memory</text>
    <text x="${LINE.right * width}" y="44" font-size="8.5" fill="#777" text-anchor="end" font-family="sans-serif">${page}</text>
    ${page % 3 === 1 ? `<rect x="${LINE.left * width}" y="70" width="${0.76 * width}" height="66" fill="#e8eef5"/><text x="${width / 2}" y="110" text-anchor="middle" font-size="22" fill="#20425f">Chapter ${page}</text>` : `<rect x="${LINE.left * width}" y="64" width="${0.76 * width}" height="80" fill="#f2ede4"/><circle cx="${width / 2}" cy="104" r="28" fill="#d9a86c"/><circle cx="${width / 2 + 60}" cy="104" r="20" fill="#8fb3c9"/>`}
    ${lines.join("")}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
