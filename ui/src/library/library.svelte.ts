import { SvelteMap } from "svelte/reactivity";

import type { Backend } from "../backend/backend";
import { asFault, textOf } from "../backend/fault";
import type { Document, DocumentId, ImportOutcome, Language, Recognition, RoomId } from "../backend/bindings";
import { byHand, newest } from "./arrange";
import { Arrangement } from "./arrangement.svelte";
import { Carry } from "./carry.svelte";
import { Selection } from "./selection.svelte";
import { Shelf, type Shelved } from "./shelf.svelte";
import { waiting } from "./words";

/** From so many documents on, a list is shown only after a breath. */
const MANY = 500;

/** A file that was not taken, and why. */
export interface NotAdded {
  path: string;
  reason: string;
}

/** The documents of the open room, live, and what the last imports left out. */
export class Library {
  loading = $state(false);
  notAdded = $state.raw<NotAdded[]>([]);
  /** Files that are on their way into the room but have no card yet. */
  taking = $state(0);
  readonly shelf = new Shelf();
  /** New editions that are being read, in any room, by the document that each will replace. */
  readonly editions = new SvelteMap<DocumentId, Shelved>();
  /** What text recognition can do here; null until that was asked. */
  recognition = $state.raw<Recognition | null>(null);
  /** In no order. */
  readonly all = $derived([...this.shelf.values()]);
  /** The newest first. */
  readonly documents = $derived(this.all.toSorted(newest));
  /** The same in the person's own order. */
  readonly byHand = $derived(this.all.toSorted(byHand));
  readonly arrangement = new Arrangement();
  readonly selection = new Selection<DocumentId>();
  readonly carry = new Carry();
  /** A document that is to be shown and to get the focus as soon as it is there. */
  wanted = $state<DocumentId | null>(null);
  readonly atWork = $derived(this.all.filter(({ document }) => isAtWork(document)));
  #room: RoomId | null = null;
  /** The files of new editions, in case one needs its password. */
  #editionFiles = new Map<DocumentId, string>();
  /** When each document was last told of, counted in things told. */
  #told = new Map<DocumentId, number>();
  #time = 0;
  #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async open(room: RoomId | null): Promise<void> {
    if (room !== this.#room) {
      this.shelf.clear();
      this.notAdded = [];
      this.#leave();
    }
    this.#room = room;
    if (room === null) return;
    this.loading = this.shelf.size === 0;
    const asked = this.#time;
    try {
      const documents = await this.#backend.documentsList(room);
      // To receive so many was work enough for one go.
      if (documents.length > MANY) await new Promise((done) => setTimeout(done));
      if (this.#room !== room) return;
      // What was told of meanwhile may be newer than the list, and if it is older, more will be told.
      const isNews = (id: DocumentId) => (this.#told.get(id) ?? 0) <= asked;
      const known = new Set(documents.map((document) => document.document));
      this.shelf.change((held) => {
        for (const id of [...held.keys()]) if (!known.has(id) && isNews(id)) held.delete(id);
        for (const document of documents)
          if (isNews(document.document)) this.#put(document, held.get(document.document)?.eta ?? null, held);
      });
    } finally {
      if (this.#room === room) this.loading = false;
    }
  }

  /** As before a library was there. */
  clear(): void {
    this.#room = null;
    this.shelf.clear();
    this.editions.clear();
    this.#editionFiles.clear();
    this.#told.clear();
    this.notAdded = [];
    this.loading = false;
    this.#leave();
  }

  #leave(): void {
    this.selection.clear();
    this.selection.current = null;
    this.arrangement.query = "";
    this.carry.end();
    this.wanted = null;
  }

  /** A document as it stands now. */
  apply(document: Document, eta: number | null): void {
    this.#told.set(document.document, ++this.#time);
    this.#put(document, eta, this.shelf);
  }

  #put(document: Document, eta: number | null, held: Pick<Shelf, "set">): void {
    if (document.replaces !== null) this.editions.set(document.replaces, { document, eta });
    else if (document.room === this.#room) held.set(document.document, { document, eta });
  }

  /** A document, or a new edition, is gone; an edition also when it has taken its place. */
  forget(document: DocumentId): void {
    this.#told.set(document, ++this.#time);
    this.shelf.delete(document);
    this.selection.keep((id) => this.shelf.has(id));
    for (const [of, edition] of this.editions)
      if (edition.document.document === document) this.editions.delete(of);
  }

  /** Takes files into a room; says what came of it. Files that can't be taken are listed in the library. */
  async take(room: RoomId, paths: string[]): Promise<ImportOutcome[]> {
    if (paths.length === 0) return [];
    this.taking += paths.length;
    try {
      const outcomes = await this.#backend.importPaths(room, paths);
      if (room === this.#room) {
        const failed = outcomes.flatMap(({ path, error }) =>
          error ? [{ path, reason: textOf(error) }] : [],
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

  /** Lets a file be chosen that becomes the new edition of a document. */
  async pickEdition(id: DocumentId): Promise<void> {
    const [path] = await this.pick();
    if (path !== undefined) await this.replace(id, path);
  }

  /** Takes a file as the new edition of a document, which stays as it is until the new one has been read. */
  async replace(id: DocumentId, path: string, password?: string): Promise<void> {
    await this.#backend.documentReplace(id, path, password);
    this.#editionFiles.set(id, path);
  }

  /** Tries once more with a new edition that could not be read for want of its password, if its file is known. */
  unlockEdition({ document, state, code }: Document): ((password: string) => Promise<void>) | null {
    const path = this.#editionFiles.get(document);
    if (path === undefined || state !== "complete" || code !== "encrypted") return null;
    return (password) => this.replace(document, path, password);
  }

  /** What was just added from a file becomes the new edition of an older document instead. */
  async replaceInstead(old: DocumentId, added: DocumentId, path: string): Promise<void> {
    // No room holds the same file twice.
    await this.#backend.documentRemove(added);
    try {
      await this.replace(old, path);
    } catch (thrown) {
      await this.#backend.documentBringBack(added);
      throw thrown;
    }
    this.forget(added);
  }

  /** Asks what text recognition can do here; where it was missing before, it is looked for again. */
  async lookForRecognition(): Promise<Recognition> {
    this.recognition = await this.#backend.recognition();
    return this.recognition;
  }

  /** Recognises the pages of a document that wait for it. */
  async recogniseWaiting({ document, code, languages }: Document): Promise<void> {
    // Where it was stopped or failed, it goes on from there.
    if (code === "native_part_missing") await this.recognise(document, languages?.split("+") ?? []);
    else await this.#backend.documentRetry(document);
  }

  /** Recognises all scanned pages, again if they were; in languages that are found out when none is given. */
  async recognise(id: DocumentId, languages: Language[]): Promise<void> {
    await this.#backend.documentRecognise(id, languages);
  }

  /** Gives a document another title, on show at once; the old one comes back if that fails. */
  async rename(id: DocumentId, title: string): Promise<void> {
    await this.#change(id, { title }, () => this.#backend.documentRename(id, title));
  }

  /** Gives a document these tags in place of those that it had. */
  async tag(id: DocumentId, tags: string[]): Promise<void> {
    await this.#change(id, { tags }, () => this.#backend.documentTag(id, tags));
  }

  /** Puts documents, in their order, before another one of this room, or behind all. */
  async place(ids: DocumentId[], before: DocumentId | null): Promise<void> {
    const room = this.#room;
    if (room === null) return;
    const kept = this.byHand.map(({ document }) => document.document);
    const others = kept.filter((id) => !ids.includes(id));
    const at = before === null ? others.length : others.indexOf(before);
    this.#number([...others.slice(0, at), ...ids, ...others.slice(at)]);
    try {
      for (const id of ids) await this.#backend.documentPlace(id, room, before);
    } catch (thrown) {
      this.#number(kept);
      throw asFault(thrown);
    }
    // Others may have made room.
    await this.open(room);
  }

  /** Shows documents in an order at once. */
  #number(order: DocumentId[]): void {
    this.shelf.change((held) => {
      for (const [position, id] of order.entries()) {
        const one = held.get(id);
        if (one) held.set(id, { ...one, document: { ...one.document, position } });
      }
    });
  }

  /** Moves a document to another room, behind or before one of it. */
  async move(id: DocumentId, room: RoomId, before: DocumentId | null): Promise<void> {
    const moved = await this.#backend.documentPlace(id, room, before);
    if (moved.room === this.#room) this.apply(moved, null);
    else this.forget(id);
  }

  async #change(id: DocumentId, over: Partial<Document>, run: () => Promise<Document>): Promise<void> {
    const kept = this.shelf.get(id);
    if (kept) this.shelf.set(id, { ...kept, document: { ...kept.document, ...over } });
    try {
      this.apply(await run(), kept?.eta ?? null);
    } catch (thrown) {
      if (kept) this.shelf.set(id, kept);
      throw asFault(thrown);
    }
  }

  /** Removes a document; its card goes at once and comes back if that fails. */
  async remove(id: DocumentId): Promise<void> {
    const kept = this.shelf.get(id);
    this.shelf.delete(id);
    this.selection.keep((other) => other !== id);
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

/** Whether it is done but for pages whose text could be recognised. */
export const isWaiting = ({ state, ledger }: Document): boolean =>
  state === "complete" && waiting(ledger) > 0;
