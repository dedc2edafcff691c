import type { Citation } from "../backend/bindings";
import type { Place } from "./viewer.svelte";

/** Where the words of a citation are shown. */
export const placeOf = (citation: Citation): Place => ({
  document: citation.document,
  title: citation.title,
  page: citation.page ?? citation.locator?.part ?? 1,
  // The old edition's boxes lie on other words now.
  boxes: citation.changed ? [] : citation.boxes,
  quote: citation.changed ? null : citation.quote,
});
