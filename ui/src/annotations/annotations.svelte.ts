import type { Session } from "../app/session.svelte";
import type {
  Annotation,
  AnnotationId,
  Citation,
  Colour,
  DocumentId,
  FoundAnnotation,
  PageBox,
  Rect,
  RoomId,
  Selection,
} from "../backend/bindings";
import { copy } from "../design/copy";
import { focusOn } from "../design/focus";
import { t } from "../i18n/i18n.svelte";
import { quoted } from "./quoted";

/** Most that a list shows. */
const MOST = 2000;

/** What is marked and written in the document that lies open, and what is selected there. */
export class Annotations {
  /** Of the open document, in reading order. */
  list = $state.raw<Annotation[]>([]);
  /** The words that are selected on a page. */
  selected = $state.raw<Selection | null>(null);
  /** Where they stand on the picture of the page, and whether they were selected from their end. */
  selectedAt = $state.raw<{ boxes: Rect[]; upwards: boolean } | null>(null);
  /** The one that lies open with its note. */
  opened = $state<AnnotationId | null>(null);
  /** Grows with each change, so that lists look again. */
  round = $state(0);
  readonly open = $derived(this.list.find(({ annotation }) => annotation === this.opened) ?? null);
  #session: Session;
  /** What was removed last, and by which toast it is told. */
  #removed = $state.raw<{ annotation: Annotation; toast: number } | null>(null);
  #document: DocumentId | null = null;
  /** What is written goes out one after the other. */
  #writing: Promise<unknown> = Promise.resolve();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Whether a removed one can be taken back by a key. */
  get canUndo(): boolean {
    return this.#removed !== null && this.#removed.annotation.room === this.#session.rooms.currentId;
  }

  /** Another document lies open; null when none does. */
  async enter(document: DocumentId | null): Promise<void> {
    if (document === this.#document) return;
    this.#document = document;
    this.list = [];
    this.unselect();
    this.opened = null;
    await this.refresh();
  }

  /** Reads them again: the document has another edition, or one was brought back. */
  async refresh(): Promise<void> {
    const document = this.#document;
    this.round += 1;
    if (document === null) return;
    await this.#session.attempt(async () => {
      const list = await this.#session.backend.annotationsList(document);
      if (document === this.#document) this.list = list;
    });
  }

