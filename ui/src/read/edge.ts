/** How near to the edge a drag scrolls, and how far at most in a frame, in CSS pixels. */
const NEAR = 40;
const FASTEST = 18;

/** Scrolls what is dragged over as long as the pointer is held near its upper or lower edge. */
export class EdgeScroll {
  #view: Element | null;
  #moved: () => void;
  #y = 0;
  #frame = 0;

  /** `moved` hears of each step. */
  constructor(view: Element | null, moved: () => void) {
    this.#view = view;
    this.#moved = moved;
  }

  /** Where the pointer is, in the window. */
  at(y: number): void {
    this.#y = y;
    if (this.#frame === 0 && this.#speed() !== 0) this.#frame = requestAnimationFrame(() => this.#step());
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #speed(): number {
    const box = this.#view?.getBoundingClientRect();
    if (!box) return 0;
    const beyond = Math.min(0, this.#y - box.top - NEAR) + Math.max(0, this.#y - box.bottom + NEAR);
    return Math.max(-FASTEST, Math.min(FASTEST, beyond / 2));
  }

  #step(): void {
    const speed = this.#speed();
    this.#frame = 0;
    if (speed === 0 || !this.#view) return;
    const before = this.#view.scrollTop;
    this.#view.scrollTop += speed;
    if (this.#view.scrollTop === before) return;
    this.#moved();
    this.#frame = requestAnimationFrame(() => this.#step());
  }
}
