import { placeName } from "../app/words";
import type { Citation } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";

type Source = Pick<Citation, "title" | "page" | "label" | "locator">;

/** Where words come from: "Biology, p. 12". */
export const sourceOf = ({ title, page, label, locator }: Source): string =>
  [title, placeName(page, label, locator ?? null)].filter(Boolean).join(", ");

/** Words with where they come from, for the clipboard: “Water moves.” — Biology, p. 12 */
export function quoted(citation: Source & Pick<Citation, "quote">): string {
  const words = citation.quote.replace(/\s+/g, " ").trim();
  const source = sourceOf(citation);
  return words ? t("annotations.quoted", { words, source }) : source;
}
