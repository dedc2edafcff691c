import { quoted } from "../annotations/quoted";
import type { Face, Note } from "../backend/bindings";
import { plainWords } from "./text";

/** A card as other programs take it. */
export interface Carried {
  text: string;
  html: string;
}

/** The question of a card, its answer and where it stands. */
export function carried({ question, answer, extra }: Face, { source }: Pick<Note, "source">): Carried {
  const [asked = "", ...answers] = [question, answer, extra].map(plainWords);
  const parts = answers.filter((part) => part !== "");
  const place = source && quoted({ ...source, quote: "" });
  return {
    text: [asked, ...parts, ...(place ? [`— ${place}`] : [])].join("\n\n"),
    html: [
      `<p><strong>${escaped(asked)}</strong></p>`,
      ...parts.map((part) => `<p>${escaped(part)}</p>`),
      ...(place ? [`<p>— <cite>${escaped(place)}</cite></p>`] : []),
    ].join(""),
  };
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
