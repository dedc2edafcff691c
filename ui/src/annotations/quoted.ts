import { placeName } from "../app/words";
import type { Citation } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";

/** Words with where they come from, for the clipboard: “Water moves.” — Biology, p. 12 */
export function quoted({ quote, title, page, label, locator }: Citation): string {
  const words = quote.replace(/\s+/g, " ").trim();
  const source = [title, placeName(page, label, locator ?? null)].filter(Boolean).join(", ");
  return words ? t("annotations.quoted", { words, source }) : source;
}
