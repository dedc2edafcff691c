import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import type {
  Document,
  DocumentId,
  Fault,
  PageBox,
  PageLayout,
  PageWords,
  TextBlock,
} from "../backend/bindings";

/** A place to show: a document, a page of it, and the words on it. */
export interface Place {
  document: DocumentId;
  title: string;
  page: number;
  boxes: PageBox[];
  /** The words to be lit up where there is no page to draw boxes on. */
  quote?: string | null;
}

/** Where reading stands in a document, as one plain value. */
export interface ReadingPlace {
  document: DocumentId;
  title: string;
  page: number;
  /** How far into that page, 0 to 1. */
  share: number;
  /** In times the width that fits. */
  zoom: number;
  spread: boolean;
}

const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3];

/** Whether a document's words may stand elsewhere than `before`: it is another file, or more of it is recognised. */
export const isAnother = (document: Document, before: Document | null): boolean =>
  before !== null &&
  (before.hash !== document.hash || before.ledger.recognised !== document.ledger.recognised);

/** The document that lies open. */
export class Viewer {
  open = $state.raw<{ document: DocumentId; title: string } | null>(null);
  pages = $state.raw<PageLayout[]>([]);
  state = $state<"empty" | "loading" | "ready" | "failed">("empty");
  fault = $state.raw<Fault | null>(null);
  /** What is lit up; `asked` grows with each request, so that the same place can be asked for twice. */
  target = $state.raw<{
    page: number;
    boxes: PageBox[];
    quote: string | null;
    asked: number;
  } | null>(null);
  /** Times the width that fits. */
  zoom = $state(1);
  /** Whether page pictures need a password. */
  locked = $state(false);
  /** Grows when pictures that failed are worth asking for again. */
  round = $state(0);
  /** Whether the document has no page pictures and its text is set here. */
  readonly typeset = $derived(this.pages.length > 0 && this.pages.every(({ width }) => width === 0));
  /** The page in view. */
  page = $state(1);
  #backend: Backend;
  #asked = 0;
  #stale = false;
  #refreshing = false;
  /** The words of pages that were asked for; anew with the pages. */
  #words = new Map<number, Promise<PageWords>>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async show(place: Place): Promise<void> {
    const same = this.open?.document === place.document && this.state !== "failed";
    this.open = { document: place.document, title: place.title };
    this.target = { page: place.page, boxes: place.boxes, quote: place.quote ?? null, asked: ++this.#asked };
    if (!same) {
      this.pages = [];
      this.#words.clear();
      this.locked = false;
      this.zoom = 1;
      this.page = place.page;
      await this.load();
    } else if (!this.pages.some((page) => page.number === place.page)) {
      // A document that is still being read has more pages by now.
      await this.load();
    }
  }

  /** Where reading stands; null with no document open. */
  place(): ReadingPlace | null {
    return this.open ? { ...this.open, page: this.page, share: 0, zoom: this.zoom, spread: false } : null;
  }

  /** Opens a document where reading stood. */
  async restore({ document, title, page, zoom }: ReadingPlace): Promise<void> {
    const shown = this.show({ document, title, page, boxes: [] });
    this.zoom = zoom;
    await shown;
  }

  async load(): Promise<void> {
    const document = this.open?.document;
    if (document === undefined) return;
    if (this.pages.length === 0) this.state = "loading";
    try {
      const pages = await this.#backend.pageInfo(document);
      if (this.open?.document !== document) return;
      this.#words.clear();
      this.pages = pages;
      this.state = "ready";
    } catch (thrown) {
      if (this.open?.document !== document) return;
      this.fault = asFault(thrown);
      this.state = "failed";
    }
  }

  /** A document has changed: it has more pages by now, recognised text, or another file; `before` is how it was. */
  changed(document: Document, before: Document | null): void {
    if (document.document !== this.open?.document || this.state !== "ready") return;
    // The boxes of another file would lie over other words.
    if (before !== null && before.hash !== document.hash) this.target = null;
    if (isAnother(document, before) || document.pages_read > this.pages.length) void this.#refresh();
  }

  /** Reads the pages anew; what changes meanwhile is read after that. */
  async #refresh(): Promise<void> {
    this.#stale = true;
    if (this.#refreshing) return;
    this.#refreshing = true;
    while (this.#stale) {
      this.#stale = false;
      await this.load();
    }
    this.#refreshing = false;
  }

  close(): void {
    this.open = null;
    this.pages = [];
    this.target = null;
    this.state = "empty";
  }

  goTo(page: number): void {
    this.target = { page, boxes: [], quote: null, asked: ++this.#asked };
  }

  zoomBy(step: 1 | -1): void {
    const next =
      step > 0
        ? ZOOMS.find((zoom) => zoom > this.zoom + 0.01)
        : ZOOMS.findLast((zoom) => zoom < this.zoom - 0.01);
    this.zoom = next ?? this.zoom;
  }

  fit(): void {
    this.zoom = 1;
  }

  /** The address of a page's picture; `hash` is that of the document's file, as far as it is known. */
  image(page: number, width: number, hash?: string): string {
    return this.open ? this.#backend.pageImage(this.open.document, page, width, hash) : "";
  }

  async text(page: number): Promise<TextBlock[]> {
    return this.open ? this.#backend.pageText(this.open.document, page) : [];
  }

  /** The words of a page with where they stand. */
  words(page: number): Promise<PageWords> {
    const document = this.open?.document;
    if (document === undefined) return Promise.resolve({ text: "", words: [], blocks: [] });
    const asked = this.#words.get(page) ?? this.#backend.pageWords(document, page);
    this.#words.set(page, asked);
    // What failed is asked for again the next time.
    asked.catch(() => this.#words.delete(page));
    return asked;
  }

  async unlock(password: string): Promise<void> {
    if (!this.open) return;
    await this.#backend.documentUnlock(this.open.document, password);
    this.locked = false;
    this.round += 1;
  }
}
