import type { Exchange } from "./exchange.svelte";

/** So long a search goes on without giving way to what else the window does, in milliseconds. */
const SLICE_MS = 8;

/** A conversation of which the end is there, and more of it when it is asked for. */
export interface Source {
  readonly exchanges: readonly Exchange[];
  /** So many are not there yet. */
  readonly earlier: number;
  readEarlier(isFar: boolean): Promise<void>;
}

/** Words looked for in the conversation on show, and the turns that have them. */
export class Find {
  open = $state(false);
  query = $state("");
  /** The keys of the turns that have the words, the last one first. */
  found = $state.raw<string[]>([]);
  at = $state(0);
  /** Whether all turns have been looked at. */
  whole = $state(true);
  #asked = 0;

  /** Looks through a conversation, from its end back to its beginning. */
  async look(conversation: Source, query: string): Promise<void> {
    const mine = ++this.#asked;
    const words = folded(query.trim());
    this.found = [];
    this.at = 0;
    this.whole = words === "";
    if (words === "") return;
    const found: string[] = [];
    let paused = performance.now();
    let { exchanges } = conversation;
    while (exchanges.length > 0) {
      for (const { key, question, text } of exchanges.toReversed()) {
        if (folded(`${question}\n${text}`).includes(words)) found.push(key);
        if (performance.now() - paused < SLICE_MS) continue;
        this.found = [...found];
        await new Promise((done) => setTimeout(done));
        // Another search has taken its place.
        if (mine !== this.#asked) return;
        paused = performance.now();
      }
      this.found = [...found];
      const first = exchanges[0]?.key;
      if (conversation.earlier > 0) await conversation.readEarlier(true);
      if (mine !== this.#asked) return;
      const at = conversation.exchanges.findIndex(({ key }) => key === first);
      exchanges = conversation.exchanges.slice(0, Math.max(0, at));
    }
    this.whole = true;
  }

  /** To an earlier turn, or a later one; round at the ends. */
  step(by: 1 | -1): void {
    const { length } = this.found;
    if (length > 0) this.at = (this.at + by + length) % length;
  }

  close(): void {
    this.#asked += 1;
    this.open = false;
    this.query = "";
    this.found = [];
    this.whole = true;
  }
}

/** Without capitals and accents, and with one space where there are several. */
const folded = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").toLowerCase();
