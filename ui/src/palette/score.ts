import type { TextRun } from "../backend/bindings";

/** How well words fit a text, above 0, and where they stand in it. */
export interface Fit {
  score: number;
  ranges: [start: number, end: number][];
}

/** What each way to fit is worth. */
const WHOLE_WORD = 1;
const BEGINNING = 0.9;
const INITIALS = 0.7;
const INSIDE = 0.55;
const BESIDE = 0.5;
const SKIPPING = 0.35;
/** Added when the text begins with the first word. */
const AT_FRONT = 0.1;

/** Letters that are left out say less the more they are; below this share of a word nothing is meant by it. */
const LEAST_SHARE = 0.4;

/**
 * A text as it is compared: in lower case and without accents, each unit where it was. So "É" is found by "e", and what
 * is found can be marked in the text itself.
 */
export function folded(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length && /^[\0-\x7f]*$/.test(lower)) return lower;
  return Array.from({ length: text.length }, (_, at) => foldedUnit(text.charAt(at))).join("");
}

const foldedUnit = (unit: string): string => unit.toLowerCase().normalize("NFD").charAt(0) || unit;

/** The words of a query, as they are compared. */
export const wordsOf = (query: string): string[] => folded(query).split(/\s+/).filter(Boolean);

/**
 * How well words fit a text, which is `folded`; null where one of them does not at all. A word may be the beginning of
 * one, initials and beginnings of several ("sumdoc" for "Summarise the document"), a part of one, or leave letters of one
 * out ("stngs"). Words of `beside` (folded as well) count by their beginnings and are marked nowhere.
 */
export function fit(words: string[], text: string, beside = ""): Fit | null {
  if (words.length === 0) return null;
  const fits: Fit[] = [];
  for (const word of words) {
    const found = fitOf(word, text) ?? (begins(word, beside) ? { score: BESIDE, ranges: [] } : null);
    if (!found) return null;
    fits.push(found);
  }
  const isAtFront = fits[0]?.ranges[0]?.[0] === 0;
  const score = fits.reduce((sum, one) => sum + one.score, 0) / fits.length + (isAtFront ? AT_FRONT : 0);
  return { score, ranges: joined(fits.flatMap(({ ranges }) => ranges)) };
}

function fitOf(word: string, text: string): Fit | null {
  const begun = beginning(word, text);
  if (begun >= 0) {
    const end = begun + word.length;
    return { score: isInWord(text, end) ? BEGINNING : WHOLE_WORD, ranges: [[begun, end]] };
  }
  if (word.length < 2) return null;
  const initials = inPieces(word, text);
  if (initials) return { score: INITIALS, ranges: initials };
  const inside = text.indexOf(word);
  if (inside >= 0) return { score: INSIDE, ranges: [[inside, inside + word.length]] };
  return skipping(word, text);
}

const isLetter = (unit: string): boolean => /[\p{L}\p{N}]/u.test(unit);
const isInWord = (text: string, at: number): boolean => at < text.length && isLetter(text.charAt(at));
const isStart = (text: string, at: number): boolean => at === 0 || !isLetter(text.charAt(at - 1));

const begins = (word: string, text: string): boolean => beginning(word, text) >= 0;

/** Where a word of the text begins with `word`; -1 where none does. */
function beginning(word: string, text: string): number {
  let at = text.indexOf(word);
  while (at >= 0 && !isStart(text, at)) at = text.indexOf(word, at + 1);
  return at;
}

/** The word as beginnings of several words of the text, one behind the other. */
function inPieces(word: string, text: string): [number, number][] | null {
  const failed = new Set<number>();
  const from = (letter: number, at: number): number[] | null => {
    if (letter === word.length) return [];
    const state = letter * (text.length + 1) + at;
    if (failed.has(state)) return null;
    // The next letter of the same word, or the beginning of a later one.
    for (let next = at; next < text.length; next++) {
      const isNext = next === at && letter > 0;
      if (text[next] !== word[letter] || !(isNext || isStart(text, next))) continue;
      const rest = from(letter + 1, next + 1);
      if (rest) return [next, ...rest];
    }
    failed.add(state);
    return null;
  };
  return from(0, 0)?.map((at): [number, number] => [at, at + 1]) ?? null;
}

/** The word with letters left out, within one word of the text that begins as it does. */
function skipping(word: string, text: string): Fit | null {
  if (word.length < 3) return null;
  for (let start = 0; start < text.length; start++) {
    if (!isStart(text, start) || text[start] !== word[0]) continue;
    let end = start;
    while (isInWord(text, end)) end += 1;
    const places: number[] = [];
    for (let at = start; at < end && places.length < word.length; at++)
      if (text[at] === word[places.length]) places.push(at);
    const share = word.length / (end - start);
    if (places.length === word.length && share >= LEAST_SHARE)
      return { score: SKIPPING * share, ranges: places.map((at): [number, number] => [at, at + 1]) };
  }
  return null;
}

/** Ranges in order, those that touch as one. */
function joined(ranges: [number, number][]): [number, number][] {
  const all: [number, number][] = [];
  for (const [start, end] of [...ranges].sort(([a], [b]) => a - b)) {
    const last = all.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else all.push([start, end]);
  }
  return all;
}

/** A text cut into what was looked for and what was not. */
export function runsOf(text: string, ranges: [number, number][]): TextRun[] {
  const runs: TextRun[] = [];
  let done = 0;
  for (const [start, end] of ranges) {
    if (start > done) runs.push({ text: text.slice(done, start), found: false });
    runs.push({ text: text.slice(start, end), found: true });
    done = end;
  }
  if (done < text.length) runs.push({ text: text.slice(done), found: false });
  return runs;
}

/** The best of many, the better first, alike ones in their order; each with what of its text was looked for. */
export function best<T>(
  all: readonly T[],
  words: string[],
  most: number,
  textsOf: (one: T) => { text: string; folded: string; beside?: string },
): { one: T; runs: TextRun[]; score: number }[] {
  const found: { one: T; text: string; fit: Fit }[] = [];
  for (const one of all) {
    const { text, folded, beside } = textsOf(one);
    const fits = fit(words, folded, beside);
    if (fits) found.push({ one, text, fit: fits });
  }
  return found
    .sort((a, b) => b.fit.score - a.fit.score)
    .slice(0, most)
    .map(({ one, text, fit }) => ({ one, runs: runsOf(text, fit.ranges), score: fit.score }));
}
