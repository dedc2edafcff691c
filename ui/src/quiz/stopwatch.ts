/** Measures how long something is looked at; a change of the computer's date makes no difference to it. */
export class Stopwatch {
  #before = 0;
  #since: number | null = null;

  run(): void {
    this.#since ??= performance.now();
  }

  pause(): void {
    this.#before = this.read();
    this.#since = null;
  }

  /** Back to nothing; goes on if it was running. */
  reset(): void {
    this.#before = 0;
    if (this.#since !== null) this.#since = performance.now();
  }

  /** Whole milliseconds so far. */
  read(): number {
    return Math.round(this.#before + (this.#since === null ? 0 : performance.now() - this.#since));
  }
}
