import type { Document, TextBlock } from "../src/backend/bindings";
import { aDocument } from "../tests/double";

/** Documents in every state that a card can show. */
export const documents: Document[] = [
  aDocument({ document: 1, title: "Psychology 2e", added: 6 }),
  aDocument({
    document: 2,
    title: "Working memory and attention: a review of four decades of evidence",
    pages: 42,
    pages_read: 42,
    passages: 180,
    embedded: 81,
    state: "embedding",
    bytes: 3_100_000,
    added: 7,
  }),
  aDocument({
    document: 3,
    title: "Principles of Neural Science",
    pages: 1240,
    pages_read: 412,
    passages: 900,
    embedded: 0,
    state: "reading",
    bytes: 182_000_000,
    added: 8,
  }),
  aDocument({
    document: 4,
    title: "Lecture notes, week 7",
    pages: 340,
    pages_read: 340,
    bytes: 21_000_000,
    ledger: { text: 328, scanned: 12, garbled: 0, empty: 0, unreadable: 0, recognised: 5 },
    code: "cancelled",
    message:
      "Recognising the text of week7.pdf was stopped after 5 pages. Everything else is there; have it recognised again to go on.",
    added: 9,
  }),
  aDocument({
    document: 5,
    title: "Exam archive 2019–2025",
    state: "failed",
    code: "encrypted",
    pages: null,
    pages_read: 0,
    bytes: 900_000,
    added: 4,
  }),
  aDocument({
    document: 6,
    title: "scan-of-handout.pdf",
    state: "failed",
    code: "damaged",
    message: "scan-of-handout.pdf ends in the middle of a page. Fetch the file again and drop the new copy.",
    pages: null,
    pages_read: 0,
    bytes: 120_000,
    added: 3,
  }),
  aDocument({
    document: 7,
    title: "Handbook of Experimental Methods",
    state: "paused",
    pages: 512,
    pages_read: 120,
    passages: 300,
    embedded: 0,
    bytes: 44_000_000,
    added: 2,
  }),
  aDocument({ document: 8, title: "Seminar reader", state: "queued", pages: null, pages_read: 0, added: 1 }),
  aDocument({
    document: 11,
    title: "Reader, photographed",
    pages: 48,
    pages_read: 48,
    state: "recognising",
    ledger: { text: 0, scanned: 48, garbled: 0, empty: 0, unreadable: 0, recognised: 17 },
    bytes: 31_000_000,
    added: 0,
  }),
  aDocument({
    document: 12,
    title: "Letters of 1885",
    pages: 60,
    pages_read: 60,
    ledger: { text: 48, scanned: 12, garbled: 0, empty: 0, unreadable: 0, recognised: 12 },
    languages: "deu_latf+eng",
    added: -1,
  }),
  aDocument({
    document: 13,
    title: "Atlas",
    pages: 90,
    pages_read: 90,
    ledger: { text: 87, scanned: 0, garbled: 0, empty: 0, unreadable: 3, recognised: 0 },
    code: "unreadable",
    message:
      "atlas.pdf: 3 of its 90 pages could not be read within the limits and can’t be searched. The rest can. If the file can be saved anew by the program that made it, import that.",
    added: -2,
  }),
];

/** A new edition of the first one, on its way. */
export const EDITION = aDocument({
  document: 20,
  title: "Psychology 3e",
  state: "reading",
  pages: 340,
  pages_read: 11,
  replaces: 1,
});

export const NO_TESSERACT =
  "The text of scanned pages can’t be recognised, as Tesseract can’t be used: there is no program of that name. Install it with `sudo apt install tesseract-ocr`, then try again.";

/** A chapter with notes. */
export const TEXT: TextBlock[] = [
  { kind: "heading", level: 1, text: "How memory functions" },
  {
    kind: "paragraph",
    level: null,
    text: "Memory is an information processing system; therefore, we often compare it to a computer.¹ It is the set of processes used to encode, store, and retrieve information over different periods of time.²",
  },
  { kind: "footnote", level: null, text: "1 The comparison is older than the computer." },
  { kind: "footnote", level: null, text: "2 Ebbinghaus measured them on himself, with lists of syllables." },
];
