/** What is told about one question, with its number, from 1. */
interface Numbered<T> {
  seq: number;
  event: T;
}

/**
 * Brings numbered events into their order. One that comes too early waits for those before it, one that comes again
 * is passed over; what comes behind one that never comes is not told.
 */
export class Order<T> {
  #next = 1;
  #early = new Map<number, T>();
  #over = false;

  /** The events that can be told now, in order. */
  take({ seq, event }: Numbered<T>): T[] {
    if (this.#over) return [];
    if (seq >= this.#next && !this.#early.has(seq)) this.#early.set(seq, event);
    const ready: T[] = [];
    for (let found; (found = this.#early.get(this.#next)) !== undefined; this.#next++) {
      ready.push(found);
      this.#early.delete(this.#next);
    }
    return ready;
  }

  /** From now on nothing is told: the whole is known. */
  end(): void {
    this.#over = true;
  }
}
