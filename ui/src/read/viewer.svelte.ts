import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import type {
  Document,
  DocumentId,
  Fault,
  OutlineItem,
  PageBox,
  PageLayout,
  PageWords,
  TextBlock,
} from "../backend/bindings";
import { Find } from "./find.svelte";
import { rowsOf, type Turn } from "./geometry";
import { ReadingPreferences } from "./preferences.svelte";

/** A place to show: a document, a page of it, and the words on it. */
export interface Place {
  document: DocumentId;
  title: string;
  page: number;
  boxes: PageBox[];
  /** The words to be lit up where there is no page to draw boxes on. */
  quote?: string | null;
}

/** Where reading stands in a document and how its pages lie: enough to open it again just so. */
export interface ReadingPlace {
  document: DocumentId;
  title: string;
  page: number;
  /** How far into the page, 0 to 1, a third of the way down the view. */
  share: number;
  /** Times the width that fits. */
  zoom: number;
  spread: boolean;
  /** Whether whole pages are fitted into the view, whatever its size. */
  whole?: boolean;
  turn?: Turn;
}

/** A page, and how far into it. */
type Spot = Pick<ReadingPlace, "page" | "share">;

interface Target {
  page: number;
  boxes: PageBox[];
  quote: string | null;
  /** How far into the page; null for its head, or where the boxes are. */
  share: number | null;
  /** Whether the boxes and the quote are lit up. */
  lit: boolean;
  /** Grows with each request, so that the same place can be asked for twice. */
  asked: number;
}

/** What decides how large pages are. */
export type Fit = "width" | "page" | "zoom";

