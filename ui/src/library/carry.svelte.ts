import type { Document, DocumentId, RoomId } from "../backend/bindings";

/** Where something is let go among the documents of the open room. */
export interface Slot {
  /** The document that it is shown beside. */
  beside: DocumentId;
  side: "before" | "after";
}

/** Documents that are carried by the pointer: to another place in their room, or onto another room in the rail. */
export class Carry {
  documents = $state.raw<Document[]>([]);
  at = $state.raw({ x: 0, y: 0 });
  /** The room in the rail that is under the pointer, unless it is their own. */
  room = $state<RoomId | null>(null);
  slot = $state.raw<Slot | null>(null);
  readonly active = $derived(this.documents.length > 0);

  begin(documents: Document[], x: number, y: number): void {
    this.documents = documents;
    this.at = { x, y };
  }

  /** Goes on over something; `ordered` is whether the documents on show are in the person's own order. */
  over(x: number, y: number, under: Element | null, ordered: "across" | "down" | null): void {
    this.at = { x, y };
    const room = under?.closest<HTMLElement>("[data-room]")?.dataset.room;
    this.room = room === undefined || Number(room) === this.documents[0]?.room ? null : Number(room);
    const beside = ordered ? under?.closest<HTMLElement>("[data-document]") : null;
    this.slot = beside
      ? slotAt(beside, ordered === "across" ? x : y, ordered === "across")
      : this.#stay(under);
  }

  /** Between two documents the place stays that was pointed to last. */
  #stay(under: Element | null): Slot | null {
    return this.room === null && under?.closest("[data-shelf]") ? this.slot : null;
  }

  end(): void {
    this.documents = [];
    this.room = null;
    this.slot = null;
  }
}

function slotAt(element: HTMLElement, at: number, across: boolean): Slot {
  const { left, top, width, height } = element.getBoundingClientRect();
  const past = across ? at > left + width / 2 : at > top + height / 2;
  const rtl = across && getComputedStyle(element).direction === "rtl";
  return { beside: Number(element.dataset.document), side: past !== rtl ? "after" : "before" };
}
