import { SvelteMap } from "svelte/reactivity";

import type { Toasts } from "./toasts.svelte";

/** What is said of something that is being removed. */
interface Told {
  title: string;
  text: string;
  undo: string;
}

/**
 * Removals that can't be taken back once they are done, and so are done only when the toast that tells of them goes.
 * Until then the thing is hidden. A window that closes before removes nothing.
 */
export class Removals<Id> {
  #waiting = new SvelteMap<Id, { toast: number; remove: () => Promise<void>; back: () => void }>();
  /** Whether something can be taken back. */
  readonly canUndo = $derived.by(() => this.#waiting.size > 0);
  #running = new Set<Id>();
  #toasts: Toasts;

  constructor(toasts: Toasts) {
    this.#toasts = toasts;
  }

  /** Whether something is being removed, and so is not to be shown. */
  has(id: Id): boolean {
    return this.#waiting.has(id);
  }

  /** Removes something once its toast has gone; `back` is called where it was taken back before. */
  begin(id: Id, { title, text, undo }: Told, remove: () => Promise<void>, back: () => void): void {
    const action = { label: undo, testid: "undo", run: () => this.#undo(id) };
    const toast = this.#toasts.show("info", title, text, action, () => void this.#finish(id));
    this.#waiting.set(id, { toast, remove, back });
  }

  /** Takes back what was begun last. */
  undo(): void {
    const last = [...this.#waiting.keys()].at(-1);
    if (last !== undefined) this.#undo(last);
  }

  #undo(id: Id): void {
    const waiting = this.#waiting.get(id);
    this.takeBack(id);
    waiting?.back();
  }

  /** Leaves something where it is after all. */
  takeBack(id: Id): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    this.#toasts.drop(waiting.toast);
  }

  /** Does all that waits, without waiting any longer. */
  async finish(): Promise<void> {
    const waiting = [...this.#waiting];
    for (const [, { toast }] of waiting) this.#toasts.drop(toast);
    await Promise.all(waiting.map(([id]) => this.#finish(id)));
  }

  /** Another library has come, where the same ids are other things: nothing is removed. */
  clear(): void {
    for (const id of [...this.#waiting.keys()]) this.takeBack(id);
  }

  async #finish(id: Id): Promise<void> {
    const waiting = this.#waiting.get(id);
    // Its toast may go while it is done anyway.
    if (!waiting || this.#running.has(id)) return;
    this.#running.add(id);
    try {
      await waiting.remove();
    } catch (thrown) {
      this.#toasts.fault(thrown);
    } finally {
      this.#running.delete(id);
      this.#waiting.delete(id);
    }
  }
}
