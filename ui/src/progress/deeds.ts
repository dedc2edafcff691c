import type { Session } from "../app/session.svelte";
import type { DocumentId } from "../backend/bindings";

/** A part of a document that something can be done with. */
export interface Part {
  document: { document: DocumentId; title: string };
  /** Its place in the table of contents; none for the whole document. */
  section: { entry: number; title: string } | null;
  /** Where it begins. */
  page: number;
}

/** Opens its first page; Escape leads back to `from`. */
export function openPart(session: Session, { document, page }: Part, from: HTMLElement | null): void {
  session.show({ ...document, page, boxes: [] }, from);
}

export function quizOnPart(session: Session, { document, section }: Part): void {
  void session.attempt(() => session.quizOn(document.document, section?.entry ?? null));
}

export function summarisePart(session: Session, { document, section }: Part): void {
  void session.attempt(() => session.overviewOf(document, "summary", section));
}
