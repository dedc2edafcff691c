import { getContext, setContext, tick } from "svelte";
import { SvelteMap } from "svelte/reactivity";

import { Activity } from "../activity/activity.svelte";
import { Annotations } from "../annotations/annotations.svelte";
import { Ask } from "../ask/ask.svelte";
import type { Destination } from "../ask/links";
import type { Backend, Unlisten } from "../backend/backend";
import { asFault } from "../backend/fault";
import { Cards } from "../cards/cards.svelte";
import type {
  About,
  Citation,
  Document,
  DocumentId,
  ExecutorsInUse,
  Fault,
  ImportOutcome,
  PowerState,
  RoomId,
  Status,
  TurnId,
  WorkEnded,
} from "../backend/bindings";
import { focusOn } from "../design/focus";
import { Toasts } from "../design/toasts.svelte";
import { t } from "../i18n/i18n.svelte";
import { isAtWork, Library } from "../library/library.svelte";
import { Palette } from "../palette/palette.svelte";
import { Progress } from "../progress/progress.svelte";
import { Quizzes } from "../quiz/quizzes.svelte";
import { Look } from "../read/look";
import { isAnother, Viewer, type Place, type ReadingPlace } from "../read/viewer.svelte";
import { Rooms } from "../rooms/rooms.svelte";
import { Search } from "../search/search.svelte";
import { Appearance } from "../settings/appearance.svelte";
import { Backup } from "../settings/backup.svelte";
import { Desk, screenOf } from "./desk.svelte";
import { Drop } from "./drop.svelte";
import { ended } from "./ended";
import { FirstRun } from "./firstRun.svelte";
import { Layout, type Beside } from "./layout.svelte";
import { runAction } from "./menu";
import { OpenDocuments } from "./openDocuments.svelte";
import { Removal } from "./removal.svelte";
import { fileName } from "./words";

/** Ways to have a part of a document told. */
export type Overview = "summary" | "guide";

/** A document that was just opened. */
const UNTOUCHED = { share: 0, zoom: 1, spread: false } satisfies Partial<ReadingPlace>;

export type Screen =
  "library" | "quiz" | "cards" | "progress" | "notes" | "search" | "read" | "ask" | "settings" | "activity";

