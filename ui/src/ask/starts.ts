import type { Document, DocumentId, Mode, OutlineItem } from "../backend/bindings";

/** A question that could be the first one: a section of a document, or the whole of one, and how to tell it. */
export interface Start {
  mode: Extract<Mode, "summary" | "simply" | "quiz">;
  document: DocumentId;
  /** Its place in the table of contents; null for the whole document. */
  section: number | null;
  title: string;
}

/** How the starts ask, in the order in which they are offered. */
const WAYS: Start["mode"][] = ["summary", "simply", "quiz"];
/** So many documents are looked into: those that came last. */
export const LOOKED_INTO = 3;
/** Titles of parts that nobody asks about first, in English and Indonesian. */
const AROUND_THE_TEXT =
  /^(?:[\divxlc.]+\s+)?(?:preface|foreword|contents|table of contents|acknowledg\w+|introduction|about (?:the )?(?:author|book)\w*|references|bibliography|index|glossary|appendix\b.*|answers?\b.*|solutions?\b.*|key terms|summary|review questions|exercises|notes|abstract|title page|cover|copyright|kata pengantar|daftar (?:isi|pustaka|gambar|tabel)|pendahuluan|lampiran\b.*|glosarium|indeks)$/i;
/** "3", "3.2", "Chapter 3:" in front of a title. */
const NUMBERING = /^(?:(?:chapter|section|part|bab|bagian)\s+)?[\divxlc]+(?:\.\d+)*[.:)]?\s+/i;
const LONGEST = 60;

const isTold = ({ title }: OutlineItem) =>
  /\p{L}{3}/u.test(title) && title.length <= LONGEST && !AROUND_THE_TEXT.test(title.trim());

/** The documents that starts can be made from, those that came last first. */
export const startable = (documents: readonly Document[]): Document[] =>
  documents
    .filter(({ passages, replaces }) => passages > 0 && replaces === null)
    .sort((a, b) => b.added - a.added)
    .slice(0, LOOKED_INTO);

/** Three starts from what is really there: sections spread over the documents, or documents that have none. */
export function startsOf(documents: readonly { document: Document; outline: OutlineItem[] }[]): Start[] {
  if (documents.length === 0) return [];
  const all = documents.map(({ document, outline }) => ({
    document,
    told: outline.flatMap((item, entry) => (isTold(item) ? [{ entry, title: item.title }] : [])),
  }));
  const parted = all.filter(({ told }) => told.length > 0);
  const sections = parted.length > 0 ? parted : all;
  return WAYS.map((mode, at) => {
    const { document, told } = sections[at % sections.length] as (typeof sections)[number];
    // Where one document gives all three, they come from its beginning, its middle and its end.
    const section = told[Math.floor(((at + 0.5) * told.length) / WAYS.length)];
    return {
      mode,
      document: document.document,
      section: section?.entry ?? null,
      title: section ? section.title.trim().replace(NUMBERING, "") : document.title,
    };
  }).filter(({ document, section }, at, all) => isFirst(all, at, document, section));
}

/** A document without sections is offered once. */
const isFirst = (all: readonly Start[], at: number, document: DocumentId, section: number | null) =>
  section !== null || all.findIndex((other) => other.document === document && other.section === null) === at;
