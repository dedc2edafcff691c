import { tick } from "svelte";

import type { Backend } from "../backend/backend";
import type { DocumentId, RoomDesk } from "../backend/bindings";
import { Viewer, type Place, type ReadingPlace } from "../read/viewer.svelte";
import { Layout, type Beside } from "./layout.svelte";
import { OpenDocuments } from "./openDocuments.svelte";

export type Screen =
  "library" | "quiz" | "cards" | "progress" | "notes" | "search" | "read" | "ask" | "settings" | "activity";

/** Screens that are there again at the next start; the others are passed through. */
export const KEPT: Screen[] = ["library", "quiz", "cards", "progress", "notes", "read", "ask"];

/** The screen by a name that was kept; the library where this version knows none by it. */
const screenOf = (desk: RoomDesk): Screen => KEPT.find((screen) => screen === desk.screen) ?? "library";

/** A document that was just opened. */
const UNTOUCHED = { share: 0, zoom: 1, spread: false } satisfies Partial<ReadingPlace>;

/** Which screen is on show, what lies beside it, which documents lie open, and the way back from a place. */
export class Surface {
  screen = $state<Screen>("library");
  readonly layout = new Layout();
  /** The one document that is on show, on either side. */
  readonly viewer: Viewer;
  /** The documents that have a tab. */
  readonly open: OpenDocuments;
  #way = $state.raw<Step[]>([]);
  /** Whether a place was opened from somewhere that Escape leads back to. */
  readonly canGoBack = $derived(this.#way.length > 0);

  constructor(backend: Backend) {
    this.viewer = new Viewer(backend);
    this.open = new OpenDocuments(this.viewer);
  }

  /** Opens what lay open in a room when it was left. */
  layOut(desk: RoomDesk | null): void {
    const places = desk?.documents ?? [];
    this.viewer.close();
    this.#way = [];
    this.open.replace(places);
    const current = places.find(({ document }) => document === desk?.current) ?? places[0];
    if (current) void this.viewer.restore(current);
    const screen = desk ? screenOf(desk) : "library";
    this.screen = screen === "read" && !current ? "library" : screen;
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
