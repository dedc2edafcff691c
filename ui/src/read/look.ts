import type { DocumentId } from "../backend/bindings";

type Tell = (document: DocumentId | null, page: number) => Promise<unknown>;

const PAUSE_MS = 1000;

/** Tells what somebody looks at: the first at once, then the last of each second. */
export class Look {
  #tell: Tell;
  #told: { document: DocumentId | null; page: number } = { document: null, page: 1 };
  #now = this.#told;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #telling: Promise<unknown> = Promise.resolve();

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  /** This page of this document; null when it is closed. */
  at(document: DocumentId | null, page: number): void {
    this.#now = { document, page };
    if (this.#timer === null) this.#pass();
  }

  #pass(): void {
    this.#timer = null;
    const { document, page } = this.#now;
    if (document === this.#told.document && page === this.#told.page) return;
    this.#told = this.#now;
    this.#timer = setTimeout(() => this.#pass(), PAUSE_MS);
    // It only puts work in another order: if it fails, nobody misses anything.
    this.#telling = this.#tell(document, page).catch(() => {});
  }

  /** Tells the last one now, and is over when that is known: what was looked at before it is stored by then. */
  async settle(): Promise<void> {
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
      this.#pass();
    }
    await this.#telling;
  }
}