const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3];
const [FARTHEST, NEAREST] = [0.1, 3];
/** So many steps back are kept. */
const MOST_STEPS = 50;

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
  /** What was asked for last. */
  target = $state.raw<Target | null>(null);
  fitted = $state<Fit>("width");
  /** Two pages side by side. */
  spread = $state(false);
  turn = $state<Turn>(0);
  /** At which zoom a page is seen whole; known to who shows it. */
  wholeZoom = $state(1);
  #zoom = $state(1);
  /** Times the width that fits. */
  readonly zoom = $derived(
    this.fitted === "width" ? 1 : this.fitted === "page" ? this.wholeZoom : this.#zoom,
  );
  /** Whether page pictures need a password. */
  locked = $state(false);
  /** Grows when pictures that failed are worth asking for again. */
  round = $state(0);
  /** Whether the document has no page pictures and its text is set here. */
  readonly typeset = $derived(this.pages.length > 0 && this.pages.every(({ width }) => width === 0));
  /** Pages that lie side by side. */
  readonly rows = $derived(rowsOf(this.pages, this.spread));
  /** The page in view, and how far into it the view is. */
  page = $state(1);
  share = $state(0);
  /** The table of contents; null until it is read. */
  outline = $state.raw<OutlineItem[] | null>(null);
  /** Where jumps within the document led from, and back from. */
  #past = $state.raw<Spot[]>([]);
  #ahead = $state.raw<Spot[]>([]);
  /** Where a step back, or forward again, would lead. */
  readonly behind = $derived(this.#past.at(-1) ?? null);
  readonly ahead = $derived(this.#ahead.at(-1) ?? null);
  readonly find: Find;
  readonly preferences = new ReadingPreferences();
  #backend: Backend;
  #asked = 0;
  #stale = false;
  #refreshing = false;
  /** The words of pages that were asked for; anew with the pages. */
  #words = new Map<number, Promise<PageWords>>();

  constructor(backend: Backend) {
    this.#backend = backend;
    this.find = new Find(this, backend);
  }

  async show(place: Place): Promise<void> {
    const same = this.#isOpen(place.document);
    if (same) this.remember();
    else this.#begin(place);
    this.#ask({ page: place.page, boxes: place.boxes, quote: place.quote ?? null, lit: true });
    // A document that is still being read has more pages by now.
    if (!same || !this.pages.some((page) => page.number === place.page)) await this.load();
  }

  /** Where reading stands, as one value to be kept; null when nothing is open. */
  place(): ReadingPlace | null {
    if (!this.open) return null;
    const { page, share, zoom, spread, turn } = this;
    return { ...this.open, page, share, zoom, spread, whole: this.fitted === "page", turn };
  }

  /** Opens a document where reading stood. */
  async restore(place: ReadingPlace): Promise<void> {
    const same = this.#isOpen(place.document);
    if (!same) this.#begin(place);
    this.#zoom = Math.min(Math.max(place.zoom, FARTHEST), NEAREST);
    this.fitted = place.whole ? "page" : Math.abs(place.zoom - 1) < 0.005 ? "width" : "zoom";
    this.spread = place.spread;
    this.turn = place.turn ?? 0;
    this.#ask({ page: place.page, share: place.share });
    if (!same) await this.load();
  }

  #isOpen(document: DocumentId): boolean {
    return this.open?.document === document && this.state !== "failed";
  }

  /** Another document: nothing of the one before stays. */
  #begin({ document, title, page }: Pick<Place, "document" | "title" | "page">): void {
    this.open = { document, title };
    this.pages = [];
    this.outline = null;
    this.#words.clear();
    this.#past = [];
    this.#ahead = [];
    this.find.clear();
    this.preferences.asked = false;
    this.locked = false;
    this.fitted = "width";
    this.spread = false;
    this.turn = 0;
    this.page = page;
    this.share = 0;
  }

  #ask(place: Pick<Target, "page"> & Partial<Target>): void {
    const nothing = { boxes: [], quote: null, share: null, lit: false };
    this.target = { ...nothing, ...place, asked: ++this.#asked };
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
      this.find.again();
      if (this.outline) void this.readOutline();
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
    this.outline = null;
    this.target = null;
    this.find.clear();
    this.state = "empty";
  }

  /** Jumps to a page; a step back leads to where reading stood. */
  goTo(page: number): void {
    this.remember();
    this.#ask({ page });
  }

  /** Shows a place without lighting it up, and without a step back from it. */
  look(page: number, boxes: PageBox[] = []): void {
    this.#ask({ page, boxes });
  }

  /** Keeps where reading stands, to come back to. */
  remember(): void {
    if (this.state !== "ready") return;
    const { page, share } = this;
    const last = this.behind;
    if (last?.page !== page || Math.abs(last.share - share) > 0.1)
      this.#past = [...this.#past.slice(-MOST_STEPS), { page, share }];
    this.#ahead = [];
  }

  /** Back to before the last jump. */
  back(): boolean {
    const spot = this.behind;
    if (!spot) return false;
    this.#past = this.#past.slice(0, -1);
    this.#ahead = [...this.#ahead, { page: this.page, share: this.share }];
    this.#ask(spot);
    return true;
  }

  forward(): boolean {
    const spot = this.ahead;
    if (!spot) return false;
    this.#ahead = this.#ahead.slice(0, -1);
    this.#past = [...this.#past, { page: this.page, share: this.share }];
    this.#ask(spot);
    return true;
  }

  /** Turns over to the next page, or two of them, or back. */
  turnOver(by: 1 | -1): void {
    const here = this.rows.findIndex((row) => row.some(({ number }) => number === this.page));
    const next = this.rows[here + by]?.[0];
    if (next) this.look(next.number);
  }

  /** To the first page, or the last. */
  goToEnd(which: "first" | "last"): void {
    const page = this.pages.at(which === "first" ? 0 : -1);
    if (page) this.goTo(page.number);
  }

  zoomBy(step: 1 | -1): void {
    const next =
      step > 0
        ? ZOOMS.find((zoom) => zoom > this.zoom + 0.01)
        : ZOOMS.findLast((zoom) => zoom < this.zoom - 0.01);
    this.#zoom = next ?? this.zoom;
    this.fitted = this.#zoom === 1 ? "width" : "zoom";
  }

  fit(what: "width" | "page" = "width"): void {
    this.fitted = what;
    // A page that is seen whole begins at the top of the view.
    if (what === "page") this.look(this.page);
  }

  /** Turns the pages by a quarter, clockwise. */
  rotate(): void {
    this.turn = ((this.turn + 90) % 360) as Turn;
  }

  /** Reads the table of contents. */
  async readOutline(): Promise<void> {
    const document = this.open?.document;
    if (document === undefined) return;
    const outline = await this.#backend.documentOutline(document);
    if (document === this.open?.document) this.outline = outline;
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
