import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import type { CardId, Fault, ListedCard, RoomId } from "../backend/bindings";
import { KINDS, type Kind } from "./words";

/** A pause in typing behind which it is looked for. */
const PAUSE_MS = 150;

/** The cards of a room, narrowed by words and by how they stand, a part at a time. */
export class CardList {
  text = $state("");
  kind = $state<Kind>("all");
  cards = $state.raw<ListedCard[]>([]);
  total = $state(0);
  loaded = $state(false);
  busy = $state(false);
  fault = $state.raw<Fault | null>(null);
  /** The card that is shown whole. */
  open = $state<CardId | null>(null);
  readonly more = $derived(this.cards.length < this.total);
  #backend: Backend;
  #room: RoomId | null = null;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  enter(room: RoomId | null): void {
    this.#asked += 1;
    clearTimeout(this.#timer);
    this.#room = room;
    this.text = "";
    this.kind = "all";
    this.cards = [];
    this.total = 0;
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
    const wanted = this.cards.length;
    await this.#run(async (isStale) => {
      let { cards, total } = await this.#page(null);
      while (!isStale() && cards.length < Math.min(wanted, total)) {
        const page = await this.#page(cards.at(-1)?.card.card ?? null);
        if (page.cards.length === 0) break;
        cards = [...cards, ...page.cards];
        total = page.total;
      }
      if (isStale()) return;
      this.cards = cards;
      this.total = total;
      this.loaded = true;
    });
  }

  /** The next ones. */
  async next(): Promise<void> {
    if (this.busy || !this.more) return;
    await this.#run(async (isStale) => {
      const page = await this.#page(this.cards.at(-1)?.card.card ?? null);
      if (isStale()) return;
      this.cards = [...this.cards, ...page.cards];
      // Cards may have gone meanwhile: the end is where nothing follows.
      this.total = page.cards.length === 0 ? this.cards.length : page.total;
    });
  }

  #page(after: CardId | null) {
    const filter = KINDS.find(({ kind }) => kind === this.kind)?.filter ?? {};
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
