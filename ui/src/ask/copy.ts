import { placeName } from "../app/words";
import type { Exchange } from "./exchange.svelte";

/** An answer as text for the clipboard, with its sources below. */
export function copyOf({ text, citations }: Pick<Exchange, "text" | "citations">): string {
  const sources = citations.map(({ title, page, label, locator, quote }, index) => {
    const place = placeName(page, label, locator);
    return `[${index + 1}] ${[title, place].filter(Boolean).join(", ")}: “${quote.replace(/\s+/g, " ").trim()}”`;
  });
  return sources.length > 0 ? `${text}\n\n${sources.join("\n")}` : text;
}
