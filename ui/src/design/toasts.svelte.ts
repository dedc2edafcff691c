import { adviceOf, asFault, titleOf } from "../backend/fault";

export interface Toast {
  id: number;
  kind: "good" | "info" | "bad";
  title: string;
  text: string | null;
  /** What can be done about it; the toast goes when it is done. */
  action: ToastAction | null;
}

export interface ToastAction {
  label: string;
  testid?: string;
  run: () => void;
}

const LIFE_MS = { good: 4000, info: 6000, bad: 12000 };
/** Time enough to read it and to get there. */
const LIFE_WITH_ACTION_MS = 8000;
const MOST = 4;

/** The news on show; old ones leave by themselves. */
export class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /** The number that comes back closes it. */
  show(
    kind: Toast["kind"],
    title: string,
    text: string | null = null,
    action: ToastAction | null = null,
  ): number {
    const toast = { id: this.#next++, kind, title, text, action };
    this.list = [...this.list, toast].slice(-MOST);
    this.release(toast.id);
    return toast.id;
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

  clear(): void {
    for (const { id } of this.list) this.close(id);
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
    if (!toast) return;
    const life = toast.action ? Math.max(LIFE_WITH_ACTION_MS, LIFE_MS[toast.kind]) : LIFE_MS[toast.kind];
    this.#timers.set(
      id,
      setTimeout(() => this.close(id), life),
    );
  }
}
