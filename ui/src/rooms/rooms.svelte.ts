import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import type { Fault, Room, RoomId } from "../backend/bindings";
import { Fold } from "./fold.svelte";

/** The rooms of the library and the one that is open. */
export class Rooms {
  list = $state.raw<Room[]>([]);
  loaded = $state(false);
  currentId = $state<RoomId | null>(null);
  /** Whether the field for a new room is open. */
  naming = $state(false);
  /** How the rail that shows them is. */
  readonly fold = new Fold();
  readonly current = $derived(this.list.find((room) => room.room === this.currentId) ?? null);
  #backend: Backend;
  #asked = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async load(): Promise<void> {
    const mine = ++this.#asked;
    const list = await this.#backend.roomsList();
    if (mine !== this.#asked) return;
    this.list = list;
    this.loaded = true;
  }

  /** As before a library was there. */
  clear(): void {
    this.#asked += 1;
    this.list = [];
    this.loaded = false;
    this.currentId = null;
    this.naming = false;
  }

  /** Makes a room; the fault comes back where the name can't be used. */
  async create(name: string): Promise<Room | Fault> {
    try {
      const room = await this.#backend.roomCreate(name.trim());
      // A rooms-changed may have brought it already.
      if (!this.list.some((other) => other.room === room.room)) this.list = [...this.list, room];
      return room;
    } catch (thrown) {
      return asFault(thrown);
    }
  }

  async rename(id: RoomId, name: string): Promise<Fault | null> {
    const before = this.list;
    const wanted = name.trim();
    this.list = before.map((room) => (room.room === id ? { ...room, name: wanted } : room));
    try {
      await this.#backend.roomRename(id, wanted);
      return null;
    } catch (thrown) {
      this.list = before;
      return asFault(thrown);
    }
  }

  /** Puts a room before another one, or behind all; it stands there at once. */
  async place(id: RoomId, before: RoomId | null): Promise<void> {
    const kept = this.list;
    const moved = kept.filter(({ room }) => room === id);
    const others = kept.filter(({ room }) => room !== id);
    const at = before === null ? others.length : others.findIndex(({ room }) => room === before);
    this.list = [...others.slice(0, at), ...moved, ...others.slice(at)];
    try {
      this.list = await this.#backend.roomPlace(id, before);
    } catch (thrown) {
      this.list = kept;
      throw asFault(thrown);
    }
  }

  /** Gives a room another colour, on show at once. */
  async colour(id: RoomId, hue: number): Promise<void> {
    const kept = this.list;
    this.list = kept.map((room) => (room.room === id ? { ...room, hue } : room));
    try {
      await this.#backend.roomColour(id, hue);
    } catch (thrown) {
      this.list = kept;
      throw asFault(thrown);
    }
  }

  async remove(id: RoomId): Promise<void> {
    await this.#backend.roomRemove(id);
    this.list = this.list.filter((room) => room.room !== id);
  }
}
