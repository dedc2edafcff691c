import type { DocumentId } from "../backend/bindings";
import type { ReadingPlace, Viewer } from "../read/viewer.svelte";

/** As many closed documents as can be opened again. */
const REMEMBERED = 20;

/** The documents of a room that lie open, in the order of their tabs, each where reading stood. */
export class OpenDocuments {
  list = $state.raw<ReadingPlace[]>([]);
  #closed: ReadingPlace[] = [];
  #viewer: Viewer;

  constructor(viewer: Viewer) {
    this.#viewer = viewer;
  }

  /** The document that the viewer shows. */
  get current(): DocumentId | null {
    return this.#viewer.open?.document ?? null;
  }

  /** All of them, with where reading stands in the one on show. */
  get places(): ReadingPlace[] {
    const now = this.#viewer.place();
    return this.list.map((place) => (now?.document === place.document ? now : place));
  }

  /** Notes where reading stands, before the viewer shows something else. */
  keep(): void {
    this.list = this.places;
  }

  /** A document gets a tab behind the one on show. */
  add(place: ReadingPlace): void {
    if (this.list.some(({ document }) => document === place.document)) return;
    const at = this.list.findIndex(({ document }) => document === this.current);
    this.list = this.list.toSpliced(at < 0 ? this.list.length : at + 1, 0, place);
  }

  find(document: DocumentId): ReadingPlace | null {
    return this.list.find((place) => place.document === document) ?? null;
  }

  /** Takes a document's tab away; which one is shown in its place is given back. */
  remove(document: DocumentId, again = true): ReadingPlace | null {
    this.keep();
    const at = this.list.findIndex((place) => place.document === document);
    const place = this.list[at];
    if (!place) return null;
    if (again) this.#closed = [...this.#closed, place].slice(-REMEMBERED);
    this.list = this.list.toSpliced(at, 1);
    return this.list[at] ?? this.list[at - 1] ?? null;
  }

  get canReopen(): boolean {
    return this.#closed.length > 0;
  }

  /** The one that was closed last; it is not among them any more. */
  reopened(): ReadingPlace | null {
    return this.#closed.pop() ?? null;
  }

  /** Moves a tab to another place, from 0. */
  move(document: DocumentId, to: number): void {
    const from = this.list.findIndex((place) => place.document === document);
    const place = this.list[from];
    if (!place || to < 0 || to >= this.list.length) return;
    this.list = this.list.toSpliced(from, 1).toSpliced(to, 0, place);
  }

  rename(document: DocumentId, title: string): void {
    if (!this.list.some((place) => place.document === document && place.title !== title)) return;
    this.list = this.list.map((place) => (place.document === document ? { ...place, title } : place));
  }

  /** Another room, with what lay open in it. */
  replace(places: ReadingPlace[]): void {
    this.list = places;
    this.#closed = [];
  }
}
