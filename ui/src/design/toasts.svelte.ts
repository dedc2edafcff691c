import { asFault, detailOf, textOf, titleOf } from "../backend/fault";

export interface Toast {
  id: number;
  kind: "good" | "info" | "bad";
  title: string;
  text: string | null;
  /** What the shell said in its own language, where the text is in another. */
  detail?: string | null;
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
  /** What follows once a toast has gone by itself or was sent away. */
  #gone = new Map<number, () => void>();

  /** The number that comes back closes it. `gone` is called when it goes, unless its action was taken. */
  show(
    kind: Toast["kind"],
    title: string,
    text: string | null = null,
    action: ToastAction | null = null,
    gone: (() => void) | null = null,
  ): number {
    const toast = { id: this.#next++, kind, title, text, action };
    const tooMany = this.list.slice(0, Math.max(0, this.list.length + 1 - MOST));
    this.list = [...this.list, toast];
    if (gone) this.#gone.set(toast.id, gone);
    for (const { id } of tooMany) this.close(id);
    this.release(toast.id);
    return toast.id;
  }

  /** Tells what went wrong, in its own words where it has some. */
  fault(thrown: unknown): void {
    const fault = asFault(thrown);
    if (fault.code === "cancelled") return;
    const id = this.show("bad", titleOf(fault.code), textOf(fault));
    const detail = detailOf(fault);
    if (detail) this.list = this.list.map((toast) => (toast.id === id ? { ...toast, detail } : toast));
  }

  close(id: number): void {
    const gone = this.#gone.get(id);
    this.drop(id);
    gone?.();
  }

  /** Takes one off the screen, and nothing follows from that. */
  drop(id: number): void {
    this.hold(id);
    this.#gone.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Does what can be done about the news, and closes them. */
  act({ id, action }: Toast): void {
    this.drop(id);
    action?.run();
  }

  clear(): void {
    for (const { id } of this.list) this.drop(id);
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
