import type {
  DocumentId,
  DocumentMatches,
  Everything,
  Health,
  JobId,
  LibraryCheck,
  PageMatch,
  RoomId,
  Work,
} from "../src/backend/bindings";
import { AnnotationsDouble } from "./annotationsDouble";
import type { Pending } from "./quizDouble";

/** The part of the double that finding, and what is at work in the library, are about. */
export class FindDouble extends AnnotationsDouble {
  /** What is found in a document, whatever the words; null has a test settle each search by hand. */
  matches: DocumentMatches | null = { matches: [], total: 0 };
  finds: Pending<DocumentMatches, { document: DocumentId; query: string; limit: number }>[] = [];
  /** What is found in everything, whatever the words; null has a test settle each search by hand. */
  everything: Everything | null = nothing;
  jumps: Pending<Everything, { room: RoomId | null; query: string; limit: number }>[] = [];
  works: Work[] = [];
  soundness: LibraryCheck = aLibraryCheck();
  condition: Health = aHealth();

  documentFind = (document: DocumentId, query: string, limit: number) => {
    if (this.matches) {
      const { matches, total } = this.matches;
      return this.done("documentFind", [document, query, limit], { matches: matches.slice(0, limit), total });
    }
    this.calls.push(["documentFind", document, query, limit]);
    return new Promise<DocumentMatches>((resolve, reject) =>
      this.finds.push({ args: { document, query, limit }, resolve, reject }),
    );
  };
  findEverything = (room: RoomId | null, query: string, limit: number) => {
    if (this.everything) return this.done("findEverything", [room, query, limit], this.everything);
    this.calls.push(["findEverything", room, query, limit]);
    return new Promise<Everything>((resolve, reject) =>
      this.jumps.push({ args: { room, query, limit }, resolve, reject }),
    );
  };
  worksList = () => this.done("worksList", [], this.works);
  worksClear = async (job: JobId) => {
    const cleared = this.works.find((work) => work.job === job);
    await this.done("worksClear", [job], null);
    this.works = this.works.filter((work) => work !== cleared);
    return cleared?.pages_read === 0;
  };
  health = () => this.done("health", [], this.condition);
  libraryCheck = () => this.done("libraryCheck", [], this.soundness);
  libraryRepair = async () => {
    const { problems, counts } = this.soundness;
    const mended = { sound: true, problems: [], repaired: problems, counts };
    this.soundness = await this.done("libraryRepair", [], mended);
    return this.soundness;
  };
}

const nothing: Everything = {
  rooms: [],
  documents: [],
  passages: [],
  turns: [],
  notes: [],
  annotations: [],
  quizzes: [],
};

export const someFound = (found: Partial<Everything> = {}): Everything => ({ ...nothing, ...found });

export const aPageMatch = (match: Partial<PageMatch> = {}): PageMatch => ({
  page: 12,
  label: "4",
  locator: { kind: "paragraph", number: 2, label: null, paragraph: null, part: 12 },
  start: 4,
  end: 15,
  boxes: [{ page: 12, x0: 0.1, y0: 0.5, x1: 0.2, y1: 0.52 }],
  excerpt: [
    { text: "The ", found: false },
    { text: "hippocampus", found: true },
    { text: " is associated with memory.", found: false },
  ],
  ...match,
});

export const aWork = (work: Partial<Work> = {}): Work => ({
  job: 1,
  document: 1,
  title: "Psychology 2e",
  file_name: "book.pdf",
  replaces: null,
  room: 1,
  room_name: "Psychology",
  state: "running",
  stage: "reading",
  attempts: 1,
  not_before: null,
  code: null,
  message: null,
  pages: 685,
  pages_read: 120,
  passages: 300,
  embedded: 0,
  to_recognise: 0,
  recognised: 0,
  created: 0,
  updated: 0,
  ...work,
});

export const aLibraryCheck = (check: Partial<LibraryCheck> = {}): LibraryCheck => ({
  sound: true,
  problems: [],
  repaired: [],
  counts: {
    rooms: 3,
    documents: 12,
    pages: 4210,
    passages: 15_200,
    indexed: 15_200,
    vectors: 15_200,
    conversations: 9,
    turns: 41,
    jobs: 12,
    notes: 220,
    cards: 260,
    annotations: 84,
  },
  ...check,
});

export const aHealth = (health: Partial<Health> = {}): Health => ({
  version: "0.1.0",
  schema: 5,
  folder: "/home/ada/.local/share/smart-study-room",
  writable: true,
  in_charge: true,
  sizes: {
    database: 212_000_000,
    vectors: 31_000_000,
    originals: 640_000_000,
    models: 91_000_000,
    logs: 340_000,
    total: 974_340_000,
  },
  free: 52_000_000_000,
  counts: { rooms: 3, documents: 12, pages: 4210, passages: 15_200, embedded: 15_200 },
  index_rows: 15_200,
  parts: [
    { part: "pdfium", found: true, message: null },
    { part: "onnx_runtime", found: true, message: null },
    { part: "embedding_model", found: true, message: null },
    { part: "tesseract", found: true, message: null },
  ],
  last_backup: null,
  faults: [],
  ...health,
});
