import type { Progress } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";

/** How far the reading for a long summary has come, as it is shown. */
export function progressWords({ title, part, parts, request, requests }: Progress): string {
  const isPutTogether = request > requests;
  if (parts > 1) {
    if (isPutTogether) return t("ask.reading.joined.part", { part, parts, title });
    return requests > 1
      ? t("ask.reading.part.step", { part, parts, title, request, requests })
      : t("ask.reading.part", { part, parts, title });
  }
  return isPutTogether
    ? t("ask.reading.joined", { title })
    : t("ask.reading.step", { title, request, requests });
}

/** What a screen reader is told of a reading: where it begins, and then once for each quarter of the whole. */
export class Milestones {
  #quarter = -1;

  /** The words to be spoken, if there is something to say. */
  pass(progress: Progress): string | null {
    const { part, parts, request, requests } = progress;
    const read = (part - 1 + (request - 1) / Math.max(1, requests)) / parts;
    const quarter = Math.floor(4 * read);
    if (quarter <= this.#quarter) return null;
    this.#quarter = quarter;
    return t("ask.reading.spoken", { words: progressWords(progress) });
  }
}
