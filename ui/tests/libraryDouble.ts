import type {
  Document,
  Formula,
  ImportOutcome,
  InterfaceLanguage,
  OutlineItem,
  PageBox,
  PageLayout,
  Recognition,
  Room,
  TextBlock,
} from "../src/backend/bindings";
import { aDocument, aRoom, somePages } from "./builders";
import { FindDouble } from "./findDouble";

/** The part of the double that rooms, documents and their pages are about: it keeps them as the shell does. */
export class LibraryDouble extends FindDouble {
  rooms: Room[] = [];
  documents: Document[] = [];
  pages = new Map<number, PageLayout[]>();
  texts = new Map<number, TextBlock[]>();
  outlines = new Map<number, OutlineItem[]>();
  /** The formulas of all documents. */
  printed: Formula[] = [];
  recognisable: Recognition = { languages: ["eng", "deu", "fra"], message: null };
  picked: string[] = [];
  opened: string[] = [];
  outcomes: (paths: string[]) => ImportOutcome[] = (paths) =>
    paths.map((path) => ({ path, document: null, duplicate: false, error: null }));
  image: (document: number, page: number, width: number, hash?: string) => string = (
    document,
    page,
    width,
    hash = "",
  ) => `page://localhost/${document}/${page}/${width}?${hash}`;
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
}

const inOrder = (documents: Document[]): Document[] =>
  documents.sort((a, b) => a.position - b.position || b.document - a.document);