/** What is open in this window: the screens' states, and what passes between them. */
export class Session {
  readonly rooms: Rooms;
  readonly library: Library;
  readonly viewer: Viewer;
  /** The documents that have a tab. */
  readonly open: OpenDocuments;
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
  readonly activity = new Activity(this);
  readonly palette = new Palette(this);
  readonly layout = new Layout();
  readonly desk = new Desk(this);
  readonly firstRun = new FirstRun(this);
  /** What the machine runs on: what only pleases the eye stops on a battery. */
  power = $state.raw<PowerState>({ battery: false, saver: false });
  screen = $state<Screen>("library");
  status = $state.raw<Status | null>(null);
  /** Where the library lies, if the shell says so. */
  readonly folder = $derived(this.status?.folder ?? null);
  /** Whether documents can be added and questions kept. */
  readonly writable = $derived(this.status?.library.state !== "ready" || this.status.library.writable);
  /** Who writes answers, once it was asked for. */
  executors = $state.raw<ExecutorsInUse | null>(null);
  /** Why nothing can be shown at all. */
  broken = $state.raw<Fault | null>(null);
  ready = $state(false);
  /** A place outside the app that somebody pressed; they are asked before anything is opened. */
  link = $state.raw<Destination | null>(null);
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
    this.open = new OpenDocuments(this.viewer);
    this.look = new Look((document, page) => backend.documentLook(document, page));
    this.search = new Search(backend);
    this.ask = new Ask(backend);
    this.quizzes = new Quizzes(backend, this.toasts);
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
    const { title } = document;
    const name = section ? t("app.overview.section", { section: section.title, title }) : title;
    const text = t(`app.overview.${mode}`, { name });
    this.showAsk();
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
    this.showAsk();
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
        powerChanged: (power) => (this.power = power),
        menuChosen: (id) => runAction(this, id),
        workEnded: (work) => void this.#tellOfEnd(work),
        drag: (drag) => this.drop.drag(drag),
      });
    } catch (thrown) {
      this.broken = asFault(thrown);
      return stop;
    }
    // Where it can't be told, it is as if there were no battery.
    void this.backend.power().then(
      (power) => (this.power = power),
      () => {},
    );
    await this.readStatus();
    return stop;
  }

  /** Somebody who looks at another window is told; what keeps that from happening harms nobody. */
  async #tellOfEnd(work: WorkEnded): Promise<void> {
    const { title, body } = ended(work);
    await this.backend.notify(title, body).catch(() => false);
  }

  /** Tries once more to open a library that could not be opened. */
  async tryAgain(): Promise<void> {
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
    this.desk.clear();
    this.screen = "library";
    this.layout.sheetOpen = false;
    this.open.replace([]);
    this.viewer.close();
    this.#way = [];
    this.rooms.clear();
    this.library.clear();
    this.search.enter(null);
    this.quizzes.enter(null);
    this.progress.enter(null);
    this.cards.enter(null);
    this.cards.due.clear();
    this.activity.clear();
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
      await Promise.all([this.appearance.load(), this.rooms.load(), this.desk.load()]);
      const last = this.rooms.list.find(({ room }) => room === this.appearance.settings.last_room);
      const first = last ?? this.rooms.list[0];
      void this.cards.due.load();
      // The room is there, with what lay open in it, before it is shown.
      const entered = first ? this.enter(first.room) : this.appearance.enter(undefined);
      this.firstRun.begin();
      this.ready = true;
      await entered;
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
    if (changed) this.desk.leaveRoom();
    this.rooms.currentId = room;
    this.appearance.enter(this.rooms.current?.hue);
    if (changed) this.#layOut(room);
    else this.screen = "library";
    this.search.enter(room);
    this.quizzes.enter(room);
    this.progress.enter(room);
    this.cards.enter(room);
    await this.attempt(async () => {
      const conversation = changed ? (this.desk.of(room)?.conversation ?? null) : null;
      await Promise.all([
        this.library.open(room),
        this.ask.enter(room, conversation),
        this.appearance.remember(room),
      ]);
    });
  }

  /** Opens what lay open in a room when it was left. */
  #layOut(room: RoomId | null): void {
    const desk = this.desk.of(room);
    const places = desk?.documents ?? [];
    this.viewer.close();
    this.#way = [];
    this.open.replace(places);
    const current = places.find(({ document }) => document === desk?.current) ?? places[0];
    if (current) void this.viewer.restore(current);
    const screen = desk ? screenOf(desk) : "library";
    this.screen = screen === "read" && !current ? "library" : screen;
  }

  /** Takes files into a room: the one given, else the open one, else a first one that is made for them. */
  async take(paths: string[], into: RoomId | null = null): Promise<void> {
    if (!this.usable || paths.length === 0) return;
    // Who drops files knows what to do.
    if (this.firstRun.step !== null) void this.firstRun.end();
    await this.attempt(async () => {
      if (!this.writable) throw { code: "read_only", message: this.status?.message ?? "" } satisfies Fault;
      let room = into ?? this.rooms.currentId;
      if (room === null) {
        const made = await this.rooms.create(t("app.firstRoom"));
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
        const text =
          again.length === 1 && again[0] ? fileName(again[0].path) : t("app.take.files", { n: again.length });
        this.toasts.show("info", t("app.take.already"), text);
      }
      if (outcomes.length === 0) this.toasts.show("info", t("app.take.nothing"), t("app.take.none"));
      if (failed.length > 0)
        this.toasts.show("bad", t("app.take.notAdded", { n: failed.length }), t("app.take.why"));
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
      const called = t("app.editions.called", { title: old.title });
      this.toasts.show("info", t("app.editions.there", { name }), called, {
        label: t("app.editions.replace"),
        testid: "replace-instead",
        run: () => void this.attempt(() => this.library.replaceInstead(old.document, document, path)),
      });
    }
  }

  offer(paths: string[]): void {
    if (paths.length > 0) this.offered = [...this.offered, ...paths];
  }

  /** What the companion shows: what it is to, unless the surface shows that. */
  get beside(): Beside {
    const { shows } = this.layout;
    const hasDocument = this.viewer.open !== null;
    if (shows === "document" && hasDocument && this.screen !== "read") return "document";
    if (shows === "notes" && this.screen !== "notes") return "notes";
    if (this.screen !== "ask") return "ask";
    return hasDocument ? "document" : "notes";
  }

  /** On which side the open document lies; null where none is open. */
  get documentSide(): "surface" | "companion" | null {
    if (!this.viewer.open) return null;
    return this.screen !== "read" && this.beside === "document" ? "companion" : "surface";
  }

  /** Whether the open document can be seen. */
  get documentSeen(): boolean {
    return this.documentSide === "companion" ? this.layout.companionSeen : this.screen === "read";
  }

  /** Has the companion show something; what the surface shows of it makes way. */
  showBeside(what: Beside): void {
    if (what === "document" && this.screen === "read") this.screen = "ask";
    if (what === "ask" && this.screen === "ask") this.screen = this.viewer.open ? "read" : "library";
    if (what === "notes" && this.screen === "notes") this.screen = "library";
    this.layout.shows = what;
    this.layout.showCompanion();
  }

  /** Shows questions and answers where they are, in the companion if they are nowhere. */
  showAsk(): void {
    if (this.screen === "ask") return;
    this.layout.shows = "ask";
    this.layout.showCompanion();
  }

  /** What lies beside comes onto the surface, and the other way round as far as it can lie beside. */
  trade(): void {
    const { beside, screen } = this;
    this.screen = beside === "document" ? "read" : beside;
    const besides: Partial<Record<Screen, Beside>> = { ask: "ask", read: "document", notes: "notes" };
    this.layout.shows = besides[screen] ?? (beside === "ask" ? "document" : "ask");
    this.layout.sheetOpen = false;
  }

  /** Shows a place in a document; Escape then leads back to `from`. Beside the answers where these have the surface. */
  show(place: Place, from: HTMLElement | null = null): void {
    if (from) {
      const step = { screen: this.screen, sheet: this.layout.sheetOpen, focus: remember(from) };
      // From one source to the next, the way back stays the one to where reading began.
      const onPage = this.screen === "read" && this.#way[0];
      this.#way = onPage ? [{ ...onPage, sheet: step.sheet, focus: step.focus }] : [step];
    }
    if (this.screen === "ask") {
      this.layout.shows = "document";
      this.layout.showCompanion();
    } else {
      this.layout.sheetOpen = false;
      this.screen = "read";
    }
    this.#turnTo(place);
  }

  /** Shows a place beside what the surface shows; where that is a document, its place is taken by the answers. */
  openBeside(place: Place): void {
    if (this.screen === "read") this.screen = "ask";
    this.layout.shows = "document";
    this.layout.showCompanion();
    this.#turnTo(place);
  }

  #turnTo(place: Place): void {
    this.open.keep();
    this.open.add({ document: place.document, title: place.title, page: place.page, ...UNTOUCHED });
    void this.viewer.show(place);
  }

  /** Brings an open document onto the surface, where reading stood. */
  switchTo(document: DocumentId): void {
    this.screen = "read";
    this.layout.sheetOpen = false;
    if (document === this.open.current) return;
    this.open.keep();
    const place = this.open.find(document);
    if (place) void this.viewer.restore(place);
    this.#way = [];
  }

  /** Opens the document again that was closed last. */
  reopen(): void {
    const place = this.open.reopened();
    if (!place) return;
    this.open.keep();
    this.open.add(place);
    this.screen = "read";
    void this.viewer.restore(place);
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

  /** Closes a document, the one on show where none is said; its neighbour takes its place. */
  closeDocument(document: DocumentId | null = this.open.current, again = true): void {
    if (document === null) return;
    const shown = document === this.open.current;
    const next = this.open.remove(document, again);
    if (!shown) return;
    this.viewer.close();
    this.#way = [];
    if (next) void this.viewer.restore(next);
    else if (this.screen === "read") this.screen = "library";
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
    if (document.replaces === null) {
      this.viewer.changed(document, before);
      this.open.rename(document.document, document.title);
    }
    if (isAnother(document, before)) {
      this.search.changed(document.document, false);
      void this.attempt(() => this.ask.refresh());
      void this.annotations.refresh();
    }
    if (isAtWork(document)) this.atWork.set(document.document, { document, eta });
    else this.atWork.delete(document.document);
    this.activity.documentChanged(document);
  }

  documentRemoved(document: DocumentId): void {
    this.library.forget(document);
    this.search.changed(document, true);
    this.quizzes.documentRemoved(document);
    this.atWork.delete(document);
    this.activity.documentRemoved(document);
    void this.annotations.documentRemoved(document);
    this.closeDocument(document, false);
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
