import type { Progress } from "../backend/bindings";

/** How far the reading for a long summary has come, as it is shown. */
export function progressWords({ title, part, parts, request, requests }: Progress): string {
  const isPutTogether = request > requests;
  if (parts > 1) {
    const which = `part ${part} of ${parts}: ${title}`;
    if (isPutTogether) return `Putting together ${which}`;
    return `Reading ${which}${requests > 1 ? ` (${request} of ${requests})` : ""}`;
  }
  return isPutTogether
    ? `Putting together what was read of ${title}`
    : `Reading part ${request} of ${requests} of ${title}`;
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
    return `${progressWords(progress)}.`;
  }
}
