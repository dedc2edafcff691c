import { SvelteMap } from "svelte/reactivity";

import type { Backend } from "../backend/backend";
import { adviceOf, asFault } from "../backend/fault";
import type { Document, DocumentId, ImportOutcome, RoomId } from "../backend/bindings";

/** A file that was not taken, and why. */
export interface NotAdded {
  path: string;
  reason: string;
}

/** A document and how long it still takes, in milliseconds, as far as that can be told. */
export interface Shelved {
  document: Document;
  eta: number | null;
}

/** The documents of the open room, live, and what the last imports left out. */
export class Library {
  loading = $state(false);
  notAdded = $state.raw<NotAdded[]>([]);
  /** Files that are on their way into the room but have no card yet. */
  taking = $state(0);
  readonly shelf = new SvelteMap<DocumentId, Shelved>();
  readonly documents = $derived(
    [...this.shelf.values()].sort(
      (a, b) => b.document.added - a.document.added || b.document.document - a.document.document,
    ),
  );
  readonly atWork = $derived(this.documents.filter(({ document }) => isAtWork(document)));
  #room: RoomId | null = null;
  #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async open(room: RoomId | null): Promise<void> {
    if (room !== this.#room) {
      this.shelf.clear();
      this.notAdded = [];
    }
    this.#room = room;
    if (room === null) return;
    this.loading = this.shelf.size === 0;
    try {
      const documents = await this.#backend.documentsList(room);
      if (this.#room !== room) return;
      const known = new Set(documents.map((document) => document.document));
      for (const id of this.shelf.keys()) if (!known.has(id)) this.shelf.delete(id);
      for (const document of documents) this.apply(document, this.shelf.get(document.document)?.eta ?? null);
    } finally {
      if (this.#room === room) this.loading = false;
    }
  }

  /** A document as it stands now. */
  apply(document: Document, eta: number | null): void {
    if (document.room === this.#room) this.shelf.set(document.document, { document, eta });
  }

  forget(document: DocumentId): void {
    this.shelf.delete(document);
  }

  /** Takes files into a room; says what came of it. Files that can't be taken are listed in the library. */
  async take(room: RoomId, paths: string[]): Promise<ImportOutcome[]> {
    if (paths.length === 0) return [];
    this.taking += paths.length;
    try {
      const outcomes = await this.#backend.importPaths(room, paths);
      if (room === this.#room) {
        const failed = outcomes.flatMap(({ path, error }) =>
          error ? [{ path, reason: error.message || adviceOf(error.code) }] : [],
        );
        this.notAdded = [...failed, ...this.notAdded];
        await this.open(room);
      }
      return outcomes;
    } finally {
      this.taking -= paths.length;
    }
  }

  async pick(): Promise<string[]> {
    return this.#backend.pickFiles();
  }

  pause = (id: DocumentId) => this.#backend.documentPause(id);
  resume = (id: DocumentId) => this.#backend.documentResume(id);
  cancel = (id: DocumentId) => this.#backend.documentCancel(id);

  async retry(id: DocumentId, password?: string): Promise<void> {
    await this.#backend.documentRetry(id, password);
  }

  /** Removes a document; its card goes at once and comes back if that fails. */
  async remove(id: DocumentId): Promise<void> {
    const kept = this.shelf.get(id);
    this.shelf.delete(id);
    try {
      await this.#backend.documentRemove(id);
    } catch (thrown) {
      if (kept) this.shelf.set(id, kept);
      throw asFault(thrown);
    }
  }
}

/** Whether the intake is busy with it or will be. */
export const isAtWork = ({ state }: Document): boolean =>
  state === "queued" || state === "reading" || state === "embedding" || state === "recognising";

/** Whether all of its text can be found by words already. */
export const isSearchable = (document: Document): boolean =>
  document.state === "complete" ||
  document.state === "embedding" ||
  document.state === "recognising" ||
  (document.state === "paused" && document.pages !== null && document.pages_read >= document.pages);
