import type {
  Annotation,
  AnnotationId,
  Citation,
  Colour,
  DocumentId,
  FoundAnnotation,
  NewAnnotation,
  PageWords,
  Rect,
  RoomId,
  Selection,
  TextRun,
  WantedAnnotations,
} from "../src/backend/bindings";
import { PageText } from "../src/read/words";
import { CardsDouble } from "./cardsDouble";

/** The part of the double that highlights and notes are about: it keeps them as the shell does. */
export class AnnotationsDouble extends CardsDouble {
  annotations: Annotation[] = [];
  /** The words of each page, whatever its document. */
  words = new Map<number, PageWords>();
  notesFile: string | null = "/notes/Highlights and notes.md";
  #removed: Annotation[] = [];
  #nextAnnotation = 100;

  annotationsList = (document: DocumentId) =>
    this.done("annotationsList", [document], this.#inOrder(document));
  annotationsSearch = (wanted: WantedAnnotations) => {
    const asked = wanted.query.toLowerCase().split(/\s+/).filter(Boolean);
    const has = ({ citation, note }: Annotation) =>
      asked.every((word) => `${citation.quote} ${note}`.toLowerCase().includes(word));
    const found = this.#inOrder(wanted.document).filter((one) => one.room === wanted.room && has(one));
    return this.done(
      "annotationsSearch",
      [wanted],
      found.map((one) => asFound(one, asked)),
    );
  };
  selectionCite = (on: Selection) => this.done("selectionCite", [on], this.#cited(on));
  annotationAdd = (wanted: NewAnnotation) => {
    const { on, colour, note } = wanted;
    const added = anAnnotation({
      annotation: this.#nextAnnotation++,
      document: on.document,
      citation: this.#cited(on),
      page: on.page,
      start: on.start,
      colour,
      note,
      created: Date.now(),
      updated: Date.now(),
    });
    return this.done("annotationAdd", [wanted], added).then((one) => {
      this.annotations = [...this.annotations, one];
      return one;
    });
  };
  annotationEdit = (annotation: AnnotationId, colour: Colour, note: string) => {
    const before = this.annotations.find((one) => one.annotation === annotation);
    const edited = { ...(before ?? anAnnotation()), colour, note: note.trim(), updated: Date.now() };
    return this.done("annotationEdit", [annotation, colour, note], edited).then((one) => {
      this.annotations = this.annotations.map((other) => (other.annotation === annotation ? one : other));
      return one;
    });
  };
  annotationRemove = async (annotation: AnnotationId) => {
    await this.done("annotationRemove", [annotation], null);
    this.#removed = this.annotations.filter((one) => one.annotation === annotation);
    this.annotations = this.annotations.filter((one) => one.annotation !== annotation);
  };
  annotationBringBack = async (annotation: AnnotationId) => {
    await this.done("annotationBringBack", [annotation], null);
    const back = this.#removed.find((one) => one.annotation === annotation);
    if (!back) throw { code: "not_found", message: "There is no such highlight (any more)." };
    this.annotations = [...this.annotations, back];
    return back;
  };
  annotationsExport = (room: RoomId, document: DocumentId | null) =>
    this.done("annotationsExport", [room, document], this.notesFile);
  pageWords = (document: DocumentId, page: number) =>
    this.done("pageWords", [document, page], this.words.get(page) ?? { text: "", words: [], blocks: [] });

  #inOrder(document: DocumentId | null): Annotation[] {
    const own = this.annotations.filter((one) => document === null || one.document === document);
    return own.sort((a, b) => a.page - b.page || a.start - b.start);
  }

  /** The words with a box for each line, as the library cites them. */
  #cited(on: Selection): Citation {
    const words = this.words.get(on.page);
    const text = words && new PageText(words);
    const first = text?.words.findIndex(({ end }) => end > on.start) ?? -1;
    const last = text?.words.findLastIndex(({ start }) => start < on.end) ?? -1;
    const boxes = text && on.quote && first >= 0 ? text.boxes(first, last) : [];
    return {
      document: on.document,
      title: "Psychology 2e",
      page: on.page,
      label: null,
      locator: null,
      quote: on.quote.trim(),
      boxes: boxes.map((box) => ({ page: on.page, ...box })),
      changed: false,
    };
  }
}

const asFound = (annotation: Annotation, words: string[]): FoundAnnotation => ({
  annotation,
  quote: runs(annotation.citation.quote, words),
  note: runs(annotation.note, words),
});

function runs(text: string, words: string[]): TextRun[] {
  if (!text) return [];
  if (words.length === 0) return [{ text, found: false }];
  const parts = text.split(new RegExp(`(${words.join("|")})`, "i"));
  return parts.filter(Boolean).map((part) => ({ text: part, found: words.includes(part.toLowerCase()) }));
}

export const anAnnotation = (annotation: Partial<Annotation> = {}): Annotation => ({
  annotation: 1,
  room: 1,
  document: 1,
  citation: {
    document: 1,
    title: "Psychology 2e",
    page: 1,
    label: null,
    locator: null,
    quote: "Memory lasts.",
    boxes: [{ page: 1, x0: 0.1, y0: 0.1, x1: 0.3, y1: 0.12 }],
    changed: false,
  },
  page: 1,
  start: 0,
  colour: "yellow",
  note: "",
  created: 0,
  updated: 0,
  ...annotation,
});

/** A page of lines, a word each tenth of its width. */
export function someWords(
  lines: string[],
  { left = 0.1, top = 0.1, step = 0.03, width = 0.08 } = {},
): PageWords {
  const text = lines.join(" ");
  const words: PageWords["words"] = [];
  let at = 0;
  for (const [row, line] of lines.entries()) {
    for (const [column, word] of line.split(" ").entries()) {
      const box: Rect = { x0: left + column * 0.1, y0: top + row * step, x1: 0, y1: top + row * step + 0.02 };
      words.push([at, at + word.length, box.x0, box.y0, box.x0 + width, box.y1]);
      at += word.length + 1;
    }
  }
  return { text, words, blocks: [{ kind: "paragraph", level: null, start: 0, end: text.length }] };
}
