import { getContext, setContext } from "svelte";
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
import { isAnother } from "../read/viewer.svelte";
import { Rooms } from "../rooms/rooms.svelte";
import { Search } from "../search/search.svelte";
import { Appearance } from "../settings/appearance.svelte";
import { Backup } from "../settings/backup.svelte";
import { Desk } from "./desk.svelte";
import { Drop } from "./drop.svelte";
import { ended } from "./ended";
import { FirstRun } from "./firstRun.svelte";
import { runAction } from "./menu";
import { Removal } from "./removal.svelte";
import { Surface } from "./surface.svelte";
import { take } from "./take";

/** Ways to have a part of a document told. */
export type Overview = "summary" | "guide";

export type { Screen } from "./surface.svelte";

/** What is open in this window: the screens' states, and what passes between them. */
export class Session extends Surface {
  readonly rooms: Rooms;
  readonly library: Library;
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
  readonly desk = new Desk(this);
  readonly firstRun = new FirstRun(this);
  /** What the machine runs on: what only pleases the eye stops on a battery. */
  power = $state.raw<PowerState>({ battery: false, saver: false });
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

  constructor(readonly backend: Backend) {
    super(backend);
    this.rooms = new Rooms(backend);
    this.library = new Library(backend);
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
    this.layout.sheetOpen = false;
    this.layOut(null);
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
    if (changed) {
      const desk = this.desk.of(room);
      this.layOut(desk);
      this.library.arrangement.restoreFilter(desk?.filter ?? null);
    } else this.screen = "library";
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

  /** Takes files into a room: the one given, else the open one, else a first one that is made for them. */
  take(paths: string[], into: RoomId | null = null): Promise<void> {
    return take(this, paths, into);
  }

  offer(paths: string[]): void {
    if (paths.length > 0) this.offered = [...this.offered, ...paths];
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

const KEY = Symbol("session");

export const provideSession = (session: Session): Session => setContext(KEY, session);
export const useSession = (): Session => getContext<Session>(KEY);
