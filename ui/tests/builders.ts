/** What the shell tells, made up: each is complete, and a test says what matters in it. */
import type {
  Answer,
  Citation,
  Desk,
  Document,
  Formula,
  Measures,
  PageLayout,
  Provenance,
  Room,
  SearchHit,
  SearchHits,
  Turn,
} from "../src/backend/bindings";

export const anEmptyDesk = (): Desk => ({
  companion: { width: 392, open: true, shows: "ask" },
  library: { layout: "grid", sort: "placed", reversed: false },
  rooms: [],
});

export const aRoom = (room: Partial<Room> = {}): Room => ({
  room: 1,
  name: "Psychology",
  hue: 262,
  documents: 0,
  passages: 0,
  created: 0,
  ...room,
});

export const aDocument = (document: Partial<Document> = {}): Document => ({
  document: 1,
  room: 1,
  title: "Psychology 2e",
  file_name: "book.pdf",
  source: null,
  hash: "00",
  format: "pdf",
  bytes: 68_400_000,
  pages: 685,
  pages_read: 685,
  passages: 2140,
  embedded: 2140,
  state: "complete",
  code: null,
  message: null,
  ledger: { text: 685, scanned: 0, garbled: 0, empty: 0, unreadable: 0, recognised: 0 },
  languages: null,
  replaces: null,
  added: 0,
  tags: [],
  position: 0,
  opened: null,
  ...document,
});

export const aCitation = (citation: Partial<Citation> = {}): Citation => ({
  document: 1,
  title: "Psychology 2e",
  page: 12,
  label: "4",
  locator: { kind: "paragraph", number: 2, label: null, paragraph: null, part: 12 },
  quote: "Memory is the set of processes used to encode, store, and retrieve information.",
  boxes: [
    { page: 12, x0: 0.12, y0: 0.4, x1: 0.88, y1: 0.42 },
    { page: 12, x0: 0.12, y0: 0.43, x1: 0.5, y1: 0.45 },
  ],
  ...citation,
});

export const aProvenance = (provenance: Partial<Provenance> = {}): Provenance => ({
  prompt: "answer/3",
  model: null,
  remote: false,
  passages: [],
  left_out: 0,
  tokens: { prompt: 0, reused: 0, generated: 0 },
  retrieve_ms: 20,
  first_token_ms: 60,
  unsupported: [],
  fell_back: null,
  remembered: false,
  ...provenance,
});

export const anAnswer = (answer: Partial<Answer> = {}): Answer => ({
  turn: 7,
  conversation: "3",
  executor: "extractive",
  standalone_question: null,
  state: "complete",
  answered: true,
  text: "Memory encodes, stores and retrieves information [1].",
  citations: [aCitation()],
  further: [],
  degraded: null,
  first_token_ms: 60,
  elapsed_ms: 240,
  provenance: aProvenance(),
  ...answer,
});

export const aTurn = (turn: Partial<Turn> = {}): Turn => ({
  turn: 7,
  conversation: "3",
  parent: null,
  ordinal: 1,
  versions: [turn.turn ?? 7],
  question: "How does memory work?",
  standalone_question: null,
  mode: "plain",
  subject: null,
  about: null,
  answer: "Memory encodes, stores and retrieves information [1].",
  state: "complete",
  answered: true,
  executor: "extractive",
  citations: [aCitation()],
  further: [],
  degraded: null,
  created: 0,
  elapsed_ms: 240,
  provenance: null,
  ...turn,
});

export const aFormula = (formula: Partial<Formula> = {}): Formula => ({
  region: { page: 12, x0: 0.2, y0: 0.4, x1: 0.4, y1: 0.44 },
  width: 120,
  height: 32,
  text: "E=mc2",
  hash: "beef",
  ...formula,
});

export const someHits = (found: Partial<SearchHits> = {}): SearchHits => ({
  hits: [aHit()],
  more: false,
  degraded: null,
  elapsed_ms: 1,
  ...found,
});

export const aHit = (hit: Partial<SearchHit> = {}): SearchHit => ({
  passage: 1,
  document: 1,
  title: "Psychology 2e",
  page_start: 12,
  page_end: 12,
  label: "4",
  locator: { kind: "paragraph", number: 2, label: null, paragraph: null, part: 12 },
  has_pages: true,
  headings: ["8 Memory", "8.1 How memory functions"],
  snippet: [
    { text: "The ", marked: false },
    { text: "hippocampus", marked: true },
    { text: " is associated with memory.", marked: false },
  ],
  quote_boxes: [{ page: 12, x0: 0.1, y0: 0.5, x1: 0.6, y1: 0.52 }],
  formulas: [],
  score: 0.56,
  explanation: {
    keyword_rank: 1,
    similarity: 0.62,
    parts: [
      { name: "words", label: "Words of the question", value: 0.8, weight: 0.4, adds: 0.32 },
      { name: "meaning", label: "Closeness in meaning", value: 0.6, weight: 0.4, adds: 0.24 },
    ],
    has: ["hippocampus"],
    lacks: ["sleep"],
    why: "It has “hippocampus”, but not “sleep”. What counts most: words of the question.",
  },
  ...hit,
});

export const somePages = (count: number, page: Partial<PageLayout> = {}): PageLayout[] =>
  Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    label: null,
    width: 612,
    height: 792,
    status: "text",
    confidence: null,
    ...page,
  }));

const unmeasured = { p50: null, p95: null, p99: null };
export const noMeasures: Measures = {
  turns: 0,
  refused: 0,
  stopped: 0,
  failed: 0,
  remembered: 0,
  fell_back: 0,
  unsupported: 0,
  retrieve: unmeasured,
  rank: unmeasured,
  first_text: unmeasured,
  whole: unmeasured,
};
