import type { Backend } from "../backend/backend";
import type { Counts, RoomDue, RoomId } from "../backend/bindings";
import { Alarm, utcOffset } from "./clock";

/** All cards of these counts. */
export const sum = ({ learning, review, new: fresh }: Counts): number => learning + review + fresh;

/** How many cards wait today, in every room. Asked for when something may have changed it, never at intervals. */
export class Due {
  list = $state.raw<RoomDue[]>([]);
  #backend: Backend;
  #asked = 0;
  #alarm = new Alarm();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  of(room: RoomId): number {
    const found = this.list.find((other) => other.room === room);
    return found ? sum(found.counts) : 0;
  }

  async load(): Promise<void> {
    const mine = ++this.#asked;
    try {
      const list = await this.#backend.cardsDue(utcOffset());
      if (mine !== this.#asked) return;
      this.list = list;
      // A day of study begins in some room: others wait then.
      if (list.length > 0)
        this.#alarm.set(Math.min(...list.map(({ until }) => until)), () => void this.load());
    } catch {
      // The numbers beside the rooms are a courtesy: what is wrong with the library is said elsewhere.
    }
  }

  clear(): void {
    this.#asked += 1;
    this.#alarm.clear();
    this.list = [];
  }
}
