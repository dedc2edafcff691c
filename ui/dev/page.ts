/** A page of a textbook, drawn here, so that scenes need no documents. */
const WORDS =
  "memory is an information processing system therefore we often compare it to a computer the set of processes used to encode store and retrieve information over different periods of time encoding involves the input of information into the memory system storage is the retention of the encoded information retrieval or getting the information out of memory and back into awareness is the third function".split(
    " ",
  );

export const LINE = { first: 0.2, step: 0.0196, left: 0.12, right: 0.88 };

export function drawnPage(document: number, page: number): string {
  const width = 612;
  const height = 792;
  const lines: string[] = [];
  let word = page * 7 + document * 13;
  const heading = [
    "How memory functions",
    "Parts of the brain",
    "Problems with memory",
    "Ways to enhance memory",
  ];
  for (let line = 0; line < 36; line++) {
    const y = (LINE.first + line * LINE.step) * height + 9;
    if (line % 12 === 10) continue;
    if (line % 12 === 11) {
      lines.push(
        `<text x="${LINE.left * width}" y="${y}" font-size="13" font-weight="600" fill="#20425f">${heading[(page + line) % 4]}</text>`,
      );
      continue;
    }
    const short = line % 12 === 9;
    let text = "";
    while (text.length < (short ? 48 : 84)) text += `${WORDS[word++ % WORDS.length]} `;
    const length = (LINE.right - LINE.left) * width * (short ? 0.55 : 1);
    lines.push(
      `<text x="${LINE.left * width}" y="${y}" font-size="10.6" textLength="${length}" lengthAdjust="spacingAndGlyphs">${text.trim()}</text>`,
    );
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="Georgia, serif" fill="#222">
    <rect width="100%" height="100%" fill="#fff"/>
    <text x="${LINE.left * width}" y="44" font-size="8.5" fill="#777" font-family="sans-serif">8 • Memory</text>
    <text x="${LINE.right * width}" y="44" font-size="8.5" fill="#777" text-anchor="end" font-family="sans-serif">${page}</text>
    ${page % 3 === 1 ? `<rect x="${LINE.left * width}" y="70" width="${0.76 * width}" height="66" fill="#e8eef5"/><text x="${width / 2}" y="110" text-anchor="middle" font-size="22" fill="#20425f">Chapter ${page}</text>` : `<rect x="${LINE.left * width}" y="64" width="${0.76 * width}" height="80" fill="#f2ede4"/><circle cx="${width / 2}" cy="104" r="28" fill="#d9a86c"/><circle cx="${width / 2 + 60}" cy="104" r="20" fill="#8fb3c9"/>`}
    ${lines.join("")}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
