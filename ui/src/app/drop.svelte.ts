import type { Drag } from "../backend/backend";
import type { RoomId } from "../backend/bindings";

/** Which room lies under a point of the window; none outside the rail. */
export type RoomAt = (x: number, y: number) => RoomId | null;

const roomInRail: RoomAt = (x, y) => {
  const item = document.elementFromPoint?.(x, y)?.closest<HTMLElement>("[data-room]");
  return item ? Number(item.dataset.room) : null;
};

/** Files held over the window: how many, and the room that would take them. */
export class Drop {
  paths = $state.raw<string[]>([]);
  over = $state(false);
  /** The room in the rail under the pointer. */
  pointed = $state<RoomId | null>(null);
  #take: (paths: string[], room: RoomId | null) => void;
  #roomAt: RoomAt;

  constructor(take: (paths: string[], room: RoomId | null) => void, roomAt: RoomAt = roomInRail) {
    this.#take = take;
    this.#roomAt = roomAt;
  }

  drag(drag: Drag): void {
    if (drag.type === "leave") return this.#end();
    this.pointed = this.#roomAt(drag.x, drag.y);
    if (drag.type === "over") return;
    if (drag.type === "enter") {
      // Text or a picture dragged from another window carries no files.
      this.paths = drag.paths;
      this.over = drag.paths.length > 0;
      return;
    }
    const room = this.pointed;
    this.#end();
    if (drag.paths.length > 0) this.#take(drag.paths, room);
  }

  #end(): void {
    this.over = false;
    this.paths = [];
    this.pointed = null;
  }
}
