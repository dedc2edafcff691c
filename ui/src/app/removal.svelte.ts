import { asFault } from "../backend/fault";
import type { Document, DocumentId, Room, RoomId } from "../backend/bindings";
import { focusOn } from "../design/focus";
import { t } from "../i18n/i18n.svelte";
import type { Session } from "./session.svelte";

/** Something that was removed, and can be brought back until the app closes. */
type Removed =
  { what: "documents"; documents: DocumentId[]; room: RoomId } | { what: "room"; room: RoomId; name: string };

/** Removing at once, without a question, and taking it back. */
export class Removal {
  /** What was removed last, and by which toast it is told. */
  #last = $state.raw<{ removed: Removed; toast: number } | null>(null);
  /** Whether there is something to take back. */
  readonly canUndo = $derived(this.#last !== null);
  #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async documents(documents: Document[]): Promise<void> {
    const session = this.#session;
    const removed: Document[] = [];
    await session.attempt(async () => {
      try {
        for (const document of documents) {
          await session.library.remove(document.document);
          session.documentRemoved(document.document);
          removed.push(document);
        }
      } finally {
        // Those that went before one could not be removed can be brought back as well.
        this.#tellDocuments(removed);
      }
    });
  }

  #tellDocuments(removed: Document[]): void {
    const [first] = removed;
    if (!first) return;
    const what = { what: "documents", documents: removed.map(({ document }) => document) } as const;
    const title =
      removed.length === 1
        ? t("app.removed.title", { name: first.title })
        : t("app.removed.several", { n: removed.length });
    this.#tell({ ...what, room: first.room }, title, t("app.removed.file", { n: removed.length }));
  }

  async room(room: Room): Promise<void> {
    const session = this.#session;
    await session.attempt(async () => {
      await session.rooms.remove(room.room);
      this.#tell(
        { what: "room", room: room.room, name: room.name },
        t("app.removed.title", { name: room.name }),
        room.documents > 0
          ? t("app.removed.documents", { n: room.documents })
          : t("app.removed.conversations"),
      );
      if (session.rooms.currentId === room.room) await session.enter(session.rooms.list[0]?.room ?? null);
    });
  }

  /** Takes the last removal back. */
  async undo(): Promise<void> {
    if (this.#last) await this.#bringBack(this.#last.removed, this.#last.toast);
  }

  /** Forgets what could be taken back. */
  clear(): void {
    this.#last = null;
  }

  #tell(removed: Removed, title: string, text: string): void {
    const toast: number = this.#session.toasts.show("info", title, text, {
      label: t("app.removed.bringBack"),
      testid: "undo",
      run: () => void this.#bringBack(removed, toast),
    });
    this.#last = { removed, toast };
  }

  async #bringBack(removed: Removed, toast: number): Promise<void> {
    const session = this.#session;
    const { backend, rooms, library } = session;
    const before = this.#last;
    if (before?.toast === toast) this.#last = null;
    session.toasts.close(toast);
    try {
      if (removed.what === "room") await backend.roomBringBack(removed.room);
      else for (const document of removed.documents) await backend.documentBringBack(document);
    } catch (thrown) {
      // What is gone for good need not be offered again.
      if (asFault(thrown).code !== "not_found") this.#last ??= before;
      session.toasts.fault(thrown);
      return;
    }
    await session.attempt(async () => {
      if (removed.what === "room") await rooms.load();
      if (removed.room === rooms.currentId) await library.open(removed.room);
      else await session.enter(removed.room);
      session.screen = "library";
      if (removed.what === "room") return this.#sayName(removed.name);
      library.wanted = removed.documents[0] ?? null;
    });
  }

  /** The name may have been given to another room meanwhile. */
  #sayName(before: string): void {
    const name = this.#session.rooms.current?.name;
    if (name && name !== before)
      this.#session.toasts.show(
        "info",
        t("app.removed.renamed", { before, name }),
        t("app.removed.renamedWhy"),
      );
    focusOn("[data-room] [aria-current=page]");
  }
}
