import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import type { CardId, Fault, ListedCard, NoteId, RoomId } from "../backend/bindings";
import { FILTERS, type Kind } from "./words";

/** A pause in typing behind which it is looked for. */
const PAUSE_MS = 150;

/** The cards of a room, narrowed by words and by how they stand, a part at a time. */
export class CardList {
  text = $state("");
  kind = $state<Kind>("all");
  #isHidden: (note: NoteId) => boolean;
  /** Those that have come, and how many there are. */
  #loaded = $state.raw<{ cards: ListedCard[]; total: number }>({ cards: [], total: 0 });
  readonly cards = $derived.by(() => this.#loaded.cards.filter(({ note }) => !this.#isHidden(note.note)));
  /** How many there are, without those that are hidden. */
  readonly total = $derived(this.#loaded.total - this.#loaded.cards.length + this.cards.length);
  loaded = $state(false);
  busy = $state(false);
  fault = $state.raw<Fault | null>(null);
  /** The card that is shown whole. */
  open = $state<CardId | null>(null);
  readonly more = $derived(this.#loaded.cards.length < this.#loaded.total);
  #backend: Backend;
  #room: RoomId | null = null;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend, isHidden: (note: NoteId) => boolean) {
    this.#backend = backend;
    this.#isHidden = isHidden;
  }

  enter(room: RoomId | null): void {
    this.#asked += 1;
    clearTimeout(this.#timer);
    this.#room = room;
    this.text = "";
    this.kind = "all";
    this.#loaded = { cards: [], total: 0 };
    this.loaded = false;
    this.busy = false;
    this.fault = null;
    this.open = null;
  }

  /** Looks for words, once the typing pauses. */
  type(text: string): void {
    this.text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), PAUSE_MS);
  }

  async narrow(kind: Kind): Promise<void> {
    this.kind = kind;
    await this.load();
  }

  /** From the beginning; as many as are on show. */
  async load(): Promise<void> {
    const wanted = this.#loaded.cards.length;
    await this.#run(async (isStale) => {
      let { cards, total } = await this.#page(null);
      while (!isStale() && cards.length < Math.min(wanted, total)) {
        const page = await this.#page(cards.at(-1)?.card.card ?? null);
        if (page.cards.length === 0) break;
        cards = [...cards, ...page.cards];
        total = page.total;
      }
      if (isStale()) return;
      this.#loaded = { cards, total };
      this.loaded = true;
    });
  }

  /** The next ones. */
  async next(): Promise<void> {
    if (this.busy || !this.more) return;
    await this.#run(async (isStale) => {
      const { cards: before } = this.#loaded;
      const page = await this.#page(before.at(-1)?.card.card ?? null);
      if (isStale()) return;
      const cards = [...before, ...page.cards];
      // Cards may have gone meanwhile: the end is where nothing follows.
      this.#loaded = { cards, total: page.cards.length === 0 ? cards.length : page.total };
    });
  }

  #page(after: CardId | null) {
    const filter = FILTERS[this.kind];
    const text = this.text.trim();
    return this.#backend.cardsList(this.#room ?? 0, text ? { ...filter, text } : filter, after);
  }

  async #run(load: (isStale: () => boolean) => Promise<void>): Promise<void> {
    if (this.#room === null) return;
    const mine = ++this.#asked;
    const isStale = () => mine !== this.#asked;
    this.busy = true;
    this.fault = null;
    try {
      await load(isStale);
    } catch (thrown) {
      if (!isStale()) this.fault = asFault(thrown);
    } finally {
      if (!isStale()) this.busy = false;
    }
  }
}
