import type { Annotation, Colour } from "../backend/bindings";

/** What words can be marked with. Each has its own line below the words, so that none is told by its hue alone. */
export const COLOURS: readonly { colour: Colour; name: string }[] = [
  { colour: "yellow", name: "Yellow" },
  { colour: "green", name: "Green" },
  { colour: "blue", name: "Blue" },
  { colour: "pink", name: "Pink" },
];

/** What an annotation is called: "Yellow highlight", or "Note" where it is about a whole page. */
export const annotationName = ({ citation, colour }: Annotation): string =>
  citation.quote ? `${COLOURS.find((it) => it.colour === colour)?.name ?? ""} highlight` : "Note";

/** The same with its words, for who can't see where it stands. */
export function spokenName(annotation: Annotation): string {
  const words = annotation.citation.quote.replace(/\s+/g, " ").trim();
  const short = words.length > 120 ? `${words.slice(0, 120)}…` : words;
  const note = annotation.note ? `Your note: ${annotation.note.slice(0, 200)}` : "";
  return [annotationName(annotation) + (short ? `: ${short}` : ""), note].filter(Boolean).join(". ");
}
