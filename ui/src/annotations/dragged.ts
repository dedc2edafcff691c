import type { Citation } from "../backend/bindings";
import { quoted, sourceOf } from "./quoted";

type Quoted = Pick<Citation, "quote" | "title" | "page" | "label" | "locator">;

/** Gives words with where they come from to what they are dragged into: as text, and as a quotation with its source. */
export function drag(transfer: DataTransfer, citation: Quoted): void {
  const quote = document.createElement("blockquote");
  quote.textContent = citation.quote.trim();
  const source = document.createElement("p");
  source.textContent = `— ${sourceOf(citation)}`;
  transfer.clearData();
  transfer.setData("text/plain", quoted(citation));
  // Made of elements, so that no word of a document is read as markup.
  transfer.setData("text/html", quote.outerHTML + source.outerHTML);
  transfer.effectAllowed = "copy";
}
