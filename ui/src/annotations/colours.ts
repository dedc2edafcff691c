import type { Annotation, Colour } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";

/** What words can be marked with. Each has its own line below the words, so that none is told by its hue alone. */
export const COLOURS: readonly Colour[] = ["yellow", "green", "blue", "pink"];

export const colourName = (colour: Colour): string => t(`annotations.colour.${colour}`);

/** What an annotation is called: "Yellow highlight", or "Note" where it is about a whole page. */
export const annotationName = ({ citation, colour }: Annotation): string =>
  citation.quote ? t("annotations.name.highlight", { colour }) : t("annotations.name.note");

/** The same with its words, for who can't see where it stands. */
export function spokenName(annotation: Annotation): string {
  const name = annotationName(annotation);
  const whole = annotation.citation.quote.replace(/\s+/g, " ").trim();
  const words = whole.length > 120 ? `${whole.slice(0, 120)}…` : whole;
  const note = annotation.note.slice(0, 200);
  if (words && note) return t("annotations.spoken.noted", { name, words, note });
  if (words) return t("annotations.spoken", { name, words });
  return note ? t("annotations.spoken.page", { name, note }) : name;
}
