import type { Session } from "../app/session.svelte";
import { asFault } from "../backend/fault";
import type { Document, DocumentId, Fault, Health, LibraryCheck, Work } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";
import { broughtUp } from "./works";

/** Changes within this time are read together. */
const TOGETHER_MS = 200;

/** A check that was made since the window opened. */
export interface Checked {
  at: number;
  found: LibraryCheck;
}

/** What is at work in all rooms, what could not be done, and how the library is; live while it is on show. */
export class Activity {
  works = $state.raw<Work[]>([]);
  loaded = $state(false);
  fault = $state.raw<Fault | null>(null);
  health = $state.raw<Health | null>(null);
  checked = $state.raw<Checked | null>(null);
  checking = $state<"check" | "repair" | null>(null);
  readonly running = $derived(this.works.filter(({ state }) => state === "running"));
  /** In the order of work. */
  readonly waiting = $derived(this.works.filter(({ state }) => state === "queued"));
  readonly held = $derived(this.works.filter(({ state }) => state === "paused"));
  /** What did not end well, the last first. */
  readonly ended = $derived(this.works.filter(({ state }) => state === "failed" || state === "cancelled"));
  #session: Session;
  #watched = false;
  #asked = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Keeps it live as long as it is on show. */
  watch(): () => void {
    this.#watched = true;
    void this.load();
    void this.look();
    return () => {
      this.#watched = false;
      clearTimeout(this.#soon);
    };
  }

  /** As before a library was there. */
  clear(): void {
    this.#asked += 1;
    this.works = [];
    this.loaded = false;
    this.fault = null;
    this.health = null;
    this.checked = null;
  }

  async load(): Promise<void> {
    clearTimeout(this.#soon);
    const mine = ++this.#asked;
    try {
      const works = await this.#session.backend.worksList();
      if (mine !== this.#asked) return;
      const wasAtWork = this.running.length + this.waiting.length > 0;
      this.works = works;
      this.loaded = true;
      this.fault = null;
      // When the last of it is done, there is more in the library than before.
      if (wasAtWork && this.running.length + this.waiting.length === 0) void this.look();
    } catch (thrown) {
      if (mine === this.#asked) this.fault = asFault(thrown);
    }
  }

  /** Looks how the library is. */
  async look(): Promise<void> {
    await this.#session.attempt(async () => (this.health = await this.#session.backend.health()));
  }

  documentChanged(document: Document): void {
    if (!this.#watched) return;
    const at = this.works.findIndex((work) => work.document === document.document);
    const work = this.works[at];
    const next = work && broughtUp(work, document);
    if (next) this.works = this.works.with(at, next);
    else this.#loadSoon();
  }

  documentRemoved(document: DocumentId): void {
    this.works = this.works.filter((work) => work.document !== document);
  }

  #loadSoon(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.load(), TOGETHER_MS);
  }

  pause = (work: Work) => this.#deed(() => this.#session.library.pause(work.document));
  resume = (work: Work) => this.#deed(() => this.#session.library.resume(work.document));
  /** A new edition is given up by the document that it would have replaced. */
  cancel = (work: Work) => this.#deed(() => this.#session.library.cancel(work.replaces ?? work.document));

  /** Rejects where the password is wrong, or it can't be tried again. */
  async retry(work: Work, password?: string): Promise<void> {
    await this.#session.library.retry(work.document, password);
    await this.load();
  }

  /** Puts one that did not end well out of sight; a document of which nothing was read goes with it, and can come back. */
  async forget(work: Work): Promise<void> {
    const session = this.#session;
    await this.#deed(async () => {
      const isRemoved = await session.backend.worksClear(work.job);
      if (!isRemoved) return;
      session.documentRemoved(work.document);
      session.toasts.show("info", t("activity.forgotten", { title: work.title }), null, {
        label: t("activity.undo"),
        testid: "works-undo",
        run: () => void this.#bringBack(work),
      });
    });
  }

  async #bringBack({ document, room }: Work): Promise<void> {
    const { backend, library, rooms } = this.#session;
    await this.#deed(async () => {
      await backend.documentBringBack(document);
      if (rooms.currentId === room) await library.open(room);
    });
  }

  async #deed(run: () => Promise<unknown>): Promise<void> {
    await this.#session.attempt(run);
    await this.load();
  }

  /** Looks whether the library is whole; or puts right what is not. */
  async check(how: "check" | "repair"): Promise<void> {
    if (this.checking) return;
    const session = this.#session;
    this.checking = how;
    await session.attempt(async () => {
      const found = await (how === "check"
        ? session.backend.libraryCheck()
        : session.backend.libraryRepair());
      this.checked = { at: Date.now(), found };
    });
    this.checking = null;
    await this.look();
  }
}