  /** A document has gone; what was marked in it stays in the lists. */
  async documentRemoved(document: DocumentId): Promise<void> {
    // What was removed later is taken back first.
    this.#removed = null;
    if (document === this.#document) await this.enter(null);
    else this.round += 1;
  }

  onPage(page: number): Annotation[] {
    return this.list.filter((annotation) => annotation.page === page && !annotation.citation.changed);
  }

  /** Whether a highlight lies on just these places, and shows its own colour there. */
  covers(boxes: PageBox[]): boolean {
    const isAt = (one: PageBox) => (other: PageBox) =>
      one.page === other.page &&
      (["x0", "y0", "x1", "y1"] as const).every((edge) => Math.abs(one[edge] - other[edge]) < 0.002);
    return this.list.some(
      ({ citation }) => !citation.changed && boxes.every((box) => citation.boxes.some(isAt(box))),
    );
  }

  /** Those of a room, or of a document of it, that have these words; without words all of them. */
  find(room: RoomId, document: DocumentId | null, query: string, limit = MOST): Promise<FoundAnnotation[]> {
    return this.#session.backend.annotationsSearch({ room, document, query, limit });
  }

  /** Marks what is selected, and opens its note if one is to be written. */
  async mark(colour: Colour, write = false): Promise<void> {
    const on = this.selected;
    if (on) await this.#add(on, colour, write);
  }

  /** Writes a note about a page as a whole. */
  async noteOn(page: number): Promise<void> {
    const document = this.#document;
    if (document !== null) await this.#add({ document, page, start: 0, end: 0, quote: "" }, "yellow", true);
  }

  async #add(on: Selection, colour: Colour, write: boolean): Promise<void> {
    await this.#session.attempt(async () => {
      const added = await this.#session.backend.annotationAdd({ on, colour, note: "" });
      if (on.document !== this.#document) return;
      this.#put(added);
      this.unselect();
      if (write) this.opened = added.annotation;
      else focusOn(`[data-annotation="${added.annotation}"]`);
    });
  }

  /** Keeps another colour and note. */
  async edit(annotation: AnnotationId, colour: Colour, note: string): Promise<void> {
    const write = async () => {
      this.#put(await this.#session.backend.annotationEdit(annotation, colour, note));
    };
    const writing = this.#writing.then(write, write);
    this.#writing = writing.catch(() => {});
    await writing;
  }

  /** Removes one at once; the toast or Ctrl+Z takes it back. */
  async remove(one: Annotation): Promise<void> {
    const { annotation, citation } = one;
    const session = this.#session;
    await session.attempt(async () => {
      await this.#writing;
      await session.backend.annotationRemove(annotation);
      if (this.opened === annotation) this.opened = null;
      this.list = this.list.filter((other) => other.annotation !== annotation);
      this.round += 1;
      const removed = citation.quote ? t("annotations.removed.highlight") : t("annotations.removed.note");
      const toast = session.toasts.show("info", removed, null, {
        label: t("annotations.undo"),
        testid: "annotation-undo",
        run: () => void this.#bringBack(annotation),
      });
      this.#removed = { annotation: one, toast };
    });
  }

  /** Takes the last removal back. */
  async undo(): Promise<void> {
    if (!this.#removed) return;
    this.#session.toasts.close(this.#removed.toast);
    await this.#bringBack(this.#removed.annotation.annotation);
  }

  /** Removes a note that nothing was written into. */
  async discard(annotation: AnnotationId): Promise<void> {
    await this.#session.attempt(async () => {
      await this.#writing;
      await this.#session.backend.annotationRemove(annotation);
      this.list = this.list.filter((other) => other.annotation !== annotation);
      this.round += 1;
    });
  }

  async #bringBack(annotation: AnnotationId): Promise<void> {
    if (this.#removed?.annotation.annotation === annotation) this.#removed = null;
    await this.#session.attempt(async () => {
      const back = await this.#session.backend.annotationBringBack(annotation);
      if (back.document === this.#document) this.#put(back);
      else this.round += 1;
      focusOn(`[data-annotation="${annotation}"]`);
    });
  }

  #put(one: Annotation): void {
    const others = this.list.filter(({ annotation }) => annotation !== one.annotation);
    const list = one.document === this.#document ? [...others, one] : others;
    this.list = list.sort((a, b) => a.page - b.page || a.start - b.start || a.annotation - b.annotation);
    this.round += 1;
  }

  /** Words are selected; `at` says where on a picture of their page. */
  select(selection: Selection, at: { boxes: Rect[]; upwards: boolean } | null = null): void {
    this.opened = null;
    this.selected = selection;
    this.selectedAt = at;
  }

  unselect(): void {
    this.selected = null;
    this.selectedAt = null;
  }

  /** Does something with the selected words, once it is known where they stand. */
  async withSelected(run: (citation: Citation) => unknown): Promise<void> {
    const on = this.selected;
    if (!on) return;
    await this.#session.attempt(async () => {
      await run(await this.#session.backend.selectionCite(on));
      this.unselect();
    });
  }

  /** Puts words on the clipboard with their source. */
  async copy(citation: Citation): Promise<void> {
    const done = await copy(quoted(citation));
    const { toasts } = this.#session;
    if (done) toasts.show("good", t("annotations.copied"));
    else toasts.show("bad", t("annotations.copied.failed"), t("annotations.copied.failed.advice"));
  }

  /** Writes those of a room, or of a document of it, into a file that the person chooses. */
  async export(room: RoomId, document: DocumentId | null): Promise<void> {
    const session = this.#session;
    await session.attempt(async () => {
      const file = await session.backend.annotationsExport(room, document);
      if (file !== null) session.toasts.show("good", t("annotations.exported"), file);
    });
  }
}
