import { adviceOf, asFault, titleOf } from "../backend/fault";

export interface Toast {
  id: number;
  kind: "good" | "info" | "bad";
  title: string;
  text: string | null;
}

const LIFE_MS = { good: 4000, info: 6000, bad: 12000 };
const MOST = 4;

/** The news on show; old ones leave by themselves. */
export class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  show(kind: Toast["kind"], title: string, text: string | null = null): void {
    const toast = { id: this.#next++, kind, title, text };
    this.list = [...this.list, toast].slice(-MOST);
    this.release(toast.id);
  }

  /** Tells what went wrong, in its own words where it has some. */
  fault(thrown: unknown): void {
    const fault = asFault(thrown);
    if (fault.code === "cancelled") return;
    this.show("bad", titleOf(fault.code), fault.message || adviceOf(fault.code));
  }

  close(id: number): void {
    this.hold(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Keeps one on show. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** Lets one go in its time. */
  release(id: number): void {
    this.hold(id);
    const toast = this.list.find((other) => other.id === id);
    if (toast)
      this.#timers.set(
        id,
        setTimeout(() => this.close(id), LIFE_MS[toast.kind]),
      );
  }
}
