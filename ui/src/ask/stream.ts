/** Runs something at the next frame. */
export type Schedule = (run: () => void) => void;

const nextFrame: Schedule = (run) => {
  // A hidden window draws no frames, but the text must not wait for it.
  if (document.hidden) setTimeout(run, 100);
  else requestAnimationFrame(run);
};

/** Gathers pieces of text and hands them on once a frame, however many came in between. */
export class Stream {
  #waiting = "";
  #scheduled = false;

  constructor(
    private readonly write: (text: string) => void,
    private readonly schedule: Schedule = nextFrame,
  ) {}

  push(text: string): void {
    this.#waiting += text;
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.schedule(() => {
      this.#scheduled = false;
      this.flush();
    });
  }

  flush(): void {
    if (!this.#waiting) return;
    const text = this.#waiting;
    this.#waiting = "";
    this.write(text);
  }
}
