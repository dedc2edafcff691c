import type { Document, DocumentId } from "../backend/bindings";

/** A document and how long it still takes, in milliseconds, as far as that can be told. */
export interface Shelved {
  document: Document;
  eta: number | null;
}

/** The documents of a room. Whoever looks is told once of a change, however many documents it is of. */
export class Shelf {
  #held = $state.raw<ReadonlyMap<DocumentId, Shelved>>(new Map());

  get size(): number {
    return this.#held.size;
  }

  get(id: DocumentId): Shelved | undefined {
    return this.#held.get(id);
  }

  has(id: DocumentId): boolean {
    return this.#held.has(id);
  }

  values(): IterableIterator<Shelved> {
    return this.#held.values();
  }

  set(id: DocumentId, shelved: Shelved): void {
    this.change((held) => held.set(id, shelved));
  }

  delete(id: DocumentId): void {
    if (this.has(id)) this.change((held) => held.delete(id));
  }

  clear(): void {
    this.#held = new Map();
  }

  change(how: (held: Map<DocumentId, Shelved>) => void): void {
    const held = new Map(this.#held);
    how(held);
    this.#held = held;
  }
}
