/** What crosses between the shell and the window. Field names are those of the Rust structs. */

export type Code =
  | "not_found"
  | "invalid"
  | "duplicate"
  | "cancelled"
  | "unsupported"
  | "not_a_pdf"
  | "empty_file"
  | "damaged"
  | "encrypted"
  | "time_limit"
  | "memory_limit"
  | "reader_crashed"
  | "unreadable"
  | "read_only"
  | "no_space"
  | "native_part_missing"
  | "newer_library"
  | "busy"
  | "corrupt"
  | "executor_failed"
  | "internal";

export type RoomId = number;
export type DocumentId = number;
export type PassageId = number;
export type ConversationId = number;
export type TurnId = number;

export interface Fault {
  code: Code;
  message: string;
}

export interface Room {
  room: RoomId;
  name: string;
  hue: number;
  documents: number;
  passages: number;
  created: number;
}

export type DocumentState = "queued" | "reading" | "embedding" | "complete" | "paused" | "failed";

export interface Ledger {
  text: number;
  scanned: number;
  garbled: number;
  empty: number;
  unreadable: number;
}

export interface Document {
  document: DocumentId;
  room: RoomId;
  title: string;
  file_name: string;
  source: string | null;
  hash: string;
  format: string;
  bytes: number;
  pages: number | null;
  pages_read: number;
  passages: number;
  embedded: number;
  state: DocumentState;
  code: Code | null;
  message: string | null;
  ledger: Ledger;
  added: number;
}

export interface OutlineItem {
  level: number;
  title: string;
  page: number;
}

export interface ImportOutcome {
  path: string;
  document: DocumentId | null;
  duplicate: boolean;
  error: Fault | null;
}

/** Fractions of the page, origin top left. */
export interface Rect {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export interface PageBox extends Rect {
  page: number;
}

export interface SnippetPart {
  text: string;
  marked: boolean;
}

export interface SearchHit {
  passage: PassageId;
  document: DocumentId;
  title: string;
  page_start: number;
  page_end: number;
  label: string | null;
  headings: string[];
  snippet: SnippetPart[];
  quote_boxes: PageBox[];
  score: number;
}

export interface SearchHits {
  hits: SearchHit[];
  degraded: string | null;
  elapsed_ms: number;
}

export interface Citation {
  document: DocumentId;
  title: string;
  page: number | null;
  label: string | null;
  quote: string;
  boxes: PageBox[];
}

export type AskEvent =
  | { type: "started"; conversation: ConversationId; turn: TurnId }
  | { type: "delta"; text: string }
  | { type: "citation"; index: number; citation: Citation };

export interface Answer {
  turn: TurnId;
  conversation: ConversationId;
  executor: string;
  answered: boolean;
  text: string;
  citations: Citation[];
  further: Citation[];
  first_token_ms: number | null;
  elapsed_ms: number;
}

export interface Conversation {
  conversation: ConversationId;
  room: RoomId;
  title: string;
  created: number;
  updated: number;
  turns: number;
}

export type TurnState = "streaming" | "complete" | "stopped" | "failed";

export interface Turn {
  turn: TurnId;
  conversation: ConversationId;
  ordinal: number;
  question: string;
  standalone_question: string | null;
  answer: string;
  state: TurnState;
  answered: boolean;
  executor: string;
  citations: Citation[];
  further: Citation[];
  created: number;
  elapsed_ms: number | null;
}

export type PageStatus = "text" | "scanned" | "garbled" | "empty" | "unreadable";

export interface PageLayout {
  number: number;
  label: string | null;
  width: number;
  height: number;
  status: PageStatus;
}

export type Theme = "system" | "light" | "dark";
export type Glass = "live" | "baked" | "solid" | "auto";

export interface Settings {
  theme: Theme;
  glass: Glass;
  last_room: RoomId | null;
}

export interface Status {
  version: string;
  library: LibraryStatus;
  native_ok: boolean;
  model_ok: boolean;
  message: string | null;
}

export type LibraryStatus = { state: "opening" } | { state: "ready" } | { state: "failed"; fault: Fault };
