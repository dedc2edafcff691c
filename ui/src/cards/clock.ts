/** Minutes that this clock is ahead of UTC: the shell tells the day of study by it. */
export const utcOffset = (): number => -new Date().getTimezoneOffset();

/** Longest time that a timer can wait for, in milliseconds. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** Does something at a moment, which may be over; a moment that is very far away is waited for in steps. */
export class Alarm {
  #timer: ReturnType<typeof setTimeout> | undefined;

  set(at: number, ring: () => void): void {
    this.clear();
    const wait = Math.max(0, at - Date.now());
    const isFar = wait > LONGEST_WAIT_MS;
    this.#timer = setTimeout(isFar ? () => this.set(at, ring) : ring, Math.min(wait, LONGEST_WAIT_MS));
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}
