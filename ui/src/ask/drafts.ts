import type { ConversationId, RoomId } from "../backend/bindings";

const KEPT = "drafts";
/** So many are kept: those that were written last. */
const MOST = 40;
/** A pause in typing behind which they are stored. */
const PAUSE_MS = 300;

/** What is being written: in a conversation, or in a room where none has begun. */
export const draftKey = (room: RoomId | null, conversation: ConversationId | null): string =>
  conversation ?? `room-${room ?? "none"}`;

/** Questions that were begun and not asked, by where they are written. They outlive the window. */
export class Drafts {
  #texts: Map<string, string>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#texts = read();
  }

  of(key: string): string {
    return this.#texts.get(key) ?? "";
  }

  keep(key: string, text: string): void {
    this.#texts.delete(key);
    if (text.trim()) this.#texts.set(key, text);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= MOST) break;
      this.#texts.delete(oldest);
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#store(), PAUSE_MS);
  }

  #store(): void {
    try {
      localStorage.setItem(KEPT, JSON.stringify([...this.#texts]));
    } catch {
      // A window without storage keeps them as long as it is open.
    }
  }
}

function read(): Map<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return new Map(Array.isArray(kept) ? kept.filter(isDraft) : []);
  } catch {
    return new Map();
  }
}

const isDraft = (kept: unknown): kept is [string, string] =>
  Array.isArray(kept) && typeof kept[0] === "string" && typeof kept[1] === "string";
