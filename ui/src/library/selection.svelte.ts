import { SvelteSet } from "svelte/reactivity";

/** Which things of a list are chosen, and which one has the tab stop. */
export class Selection<Id> {
  readonly chosen = new SvelteSet<Id>();
  /** The one that keys are for. */
  current = $state.raw<Id | null>(null);
  /** Where a range begins. */
  #anchor: Id | null = null;

  get size(): number {
    return this.chosen.size;
  }

  has(id: Id): boolean {
    return this.chosen.has(id);
  }

  /** Goes to one; what is chosen stays. */
  go(id: Id): void {
    this.current = id;
  }

  toggle(id: Id): void {
    this.current = this.#anchor = id;
    if (!this.chosen.delete(id)) this.chosen.add(id);
  }

  /** Chooses all from where the last choice was made to one, in an order, and nothing else. */
  extendTo(id: Id, order: readonly Id[]): void {
    const from = order.indexOf(this.#anchor ?? this.current ?? id);
    const to = order.indexOf(id);
    this.#anchor ??= this.current;
    this.current = id;
    if (to < 0) return;
    const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    this.chosen.clear();
    for (const one of order.slice(first, last + 1)) this.chosen.add(one);
  }

  all(order: readonly Id[]): void {
    for (const id of order) this.chosen.add(id);
  }

  clear(): void {
    this.chosen.clear();
    this.#anchor = null;
  }

  /** Lets go of what is no longer there. */
  keep(there: (id: Id) => boolean): void {
    for (const id of this.chosen) if (!there(id)) this.chosen.delete(id);
    if (this.#anchor !== null && !there(this.#anchor)) this.#anchor = null;
  }
}
