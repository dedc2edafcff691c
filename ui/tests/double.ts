import type { Backend, Happenings } from "../src/backend/backend";
import type {
  Answer,
  AskEvent,
  AskMessage,
  AskRequest,
  BackupOutcome,
  BackupProgress,
  Citation,
  Conversation,
  Desk,
  Document,
  EmbeddingModel,
  ExecutorSettings,
  ExecutorsInUse,
  Formula,
  Found,
  FoundServer,
  ImportOutcome,
  InterfaceLanguage,
  Measures,
  MenuEntry,
  OutlineItem,
  PageBox,
  PageLayout,
  PowerState,
  Provenance,
  Recognition,
  Room,
  RoomMemory,
  SearchHit,
  SearchHits,
  SearchRequest,
  Settings,
  Spent,
  Status,
  TextBlock,
  Turn,
} from "../src/backend/bindings";
import { USUAL } from "../src/settings/usual";
import { FindDouble } from "./findDouble";
import type { Pending } from "./quizDouble";

interface Asked extends AskRequest {
  /** Tells an event with the next number. */
  tell: (event: AskEvent) => void;
  /** Tells one with a number that the test chooses. */
  send: (message: AskMessage) => void;
}

interface Backup {
  deed: "create" | "restore";
  file: string;
  tell: (progress: BackupProgress) => void;
}

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

/** A shell that lives in memory and does what a test says. Only for tests and the pages in dev/. */
export class Double extends FindDouble implements Backend {
  rooms: Room[] = [];
  memories: RoomMemory[] = [];
  measures: Measures = noMeasures;
  model: EmbeddingModel = { name: "built-in", is_built_in: true, change: null };
  modelFolder: string | null = null;
  executorsInUse: ExecutorsInUse = {
    settings: {},
    states: [{ executor: "extractive", model: null, remote: false, breaker: "closed" }],
  };
  servers: FoundServer[] = [];
  modelFile: string | null = null;
  documents: Document[] = [];
  conversations: Conversation[] = [];
  found: Found[] = [];
  spent: Spent | null = null;
  turns: Turn[] = [];
  pages = new Map<number, PageLayout[]>();
  texts = new Map<number, TextBlock[]>();
  outlines = new Map<number, OutlineItem[]>();
  /** The formulas of all documents. */
  printed: Formula[] = [];
  settings: Settings = { ...USUAL, glass: "baked", first_run_done: true };
  desk: Desk = anEmptyDesk();
  menu: MenuEntry[] = [];
  /** Whether the window has the focus, so that no notification is shown. */
  focused = true;
  powerState: PowerState = { battery: false, saver: false };
  state: Status = {
    version: "0.1.0",
    library: { state: "ready", writable: true },
    native_ok: true,
    model_ok: true,
    message: null,
    folder: "/home/ada/.local/share/smart-study-room",
  };
  recognisable: Recognition = { languages: ["eng", "deu", "fra"], message: null };
  picked: string[] = [];
  opened: string[] = [];
  /** Where a backup is written, and which is restored; null as if the dialog was closed. */
  backupTarget: string | null = "/media/disk/Smart Study Room.studyroom";
  backupFile: string | null = "/media/disk/Monday.studyroom";
  backups: Pending<BackupOutcome, Backup>[] = [];
  outcomes: (paths: string[]) => ImportOutcome[] = (paths) =>
    paths.map((path) => ({ path, document: null, duplicate: false, error: null }));
  image: (document: number, page: number, width: number, hash?: string) => string = (
    document,
    page,
    width,
    hash = "",
  ) => `page://localhost/${document}/${page}/${width}?${hash}`;
  searches: Pending<SearchHits, SearchRequest & { onWords: (found: SearchHits) => void }>[] = [];
  asks: Pending<Answer, Asked>[] = [];
  on: Happenings | null = null;
  #next = 100;
  #removed: Room[] = [];
  #hidden: Document[] = [];

