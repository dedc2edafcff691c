/** Words of a document or an answer on their way out of the window, with the place that proves them. */
import { placeName } from "../app/words";
import type { Citation } from "../backend/bindings";

/** Words, and where each of their sources stands. */
export interface Carried {
  words: string;
  places: { title: string; place: string }[];
}

const calm = (text: string) => text.replace(/\s+/g, " ").trim();

const placeIn = ({ title, page, label, locator }: Citation) => ({
  title: calm(title),
  place: placeName(page, label, locator),
});

/** The words that a source rests on. */
export const carriedOf = (citation: Citation): Carried => ({
  words: calm(citation.quote),
  places: [placeIn(citation)],
});

/** Words of an answer with those of its sources whose markers are among them, or else the next one behind them. */
export function carriedFrom(answer: HTMLElement, selected: Range, citations: Citation[]): Carried | null {
  const chips = [...answer.querySelectorAll<HTMLElement>("[data-index]")];
  const within = chips.filter((chip) => selected.intersectsNode(chip));
  const next = chips.find((chip) => selected.comparePoint(chip, 0) > 0);
  const meant = within.length > 0 ? within : next ? [next] : [];
  const numbers = [...new Set(meant.map((chip) => Number(chip.dataset.index)))];
  const words = calm(wordsIn(selected));
  if (words === "") return null;
  const cited = numbers.map((number) => citations[number - 1]).filter((found) => found !== undefined);
  return { words, places: cited.map(placeIn) };
}

/** What is read of a selection: without numbers of sources, and without what is there for screen readers alone. */
function wordsIn(selected: Range): string {
  const copy = selected.cloneContents();
  copy.querySelectorAll("[data-index], .visually-hidden").forEach((element) => element.remove());
  return copy.textContent ?? "";
}

const named = ({ title, place }: Carried["places"][number]) => [title, place].filter(Boolean).join(", ");

/** “Ice floats.” (Physics, p. 4; Chemistry, p. 9) */
export function plainOf({ words, places }: Carried): string {
  return places.length > 0 ? `“${words}” (${places.map(named).join("; ")})` : `“${words}”`;
}

/** The same for programs that know quotations. What stands in documents stays text. */
export function markupOf({ words, places }: Carried): string {
  const cites = places.map(({ title, place }) =>
    [`<cite>${escaped(title)}</cite>`, escaped(place)].filter(Boolean).join(", "),
  );
  const quote = `<blockquote><p>${escaped(words)}</p></blockquote>`;
  return cites.length > 0 ? `${quote}<p>— ${cites.join("; ")}</p>` : quote;
}

const SIGNS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);

/** Gives a drag these words. */
export function carry(event: DragEvent, carried: Carried): void {
  event.stopPropagation();
  const { dataTransfer } = event;
  if (!dataTransfer) return;
  dataTransfer.effectAllowed = "copy";
  dataTransfer.setData("text/plain", plainOf(carried));
  dataTransfer.setData("text/html", markupOf(carried));
}
