type Source = { kind: "source"; index: number };
type Text = { kind: "text"; text: string };

/** Numbers of sources that stand one behind another, with the signs that close the sentence behind them. */
export interface Glued {
  kind: "glued";
  numbers: number[];
  sign: string;
}

type Shown<T> = Exclude<T, Source> | Text | Glued;

/** Signs that no line begins with. */
const SIGNS = /^[.,;:!?…)\]}’”»]+/;

/**
 * A line breaks before and behind a number, as it does around any picture, so that a full stop could begin the next
 * one: numbers are put together with the signs behind them, to be shown on one line.
 */
export function glued<T extends { kind: string }>(words: T[]): Shown<T>[] {
  const found: Shown<T>[] = [];
  /** Numbers that the next word may still belong to. */
  let open: Glued | null = null;
  for (const word of words) {
    if (isSource(word)) {
      if (!open) found.push((open = { kind: "glued", numbers: [], sign: "" }));
      open.numbers.push(word.index);
      continue;
    }
    if (open && isText(word)) {
      open.sign = SIGNS.exec(word.text)?.[0] ?? "";
      const text = word.text.slice(open.sign.length);
      if (text !== "") found.push({ kind: "text", text });
    } else {
      found.push(word as Exclude<T, Source>);
    }
    open = null;
  }
  return found;
}

const isSource = (word: { kind: string }): word is Source => word.kind === "source";
const isText = (word: { kind: string }): word is Text => word.kind === "text";
