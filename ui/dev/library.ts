import type { Session } from "../src/app/session.svelte";
import type { Document, DocumentState } from "../src/backend/bindings";
import { aDocument, type Double } from "../tests/double";
import { documents } from "./documents";

const SUBJECTS = ["Memory", "Attention", "Emotion", "Learning", "Perception", "Language", "Motivation"];
const KINDS = ["Handbook of", "Introduction to", "Essays on", "Lectures on", "A history of", "Methods in"];
const FORMATS = ["pdf", "pdf", "pdf", "epub", "docx", "pptx", "html", "markdown"];
const TAGS = ["exam", "week 3", "to read", "methods", "classics"];
const DAY = 86_400_000;

/** A library that has come about over years. */
function manyDocuments(count: number, now: number): Document[] {
  return Array.from({ length: count }, (_, index) => {
    const state: DocumentState = index % 97 === 5 ? "queued" : "complete";
    return aDocument({
      document: 1000 + index,
      title: `${KINDS[index % KINDS.length]} ${SUBJECTS[index % SUBJECTS.length]?.toLowerCase()}, volume ${index + 1}`,
      format: FORMATS[index % FORMATS.length],
      pages: 20 + ((index * 37) % 900),
      state,
      tags: TAGS.filter((_, tag) => (index + tag) % 7 === 0),
      added: now - index * 0.4 * DAY,
      opened: index % 3 === 0 ? now - (index % 60) * DAY : null,
      position: index,
    });
  });
}

/** The documents of the usual scenes, as a person would have sorted them. */
const sorted = (now: number): Document[] =>
  documents.map((document, index) => ({
    ...document,
    tags: TAGS.slice(0, index % 4),
    format: [5, 7, 8].includes(document.document) ? "epub" : document.format,
    added: now - (14 - document.added) * 2 * DAY,
    opened: index % 2 === 0 ? now - index * DAY : null,
    position: index,
  }));

export function prepareLibrary(backend: Double, scene: string, now: number): void {
  backend.documents = scene === "library-many" ? manyDocuments(10_000, now) : sorted(now);
  backend.pages.set(
    4,
    Array.from({ length: 340 }, (_, index) => ({
      number: index + 1,
      label: null,
      width: 612,
      height: 792,
      status: index > 10 && index < 23 ? "scanned" : "text",
      confidence: index > 10 && index < 16 ? 0.9 : null,
    })),
  );
  backend.pages.set(
    13,
    Array.from({ length: 90 }, (_, index) => ({
      number: index + 1,
      label: null,
      width: 612,
      height: 792,
      status: [11, 12, 40].includes(index) ? "unreadable" : index % 30 === 29 ? "empty" : "text",
      confidence: null,
    })),
  );
  if (scene === "library-loading") {
    backend.documents = [];
    backend.documentsList = () => new Promise(() => {});
  }
}

export async function playLibrary(session: Session, scene: string): Promise<void> {
  const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const { library, rooms } = session;
  const { arrangement, selection } = library;
  const press = async (testid: string, place = 0) => {
    document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)[place]?.click();
    await wait(80);
  };
  arrangement.show(new URLSearchParams(location.search).has("list") ? "list" : "grid");
  arrangement.showAll();
  if (arrangement.sort.by !== "added") arrangement.sortBy("added");
  await wait(50);
  const ids = library.documents.map(({ document }) => document.document);
  if (scene === "library-chosen") for (const id of ids.slice(1, 4)) selection.toggle(id);
  if (scene === "library-none") arrangement.query = "quantum";
  if (scene === "library-filter") await press("library-filter");
  if (scene === "library-menu") await press("document-menu", 1);
  if (scene === "library-colour") {
    await press("room-menu");
    await press("room-colour");
  }
  if (rooms.fold.folded !== (scene === "library-folded")) rooms.fold.toggle();
  if (scene === "library-drag") {
    arrangement.sortBy("hand");
    await wait(50);
    const [first, second] = library.byHand.map(({ document }) => document);
    if (first && second) library.carry.begin([first, second], 420, 380);
    library.carry.slot = { beside: library.byHand[3]?.document.document ?? 0, side: "before" };
  }
  const about = new URLSearchParams(location.search).get("document");
  const dialog = { "library-details": "details", "library-tags": "tags", "library-move": "move" }[scene];
  if (!dialog) return;
  // One further down is brought into the tree first.
  library.wanted = about ? Number(about) : null;
  await wait(150);
  const cards = [...document.querySelectorAll<HTMLElement>("[data-testid=document-card]")];
  const place = cards.findIndex((card) => card.dataset.document === about);
  await press("document-menu", Math.max(0, place));
  await press(
    dialog === "details" ? "document-details" : dialog === "tags" ? "document-tags" : "document-move",
  );
}
