import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import type { DocumentId, Fault, NotesMade, RoomId, SuggestedNote } from "../backend/bindings";

/** Terms that documents define, to make cards of those that are chosen. */
export class Terms {
  document = $state<DocumentId | null>(null);
  found = $state.raw<SuggestedNote[]>([]);
  /** Places of the chosen ones in the list. */
  chosen = $state.raw<ReadonlySet<number>>(new Set());
  loading = $state(true);
  busy = $state(false);
  fault = $state.raw<Fault | null>(null);
  readonly fresh = $derived(this.found.flatMap(({ known }, at) => (known ? [] : [at])));
  #backend: Backend;
  #room: RoomId;
  #asked = 0;

  constructor(backend: Backend, room: RoomId, document: DocumentId | null) {
    this.#backend = backend;
    this.#room = room;
    void this.look(document);
  }

  /** Looks for the terms of a document; null for all of them. */
  async look(document: DocumentId | null): Promise<void> {
    const mine = ++this.#asked;
    this.document = document;
    this.loading = true;
    this.fault = null;
    this.chosen = new Set();
    try {
      const found = await this.#backend.notesOfTerms(this.#room, document);
      if (mine !== this.#asked) return;
      this.found = found;
      this.all(true);
    } catch (thrown) {
      if (mine !== this.#asked) return;
      this.found = [];
      this.fault = asFault(thrown);
    } finally {
      if (mine === this.#asked) this.loading = false;
    }
  }

  toggle(at: number): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(at)) chosen.add(at);
    this.chosen = chosen;
  }

  /** Chooses all that the room does not have, or none. */
  all(isChosen: boolean): void {
    this.chosen = new Set(isChosen ? this.fresh : []);
  }

  /** Makes cards of the chosen ones; null where that failed. */
  async make(): Promise<NotesMade | null> {
    if (this.busy || this.chosen.size === 0) return null;
    this.busy = true;
    this.fault = null;
    try {
      const notes = this.found.filter((_, at) => this.chosen.has(at)).map(({ note }) => note);
      return await this.#backend.notesAdd(this.#room, notes);
    } catch (thrown) {
      this.fault = asFault(thrown);
      return null;
    } finally {
      this.busy = false;
    }
  }
}
