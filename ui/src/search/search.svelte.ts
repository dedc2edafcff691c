import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import { t } from "../i18n/i18n.svelte";
import type { DocumentId, Fault, Kind, OutlineItem, RoomId, SearchHits } from "../backend/bindings";

/** Places that come at a time, and the most that the shell gives. */
export const STEP = 10;
const MOST = 100;
/** How long typing rests before what was found is read out. */
const REST_MS = 900;

/** The part of a room that is searched; nothing chosen is all of it. */
export interface RoomPart {
  documents: DocumentId[];
  /** A place in the table of contents of the one document that is chosen. */
  section: number | null;
  kinds: Kind[];
}

const ALL: RoomPart = { documents: [], section: null, kinds: [] };

/**
 * Search as one types: every key asks at once, what the words alone find is shown until the whole answer is there,
 * and only what answers the field as it is now is shown at all.
 */
export class Search {
  query = $state("");
  found = $state.raw<SearchHits | null>(null);
  /** What `found` answers. */
  answered = $state("");
  busy = $state(false);
  fault = $state.raw<Fault | null>(null);
  part = $state.raw<RoomPart>(ALL);
  /** The table of contents of the one document that is chosen. */
  outline = $state.raw<OutlineItem[]>([]);
  /** What a screen reader says once typing rests. */
  news = $state("");
  readonly narrowed = $derived(this.part.documents.length > 0 || this.part.kinds.length > 0);
  /** Whether the whole answer to a finished query is on show. */
  finished = $state(false);
  #room: RoomId | null = null;
  #limit = STEP;
  /** Numbers what was asked; an answer to anything but the last is stale. */
  #asked = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  enter(room: RoomId | null): void {
    if (room === this.#room) return;
    this.#room = room;
    this.part = ALL;
    this.outline = [];
    this.clear();
  }

  type(query: string): void {
    this.query = query;
    this.#limit = STEP;
    if (!query.trim()) return this.#forgetAnswers();
    void this.#ask(true);
  }

  /** Empties the field; the chosen part of the room stays. */
  clear(): void {
    this.query = "";
    this.#forgetAnswers();
  }

  /** Searches for what stands in the field as it is: nobody is typing any more. */
  async run(): Promise<void> {
    await this.#ask(false);
  }

  /** Ten more of the same. */
  async showMore(): Promise<void> {
    this.#limit = Math.min(this.#limit + STEP, MOST);
    await this.#ask(!this.finished);
  }

  /** Whether more of the same can be asked for. */
  get canShowMore(): boolean {
    return this.found?.more === true && this.#limit < MOST;
  }

  async chooseDocuments(documents: DocumentId[]): Promise<void> {
    this.#narrow({ ...this.part, documents, section: null });
    this.outline = [];
    const [only] = documents;
    if (only === undefined || documents.length > 1) return;
    try {
      const outline = await this.#backend.documentOutline(only);
      // Another may have been chosen meanwhile.
      if (this.part.documents.length === 1 && this.part.documents[0] === only) this.outline = outline;
    } catch {
      // Without a table of contents there are no sections to choose from.
    }
  }

  chooseSection(section: number | null): void {
    this.#narrow({ ...this.part, section });
  }

  chooseKinds(kinds: Kind[]): void {
    this.#narrow({ ...this.part, kinds });
  }

  /** All of the room again. */
  widen(): void {
    this.outline = [];
    this.#narrow(ALL);
  }

  /** A document is gone, or says something else: what was chosen of it may not be there any more. */
  changed(document: DocumentId, isGone: boolean): void {
    const { documents, section } = this.part;
    if (!documents.includes(document)) return;
    if (isGone) void this.chooseDocuments(documents.filter((other) => other !== document));
    else if (section !== null || this.outline.length > 0) void this.chooseDocuments(documents);
  }

  #narrow(part: RoomPart): void {
    this.part = part;
    this.#limit = STEP;
    void this.#ask(!this.finished);
  }

  async #ask(typing: boolean, again = false): Promise<void> {
    const query = this.query.trim();
    const room = this.#room;
    if (room === null || !query) return;
    const mine = ++this.#asked;
    clearTimeout(this.#rest);
    this.news = "";
    this.busy = true;
    this.finished = false;
    let isWhole = false;
    const show = (found: SearchHits) => {
      this.found = found;
      this.answered = query;
      this.fault = null;
    };
    try {
      // Spaces behind the last word say that it is finished.
      const request = { room, ...this.part, query: this.query.trimStart(), typing, limit: this.#limit };
      const found = await this.#backend.search(request, (byWords) => {
        // They come by another way than the answer, and may be later.
        const degraded = this.found?.degraded ?? null;
        if (mine === this.#asked && !isWhole) show({ ...byWords, degraded });
      });
      if (mine !== this.#asked) return;
      isWhole = true;
      show(found);
      this.finished = !typing;
    } catch (thrown) {
      if (mine !== this.#asked) return;
      const fault = asFault(thrown);
      // Two that were asked almost at once may have reached the shell the other way round.
      if (fault.code === "cancelled" && !again) return this.#ask(typing, true);
      this.fault = fault;
    }
    this.busy = false;
    this.#rest = setTimeout(() => (this.news = this.#told()), REST_MS);
  }

  #told(): string {
    if (this.fault) return "";
    const n = this.found?.hits.length ?? 0;
    const query = this.answered;
    if (n === 0) return t("search.news.none", { query });
    return this.found?.more ? t("search.news.many", { n, query }) : t("search.news.some", { n, query });
  }

  #forgetAnswers(): void {
    this.#asked += 1;
    clearTimeout(this.#rest);
    this.news = "";
    this.found = null;
    this.answered = "";
    this.fault = null;
    this.busy = false;
    this.finished = false;
    this.#limit = STEP;
  }
}
