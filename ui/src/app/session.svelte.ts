import { getContext, setContext, tick } from "svelte";
import { SvelteMap } from "svelte/reactivity";

import { Annotations } from "../annotations/annotations.svelte";
import { Ask } from "../ask/ask.svelte";
import type { Backend, Unlisten } from "../backend/backend";
import { asFault } from "../backend/fault";
import { Cards } from "../cards/cards.svelte";
import type {
  About,
  Citation,
  Document,
  DocumentId,
  Fault,
  ImportOutcome,
  RoomId,
  Status,
  TurnId,
} from "../backend/bindings";
import { focusOn } from "../design/focus";
import { Toasts } from "../design/toasts.svelte";
import { isAtWork, Library } from "../library/library.svelte";
import { Progress } from "../progress/progress.svelte";
import { Quizzes } from "../quiz/quizzes.svelte";
import { Look } from "../read/look";
import { isAnother, Viewer, type Place } from "../read/viewer.svelte";
import { Rooms } from "../rooms/rooms.svelte";
import { Search } from "../search/search.svelte";
import { Appearance } from "../settings/appearance.svelte";
import { Backup } from "../settings/backup.svelte";
import { Drop } from "./drop.svelte";
import { Layout } from "./layout.svelte";
import { Removal } from "./removal.svelte";
import { count, fileName } from "./words";

/** Ways to have a part of a document told. */
export type Overview = "summary" | "guide";

const OVERVIEWS: Record<Overview, string> = {
  summary: "Summarise",
  guide: "Study guide to",
};

export type Screen = "library" | "quiz" | "cards" | "progress" | "notes" | "search" | "read" | "settings";

/** What is open in this window: the screens' states, and what passes between them. */
export class Session {
  readonly rooms: Rooms;
  readonly library: Library;
  readonly viewer: Viewer;
  readonly look: Look;
  readonly search: Search;
  readonly ask: Ask;
  readonly quizzes: Quizzes;
  readonly progress: Progress;
  readonly cards: Cards;
  readonly appearance: Appearance;
  readonly toasts = new Toasts();
  readonly drop: Drop;
  readonly removal = new Removal(this);
  readonly annotations = new Annotations(this);
  readonly backup = new Backup(this);
  readonly layout = new Layout();
  screen = $state<Screen>("library");
  status = $state.raw<Status | null>(null);
  /** Where the library lies, if the shell says so. */
  readonly folder = $derived(this.status?.folder ?? null);
  /** Whether documents can be added and questions kept. */
  readonly writable = $derived(this.status?.library.state !== "ready" || this.status.library.writable);
  /** Why nothing can be shown at all. */
  broken = $state.raw<Fault | null>(null);
  ready = $state(false);
  /** Whether the library on show is the one that is asked; while another takes its place, the shell refuses calls. */
  readonly usable = $derived(this.ready && !this.backup.restoring);
  /** Files that were opened with the app and wait for a room. */
  offered = $state.raw<string[]>([]);
  /** Documents at work in any room, with the time they still take. */
  readonly atWork = new SvelteMap<DocumentId, { document: Document; eta: number | null }>();
  #entering = false;
  #way = $state.raw<Step[]>([]);
  /** Whether a place was opened from somewhere that Escape leads back to. */
  readonly canGoBack = $derived(this.#way.length > 0);

  constructor(readonly backend: Backend) {
    this.rooms = new Rooms(backend);
    this.library = new Library(backend);
    this.viewer = new Viewer(backend);
    this.look = new Look((document, page) => backend.documentLook(document, page));
    this.search = new Search(backend);
    this.ask = new Ask(backend);
    this.quizzes = new Quizzes(backend);
    this.progress = new Progress(backend, this.look);
    this.cards = new Cards(backend, this.toasts);
    this.appearance = new Appearance(backend);
    this.drop = new Drop((paths, room) => void this.take(paths, room));
  }

  /** Has a document told in short, or the section of it that a page stands in, in the conversation on show. */
  async overview(
    document: Pick<Document, "document" | "title">,
    mode: Overview,
    page: number | null = null,
  ): Promise<void> {
    const section = page === null ? null : await this.#sectionAt(document.document, page);
    await this.overviewOf(document, mode, section);
  }

  /** The last section that has begun by a page; none before the first. */
  async #sectionAt(document: DocumentId, page: number): Promise<{ entry: number; title: string } | null> {
    const outline = await this.backend.documentOutline(document);
    const entry = outline.findLastIndex((item) => item.page <= page);
    const section = outline[entry];
    return section ? { entry, title: section.title } : null;
  }

  /** The same of a section that is known by its place in the table of contents; null for the whole document. */
  async overviewOf(
    document: Pick<Document, "document" | "title">,
    mode: Overview,
    section: { entry: number; title: string } | null,
  ): Promise<void> {
    const name = section ? `${section.title}, ${document.title}` : document.title;
    const text = `${OVERVIEWS[mode]} “${name}”`;
    this.layout.showCompanion();
    const subject = { document: document.document, section: section?.entry ?? null };
    await this.ask.put({ text, mode, subject });
  }

