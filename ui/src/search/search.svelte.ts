import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import type { Fault, RoomId, SearchHits } from "../backend/bindings";

const LIMIT = 30;
const PAUSE_MS = 70;

/** Search as one types: only the answer to what stands in the field now is shown. */
export class Search {
  query = $state("");
  found = $state.raw<SearchHits | null>(null);
  /** What `found` answers. */
  answered = $state("");
  busy = $state(false);
  fault = $state.raw<Fault | null>(null);
  #room: RoomId | null = null;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  enter(room: RoomId | null): void {
    if (room === this.#room) return;
    this.#room = room;
    this.clear();
  }

  type(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    if (!query.trim()) return this.clear();
    this.busy = true;
    this.#timer = setTimeout(() => void this.run(), PAUSE_MS);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.query = "";
    this.found = null;
    this.answered = "";
    this.fault = null;
    this.busy = false;
  }

  async run(): Promise<void> {
    clearTimeout(this.#timer);
    const query = this.query.trim();
    if (this.#room === null || !query) return;
    const mine = ++this.#asked;
    this.busy = true;
    try {
      const found = await this.#backend.search(this.#room, query, LIMIT);
      if (mine !== this.#asked) return;
      this.found = found;
      this.answered = query;
      this.fault = null;
    } catch (thrown) {
      if (mine !== this.#asked) return;
      this.fault = asFault(thrown);
    }
    this.busy = false;
  }
}
