import type { Desk as Stored, RoomDesk, RoomId } from "../backend/bindings";
import type { Session } from "./session.svelte";
import { KEPT, type Screen } from "./surface.svelte";

const PAUSE_MS = 1000;

const EMPTY: Stored = {
  companion: { width: 392, open: true, shows: "ask" },
  library: { layout: "grid", sort: "placed", reversed: false },
  rooms: [],
};

/** What lies open, kept for the next start: at most once a second, and when the window is left. */
export class Desk {
  #session: Session;
  #stored: Stored = EMPTY;
  #loaded = false;
  #written = "";
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Where screens that were scrolled stand; read when they are written. */
  #scrolled = new Map<string, HTMLElement>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Reads what lay open. A desk that can't be read is an empty one. */
  async load(): Promise<void> {
    const { backend, layout, library } = this.#session;
    this.#stored = await backend.deskGet().catch(() => EMPTY);
    this.#written = JSON.stringify(this.#stored);
    const { companion } = this.#stored;
    layout.resize(companion.width);
    layout.companionOpen = companion.open;
    layout.shows = companion.shows;
    library.arrangement.restore(this.#stored.library);
    this.#loaded = true;
  }

  /** What lay open in a room when it was left. */
  of(room: RoomId | null): RoomDesk | null {
    return this.#stored.rooms.find((desk) => desk.room === room) ?? null;
  }

  /** Keeps what changes from now on. Call in an effect root. */
  watch(): () => void {
    const stop = $effect.root(() => {
      $effect(() => {
        // Read, so that each change of it is noticed.
        this.#now();
        this.#plan();
      });
    });
    const scrolled = (event: Event) => this.#noteScroll(event.target);
    const left = () => void this.write();
    window.addEventListener("scroll", scrolled, { capture: true, passive: true });
    window.addEventListener("pagehide", left);
    window.addEventListener("blur", left);
    return () => {
      stop();
      window.removeEventListener("scroll", scrolled, { capture: true });
      window.removeEventListener("pagehide", left);
      window.removeEventListener("blur", left);
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = null;
    };
  }

  /** Notes what lies open in the room that is about to be left. */
  leaveRoom(): void {
    if (this.#loaded) this.#stored = this.#now();
    this.#scrolled.clear();
  }

  /** Another library has taken the place of the one on show. */
  clear(): void {
    this.#loaded = false;
    this.#stored = EMPTY;
    this.#scrolled.clear();
  }

  /** Writes what lies open, where it has changed. */
  async write(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#loaded || !this.#session.usable || !this.#session.writable) return;
    this.#stored = this.#now();
    const written = JSON.stringify(this.#stored);
    if (written === this.#written) return;
    this.#written = written;
    // It is only a convenience: where it can't be kept, the next start finds less.
    await this.#session.backend.deskSet(this.#stored).catch(() => {});
  }

  /** Attach to a screen: it is scrolled to where it was left, as soon as it is long enough. */
  scrollsBack = (name: Screen) => (element: HTMLElement) => {
    const top = this.of(this.#session.rooms.currentId)?.scroll[name] ?? 0;
    if (top === 0) return;
    let frame = 0;
    let left = FRAMES;
    const look = () => {
      const scroller = element.querySelector<HTMLElement>(".scrolls");
      if (scroller && scroller.scrollHeight - scroller.clientHeight >= top) scroller.scrollTop = top;
      else if (--left > 0) frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  };

  #plan(): void {
    this.#timer ??= setTimeout(() => void this.write(), PAUSE_MS);
  }

  #noteScroll(target: EventTarget | null): void {
    if (!(target instanceof HTMLElement) || !target.matches(".scrolls")) return;
    const screen = target.closest<HTMLElement>("[data-screen]");
    // Only what a screen as a whole is scrolled by.
    if (!screen?.dataset.screen || screen.querySelector(".scrolls") !== target) return;
    this.#scrolled.set(screen.dataset.screen, target);
    this.#plan();
  }

  #now(): Stored {
    const { layout, library, rooms } = this.#session;
    const companion = { width: layout.width, open: layout.companionOpen, shows: layout.shows };
    const here = rooms.currentId;
    const others = this.#stored.rooms.filter(({ room }) => room !== here);
    const room = here === null ? [] : [this.#room(here)];
    return { companion, library: library.arrangement.kept(), rooms: [...others, ...room] };
  }

  #room(room: RoomId): RoomDesk {
    const { screen, open, ask, library } = this.#session;
    const { tags, formats } = library.arrangement.filter;
    const before = this.of(room);
    const scroll = { ...before?.scroll };
    for (const [name, element] of this.#scrolled)
      if (element.isConnected) scroll[name] = Math.round(element.scrollTop);
    return {
      room,
      screen: KEPT.includes(screen) ? screen : (before?.screen ?? "library"),
      documents: open.places.map(({ document, title, page, share, zoom, spread }) => ({
        document,
        title,
        page,
        share,
        zoom,
        spread,
      })),
      current: open.current,
      conversation: ask.conversation,
      filter: { shows: before?.filter.shows ?? "all", tags: [...tags], formats: [...formats] },
      scroll,
    };
  }
}

/** So many frames a screen may take to become as long as it was. */
const FRAMES = 90;