  /** Offers to make a quiz of a document, or of a section of it; null for the whole room. */
  async quizOn(document: DocumentId | null, section: number | null = null): Promise<void> {
    this.screen = "quiz";
    await this.quizzes.ask(document === null ? [] : [document], section);
  }

  /** The same of the section that a page stands in; of the document where it has none. */
  async quizOnPage(document: DocumentId, page: number): Promise<void> {
    const section = await this.#sectionAt(document, page);
    await this.quizOn(document, section?.entry ?? null);
  }

  /** The same of what an answer cites. */
  async quizOnAnswer(turn: TurnId): Promise<void> {
    this.screen = "quiz";
    this.layout.sheetOpen = false;
    await this.quizzes.askAnswer(turn);
  }

  /** Asks the cards of this room whose turn it is. */
  async review(): Promise<void> {
    this.screen = "cards";
    await this.cards.startReview();
  }

  /** Has the next question be about words on a page. */
  askAbout(about: About): void {
    this.ask.about = about;
    this.layout.showCompanion();
    focusOn('[data-testid="ask-input"]');
  }

  /** Begins a card that asks for words on a page: all of them are one gap, which can be made smaller. */
  makeCard(source: Citation): void {
    // Two brackets would end the gap.
    const words = source.quote.replaceAll("}}", "} }").replaceAll("{{", "{ {").replaceAll("::", ": :");
    this.cards.compose({ kind: "cloze", front: `{{c1::${words}}}`, source });
  }

  /** Opens the library in this window. */
  async start(): Promise<Unlisten> {
    let stop: Unlisten = () => {};
    try {
      stop = await this.backend.listen({
        documentChanged: (document, eta) => this.documentChanged(document, eta),
        documentRemoved: (document) => this.documentRemoved(document),
        roomsChanged: () => void this.attempt(() => this.roomsChanged()),
        filesOpened: (paths) => this.offer(paths),
        statusChanged: () => void this.readStatus(),
        drag: (drag) => this.drop.drag(drag),
      });
    } catch (thrown) {
      this.broken = asFault(thrown);
      return stop;
    }
    await this.readStatus();
    return stop;
  }

  /** Tries once more to open a library that could not be opened. */
  async reopen(): Promise<void> {
    // Why it failed again is in the status.
    await this.backend.libraryReopen().catch(() => {});
    await this.readStatus();
  }

