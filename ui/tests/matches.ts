import type { DocumentMatches, PageMatch, PageWords, TextBlock } from "../src/backend/bindings";
import { Bytes } from "../src/read/bytes";
import { wholeOf } from "../src/read/text";
import { PageText } from "../src/read/words";

/** Finds words on pages as the shell does, but for accents and ligatures. */
export function matchesIn(
  words: Map<number, PageWords>,
  texts: Map<number, TextBlock[]>,
  query: string,
  limit: number,
): DocumentMatches {
  const asked = query.toLowerCase();
  const pages = [...new Set([...words.keys(), ...texts.keys()])].sort((a, b) => a - b);
  const all = pages.flatMap((page): PageMatch[] => {
    const shown = words.get(page);
    const text = shown?.text ?? wholeOf(texts.get(page) ?? []);
    const bytes = new Bytes(text);
    const laid = shown ? new PageText(shown) : null;
    const found: PageMatch[] = [];
    for (
      let at = text.toLowerCase().indexOf(asked);
      at >= 0;
      at = text.toLowerCase().indexOf(asked, at + 1)
    ) {
      const [start, end] = [bytes.byte(at), bytes.byte(at + asked.length)];
      const first = laid?.words.findIndex((word) => word.end > start) ?? -1;
      const last = laid?.words.findLastIndex((word) => word.start < end) ?? -1;
      found.push({
        page,
        label: null,
        locator: { kind: "paragraph", number: 1, label: null, paragraph: null, part: page },
        start,
        end,
        boxes: (laid?.boxes(first, last) ?? []).map((box) => ({ ...box, page })),
        excerpt: [
          { text: text.slice(Math.max(0, at - 40), at), found: false },
          { text: text.slice(at, at + asked.length), found: true },
          { text: text.slice(at + asked.length, at + asked.length + 40), found: false },
        ],
      });
    }
    return found;
  });
  return { matches: all.slice(0, limit), total: all.length };
}
