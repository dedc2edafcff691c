import type { Provenance } from "../backend/bindings";
import { parsed } from "./markdown/growing";
import { wordsOf } from "./markdown/nodes";

/**
 * How much of an answer a model wrote, in Markdown, as a length of the string; nothing of one whose origin is not known.
 * What stands behind it quotes documents and is shown as it is.
 */
export function writtenOf(text: string, provenance: Provenance | null): number {
  let left = provenance?.written ?? 0;
  let length = 0;
  // The library counts characters, a string is measured in halves of some of them.
  for (; left > 0 && length < text.length; left--) length += (text.codePointAt(length) ?? 0) > 0xffff ? 2 : 1;
  return length;
}

const MARKER = /\s*\[\d+(?:\s*,\s*\d+)*\]/g;

/** An answer without the numbers of its sources; as a card has it, of which only the whole is read as Markdown. */
export function withoutMarkers(text: string, written: number): string {
  const quoted = text.slice(written).replace(/[\\`*_$[\]<>#|~]/g, "\\$&");
  return (text.slice(0, written).replace(MARKER, "") + quoted.replace(ESCAPED_MARKER, "")).trim();
}

/** The same marker behind the signs that keep it from being read as Markdown. */
const ESCAPED_MARKER = /\s*\\\[\d+(?:\s*,\s*\d+)*\\\]/g;

/** What an answer says, to be spoken: without signs and markers. */
export function spoken(text: string, written: number): string {
  const words = wordsOf(parsed(text.slice(0, written))) + text.slice(written);
  return words.replace(MARKER, "").replace(/\s+/g, " ").trim();
}
