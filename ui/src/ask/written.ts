import type { Provenance } from "../backend/bindings";
import { parsed } from "./markdown/growing";
import { wordsOf } from "./markdown/nodes";

/**
 * How much of an answer a model wrote, in Markdown, as a length of the string; nothing of one whose origin is not known.
 * What stands behind it quotes documents and is shown as it is.
 */
export function writtenOf(text: string, provenance: Provenance | null): number {
  const characters = provenance?.written ?? 0;
  // The library counts characters, a string is measured in halves of some of them.
  return characters === 0 ? 0 : Array.from(text).slice(0, characters).join("").length;
}

/** What an answer says, to be spoken: without signs and markers. */
export function spoken(text: string, written: number): string {
  const words = wordsOf(parsed(text.slice(0, written))) + text.slice(written);
  return words
    .replace(/\s*\[\d+(?:\s*,\s*\d+)*\]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