  roomsList = () => this.done("roomsList", [], [...this.rooms]);
  roomCreate = async (name: string) => {
    const room = aRoom({ room: this.#next++, name, hue: 150 });
    await this.done("roomCreate", [name], null);
    this.rooms.push(room);
    return room;
  };
  roomRename = async (id: number, name: string) => {
    await this.done("roomRename", [id, name], null);
    this.rooms = this.rooms.map((room) => (room.room === id ? { ...room, name } : room));
    return this.rooms.find((room) => room.room === id) ?? aRoom({ name });
  };
  roomRemove = async (id: number) => {
    await this.done("roomRemove", [id], null);
    this.#removed.push(...this.rooms.filter((room) => room.room === id));
    this.rooms = this.rooms.filter((room) => room.room !== id);
  };
  roomBringBack = async (id: number) => {
    await this.done("roomBringBack", [id], null);
    const back = this.#removed.find((room) => room.room === id);
    if (back) this.rooms = [...this.rooms, back];
  };
  roomPlace = async (id: number, before: number | null) => {
    await this.done("roomPlace", [id, before], null);
    const moved = this.rooms.filter((room) => room.room === id);
    const others = this.rooms.filter((room) => room.room !== id);
    const at = before === null ? others.length : others.findIndex((room) => room.room === before);
    this.rooms = others.toSpliced(at, 0, ...moved);
    return [...this.rooms];
  };
  roomColour = async (id: number, hue: number) => {
    await this.done("roomColour", [id, hue], null);
    this.rooms = this.rooms.map((room) => (room.room === id ? { ...room, hue } : room));
    return this.rooms.find((room) => room.room === id) ?? aRoom({ hue });
  };
  documentsList = (room: number) =>
    this.done("documentsList", [room], inOrder(this.documents.filter((document) => document.room === room)));
  documentRename = (id: number, title: string) =>
    this.done("documentRename", [id, title], null).then(() => this.#change(id, { title: title.trim() }));
  documentTag = (id: number, tags: string[]) =>
    this.done("documentTag", [id, tags], null).then(() => this.#change(id, { tags }));
  documentPlace = async (id: number, room: number, before: number | null) => {
    await this.done("documentPlace", [id, room, before], null);
    const others = inOrder(this.documents.filter((other) => other.room === room && other.document !== id));
    const found = before === null ? -1 : others.findIndex((other) => other.document === before);
    const at = found < 0 ? others.length : found;
    others.slice(0, at).forEach((other, place) => this.#change(other.document, { position: place }));
    others.slice(at).forEach((other, place) => this.#change(other.document, { position: at + 1 + place }));
    return this.#change(id, { room, position: at });
  };
  #change(id: number, change: Partial<Document>): Document {
    this.documents = this.documents.map((other) => (other.document === id ? { ...other, ...change } : other));
    return this.documents.find((other) => other.document === id) ?? aDocument(change);
  }
  documentOutline = (document: number) =>
    this.done("documentOutline", [document], this.outlines.get(document) ?? []);
  documentPause = (document: number) => this.done("documentPause", [document], undefined);
  documentResume = (document: number) => this.done("documentResume", [document], undefined);
  documentCancel = (document: number) => this.done("documentCancel", [document], undefined);
  documentRetry = (document: number, password?: string) =>
    this.done("documentRetry", [document, password], undefined);
  documentRemove = async (id: number) => {
    await this.done("documentRemove", [id], undefined);
    this.#hidden.push(...this.documents.filter(({ document }) => document === id));
    this.documents = this.documents.filter(({ document }) => document !== id);
  };
  documentBringBack = async (id: number) => {
    await this.done("documentBringBack", [id], undefined);
    this.documents = [...this.documents, ...this.#hidden.filter(({ document }) => document === id)];
  };
  documentReplace = (document: number, path: string, password?: string) =>
    this.done("documentReplace", [document, path, password], undefined);
  documentLook = (document: number | null, page: number) =>
    this.done("documentLook", [document, page], undefined);
  recognition = () => this.done("recognition", [], this.recognisable);
  documentRecognise = (document: number, languages: string[]) =>
    this.done("documentRecognise", [document, languages], undefined);
  documentUnlock = (document: number, password: string) =>
    this.done("documentUnlock", [document, password], undefined);
  importPaths = (room: number, paths: string[]) =>
    this.done("importPaths", [room, paths], this.outcomes(paths));
  pickFiles = () => this.done("pickFiles", [], this.picked);
  sampleAdd = async (room: number, language: InterfaceLanguage) => {
    const title = language === "id" ? "Cara belajar agar melekat" : "How to learn so that it stays";
    const added = aDocument({ document: this.#next++, room, title, file_name: "how-to-learn.pdf", pages: 6 });
    await this.done("sampleAdd", [room, language], null);
    this.documents = [...this.documents, added];
    this.pages.set(added.document, somePages(6));
    return added.document;
  };
  openedFiles = () => this.done("openedFiles", [], this.opened.splice(0));

  search = (request: SearchRequest, onWords: (found: SearchHits) => void) =>
    new Promise<SearchHits>((resolve, reject) => {
      this.calls.push(["search", request]);
      this.searches.push({ args: { ...request, onWords }, resolve, reject });
    });
  ask = (question: AskRequest, send: (message: AskMessage) => void) =>
    new Promise<Answer>((resolve, reject) => {
      this.calls.push(["ask", question]);
      let seq = 0;
      const tell = (event: AskEvent) => send({ seq: ++seq, event });
      this.asks.push({ args: { ...question, tell, send }, resolve, reject });
    });
  askStop = (turn: number) => this.done("askStop", [turn], undefined);
  conversationsList = (room: number) =>
    this.done(
      "conversationsList",
      [room],
      this.conversations.filter((conversation) => conversation.room === room),
    );
  conversationTurns = (conversation: string, before: number | null, most: number) => {
    const turns = this.turns.filter((turn) => turn.conversation === conversation);
    const at = before === null ? -1 : turns.findIndex(({ turn }) => turn === before);
    const leading = at < 0 ? turns : turns.slice(0, at);
    return this.done("conversationTurns", [conversation, before, most], leading.slice(-most));
  };
  conversationShow = (turn: number) => this.done("conversationShow", [turn], null);
  conversationsSearch = (room: number | null, query: string) =>
    this.done("conversationsSearch", [room, query], this.found);
  conversationMarkdown = (conversation: string) =>
    this.done("conversationMarkdown", [conversation], "# How memory works\n");
  conversationExport = (conversation: string) =>
    this.done<string | null>("conversationExport", [conversation], "/notes/How memory works.md");
  conversationSpent = (conversation: string) => this.done("conversationSpent", [conversation], this.spent);
  conversationRename = async (id: string, title: string) => {
    await this.done("conversationRename", [id, title], null);
    this.conversations = this.conversations.map((other) =>
      other.conversation === id ? { ...other, title } : other,
    );
  };
  conversationRemove = async (id: string) => {
    await this.done("conversationRemove", [id], null);
    this.conversations = this.conversations.filter(({ conversation }) => conversation !== id);
  };
  pageText = (document: number, page: number) =>
    this.done("pageText", [document, page], this.texts.get(page) ?? []);
  pageInfo = (document: number) => this.done("pageInfo", [document], this.pages.get(document) ?? []);
  pageImage = (document: number, page: number, width: number, hash?: string) =>
    this.image(document, page, width, hash);
  pagePart = (document: number, { page, x0, y0, x1, y1 }: PageBox, width: number, hash: string) =>
    `/part/${[document, page, width, x0, y0, x1, y1, hash].join("/")}`;
  formulas = (document: number, boxes: PageBox[]) =>
    this.done(
      "formulas",
      [document, boxes],
      this.printed.filter(({ region }) => boxes.some(({ page }) => page === region.page)),
    );
  settingsGet = () => this.done("settingsGet", [], this.settings);
  settingsSet = async (settings: Settings) => {
    this.settings = settings;
    await this.done("settingsSet", [settings], null);
  };
  deskGet = () => this.done("deskGet", [], this.desk);
  /** Happens by itself, so it is not among the calls. */
  deskSet = async (desk: Desk) => {
    this.desk = desk;
    return null;
  };
  linkOpen = (url: string) => this.done("linkOpen", [url], null);
  notify = (title: string, body: string) => this.done("notify", [title, body], !this.focused);
  menuSet = async (entries: MenuEntry[]) => {
    this.menu = entries;
    await this.done("menuSet", [entries], null);
  };
  power = () => this.done("power", [], this.powerState);
  libraryReopen = () => this.done("libraryReopen", [], null);
  status = () => this.done("status", [], this.state);
  backupCreate = (file: string, tell: (progress: BackupProgress) => void) =>
    this.#backup({ deed: "create", file, tell });
  backupRestore = (file: string, tell: (progress: BackupProgress) => void) =>
    this.#backup({ deed: "restore", file, tell });
  #backup = (args: Backup) =>
    new Promise<BackupOutcome>((resolve, reject) => this.backups.push({ args, resolve, reject }));
  backupStop = () => this.done("backupStop", [], this.backups.length > 0);
  pickBackupTarget = () => this.done("pickBackupTarget", [], this.backupTarget);
  pickBackup = () => this.done("pickBackup", [], this.backupFile);
  answerMeasures = () => this.done("answerMeasures", [], this.measures);
  memory = () => this.done("memory", [], this.memories);
  embeddingModel = () => this.done("embeddingModel", [], this.model);
  embeddingModelChoose = (folder: string | null) => this.done("embeddingModelChoose", [folder], null);
  executors = () => this.done("executors", [], this.executorsInUse);
  executorsSetUp = (settings: ExecutorSettings, key: string | null) => {
    const model = settings.file ? "local" : (settings.server?.model ?? null);
    const executor = settings.file ? ("local" as const) : ("server" as const);
    const state = { executor, model, remote: false, breaker: "closed" as const };
    const built_in = this.executorsInUse.states.slice(0, 1);
    const next = { settings, states: model ? [...built_in, state] : built_in };
    return this.done("executorsSetUp", [settings, key], next).then((made) => (this.executorsInUse = made));
  };
  pickLanguageModel = () => this.done("pickLanguageModel", [], this.modelFile);
  serversLook = () => this.done("serversLook", [], this.servers);
  serverModels = (address: string, key: string | null) =>
    this.done("serverModels", [address, key], ["qwen", "llama"]);
  pickEmbeddingModel = () => this.done("pickEmbeddingModel", [], this.modelFolder);
  listen = async (on: Happenings) => {
    this.on = on;
    return () => (this.on = null);
  };
}

const inOrder = (documents: Document[]): Document[] =>
  documents.sort((a, b) => a.position - b.position || b.document - a.document);

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
