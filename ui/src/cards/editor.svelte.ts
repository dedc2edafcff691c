import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import type { Citation, Face, Fault, Medium, NewNote, Note, NoteKind, RoomId } from "../backend/bindings";

/** What a note that is written is begun with. */
export interface Start {
  front?: string;
  back?: string;
  kind?: NoteKind;
  source?: Citation | null;
}

type Field = "front" | "back" | "note";

/** A pause in typing behind which it is shown how the card will look. */
const PAUSE_MS = 150;
const GAP_NUMBER = /\{\{c(\d+)::/g;

/** A note that is written, or written anew. */
export class NoteEditor {
  kind = $state<NoteKind>("basic");
  front = $state("");
  back = $state("");
  extra = $state("");
  tags = $state("");
  busy = $state(false);
  fault = $state.raw<Fault | null>(null);
  /** How its cards look. */
  faces = $state.raw<Face[]>([]);
  media = $state.raw<Medium[]>([]);
  /** How many were saved one after the other. */
  saved = $state(0);
  /** The note that is changed; null for a new one. */
  readonly note: Note | null;
  readonly source: Citation | null;
  /** Which field the fault is about. */
  readonly at = $derived.by<Field | null>(() => {
    if (!this.fault) return null;
    if (this.fault.code !== "invalid") return "note";
    if (!this.front.trim()) return "front";
    if (this.kind === "cloze") return gapNumbers(this.front).length === 0 ? "front" : "note";
    return this.back.trim() ? "note" : "back";
  });
  #backend: Backend;
  #room: RoomId;
  #before: string;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend, room: RoomId, start: Start | Note) {
    this.#backend = backend;
    this.#room = room;
    this.note = "note" in start ? start : null;
    this.source = start.source ?? null;
    this.front = start.front ?? "";
    this.back = start.back ?? "";
    this.kind = start.kind ?? (gapNumbers(this.front).length > 0 && !this.back ? "cloze" : "basic");
    if ("note" in start) {
      this.extra = start.extra;
      // A leech is tagged by the app, as long as it is one.
      this.tags = start.tags.filter((tag) => tag !== "leech").join(" ");
      void this.#backend.noteMedia(start.note).then(
        (media) => (this.media = media),
        // Without its pictures a note can be changed as well.
        () => {},
      );
    }
    this.#before = this.#written();
    void this.#preview();
  }

  /** Whether something was written that is not stored. */
  get dirty(): boolean {
    return this.#written() !== this.#before;
  }

  #written = (): string => JSON.stringify([this.front, this.back, this.extra, this.tags]);

  /** Something was typed or chosen. */
  changed(): void {
    this.fault = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#preview(), PAUSE_MS);
  }

  choose(kind: NoteKind): void {
    this.kind = kind;
    this.changed();
  }

  /** Makes a gap of the words from one place in the front to another; where they then end. */
  markGap(from: number, to: number): number {
    this.kind = "cloze";
    const number = Math.max(0, ...gapNumbers(this.front)) + 1;
    const gap = `{{c${number}::${this.front.slice(from, to)}}}`;
    this.front = this.front.slice(0, from) + gap + this.front.slice(to);
    this.changed();
    // Where no words were chosen, they are typed within.
    return from + gap.length - (from === to ? 2 : 0);
  }

  /** Stores it. True when that is done. */
  async save(): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.fault = null;
    try {
      if (this.note) await this.#backend.noteEdit(this.note.note, this.#text());
      else await this.#backend.noteAdd(this.#room, this.#text());
      this.saved += 1;
      this.#before = this.#written();
      return true;
    } catch (thrown) {
      this.fault = asFault(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Begins another note, with the same source, kind and tags. */
  clear(): void {
    this.front = "";
    this.back = "";
    this.extra = "";
    this.#before = this.#written();
    this.changed();
  }

  #text(): NewNote {
    return {
      kind: this.kind,
      front: this.front,
      back: this.kind === "cloze" ? "" : this.back,
      extra: this.extra,
      tags: this.tags.split(/\s+/).filter(Boolean),
      source: this.source,
    };
  }

  async #preview(): Promise<void> {
    const mine = ++this.#asked;
    try {
      const faces = await this.#backend.notePreview(this.#text());
      if (mine === this.#asked) this.faces = faces;
    } catch {
      // Saving says what is wrong.
    }
  }
}

const gapNumbers = (text: string): number[] =>
  [...text.matchAll(GAP_NUMBER)].map(([, number]) => Number(number));