  async readStatus(): Promise<void> {
    // Whichever library comes of it, its status is read then.
    if (this.backup.restoring) return;
    try {
      this.status = await this.backend.status();
      const { library } = this.status;
      this.broken = library.state === "failed" ? library.fault : null;
      if (library.state === "ready" && !this.ready && !this.#entering) await this.enterLibrary();
    } catch (thrown) {
      this.broken = asFault(thrown);
    }
  }

  /** Another library has taken the place of the one on show: all of it is read anew. */
  async renew(): Promise<void> {
    this.ready = false;
    this.screen = "library";
    this.layout.sheetOpen = false;
    this.closeDocument();
    this.rooms.clear();
    this.library.clear();
    this.search.enter(null);
    this.quizzes.enter(null);
    this.progress.enter(null);
    this.cards.enter(null);
    this.cards.due.clear();
    await this.ask.enter(null);
    this.atWork.clear();
    // The same ids are other documents now: nothing that was offered may be done to them.
    this.removal.clear();
    this.toasts.clear();
    await this.readStatus();
  }

  private async enterLibrary(): Promise<void> {
    this.#entering = true;
    try {
      await this.appearance.load();
      await this.rooms.load();
      const last = this.rooms.list.find(({ room }) => room === this.appearance.settings.last_room);
      const first = last ?? this.rooms.list[0];
      this.ready = true;
      void this.cards.due.load();
      if (first) await this.enter(first.room);
      else this.appearance.enter(undefined);
      // What a start takes is measured up to here.
      performance.mark?.("interactive");
      this.offer(await this.backend.openedFiles());
    } finally {
      this.#entering = false;
    }
  }

  /** Opens a room. */
  async enter(room: RoomId | null): Promise<void> {
    const changed = room !== this.rooms.currentId;
    this.rooms.currentId = room;
    this.appearance.enter(this.rooms.current?.hue);
    if (changed) {
      this.viewer.close();
      this.#way = [];
    }
    this.screen = "library";
    this.search.enter(room);
    this.quizzes.enter(room);
    this.progress.enter(room);
    this.cards.enter(room);
    await this.attempt(async () => {
      await Promise.all([this.library.open(room), this.ask.enter(room), this.appearance.remember(room)]);
    });
  }

  /** Takes files into a room: the one given, else the open one, else a first one that is made for them. */
  async take(paths: string[], into: RoomId | null = null): Promise<void> {
    if (!this.usable || paths.length === 0) return;
    await this.attempt(async () => {
      if (!this.writable) throw { code: "read_only", message: this.status?.message ?? "" } satisfies Fault;
      let room = into ?? this.rooms.currentId;
      if (room === null) {
        const made = await this.rooms.create("My room");
        if ("code" in made) throw made;
        room = made.room;
      }
      if (room !== this.rooms.currentId) await this.enter(room);
      this.screen = "library";
      const earlier = this.library.documents.map(({ document }) => document);
      const outcomes = await this.library.take(room, paths);
      this.offerEditions(earlier, outcomes);
      const again = outcomes.filter(({ duplicate }) => duplicate);
      const failed = outcomes.filter(({ error }) => error);
      if (again.length > 0) {
        const text = again.length === 1 && again[0] ? fileName(again[0].path) : count(again.length, "file");
        this.toasts.show("info", "Already in this room", text);
      }
      if (outcomes.length === 0)
        this.toasts.show(
          "info",
          "Nothing to add",
          "There is no document in what you dropped that can be read.",
        );
      if (failed.length > 0)
        this.toasts.show("bad", `${count(failed.length, "file")} not added`, "The library says why.");
    });
  }

  /** A file by the name of one that is here already is more often a new edition than another document. */
  private offerEditions(earlier: Document[], outcomes: ImportOutcome[]): void {
    const named = (name: string) => outcomes.filter(({ path }) => fileName(path) === name).length;
    for (const { path, document, duplicate } of outcomes) {
      const name = fileName(path);
      const old = earlier.find(({ file_name }) => file_name === name);
      // Several files by one name, as folders hold them, are no editions of each other.
      if (!old || document === null || duplicate || named(name) > 1) continue;
      this.toasts.show("info", `There is another “${name}” in this room`, `It is called “${old.title}”.`, {
        label: "Replace the old edition instead",
        testid: "replace-instead",
        run: () => void this.attempt(() => this.library.replaceInstead(old.document, document, path)),
      });
    }
  }

  offer(paths: string[]): void {
    if (paths.length > 0) this.offered = [...this.offered, ...paths];
  }

  /** Shows a place in a document; Escape then leads back to `from`. */
  show(place: Place, from: HTMLElement | null = null): void {
    if (from) {
      const step = { screen: this.screen, sheet: this.layout.sheetOpen, focus: remember(from) };
      // From one source to the next, the way back stays the one to where reading began.
      const onPage = this.screen === "read" && this.#way[0];
      this.#way = onPage ? [{ ...onPage, sheet: step.sheet, focus: step.focus }] : [step];
    }
    this.layout.sheetOpen = false;
    this.screen = "read";
    void this.viewer.show(place);
  }

  /** Back to where the last place was opened from, with the focus. True if there was a way. */
  back(): boolean {
    const step = this.#way.at(-1);
    if (!step) return false;
    this.#way = [];
    this.screen = step.screen;
    this.layout.sheetOpen = step.sheet;
    // The screen that holds it has to be there first.
    void tick().then(() => step.focus()?.focus());
    return true;
  }

  closeDocument(): void {
    this.viewer.close();
    this.#way = [];
    if (this.screen === "read") this.screen = "library";
  }

  private async roomsChanged(): Promise<void> {
    if (!this.usable) return;
    await Promise.all([this.rooms.load(), this.cards.due.load()]);
    if (!this.usable) return;
    // The open room may have been removed from a command line.
    if (this.rooms.currentId !== null && !this.rooms.current)
      await this.enter(this.rooms.list[0]?.room ?? null);
  }

  documentChanged(document: Document, eta: number | null): void {
    const before = this.library.shelf.get(document.document)?.document ?? null;
    this.library.apply(document, eta);
    if (document.replaces === null) this.viewer.changed(document, before);
    if (isAnother(document, before)) {
      this.search.changed(document.document, false);
      void this.attempt(() => this.ask.refresh());
      void this.annotations.refresh();
    }
    if (isAtWork(document)) this.atWork.set(document.document, { document, eta });
    else this.atWork.delete(document.document);
  }

  documentRemoved(document: DocumentId): void {
    this.library.forget(document);
    this.search.changed(document, true);
    this.quizzes.documentRemoved(document);
    this.atWork.delete(document);
    void this.annotations.documentRemoved(document);
    if (this.viewer.open?.document === document) this.closeDocument();
  }

  /** Runs something; what goes wrong is told as news. */
  async attempt(run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (thrown) {
      this.toasts.fault(thrown);
    }
  }
}

/** Where reading was begun from. */
interface Step {
  screen: Screen;
  sheet: boolean;
  focus: () => HTMLElement | null;
}

/** Finds an element again, also after its screen was taken down and built anew. */
function remember(element: HTMLElement): () => HTMLElement | null {
  const testid = element.dataset.testid;
  const all = () => [...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)];
  const place = testid ? all().indexOf(element) : -1;
  return () => (element.isConnected ? element : (all()[place] ?? null));
}

const KEY = Symbol("session");

export const provideSession = (session: Session): Session => setContext(KEY, session);
export const useSession = (): Session => getContext<Session>(KEY);
