import type { Backend } from "../backend/backend";
import type { DocumentMatches, Fault, PageMatch } from "../backend/bindings";
import { asFault } from "../backend/fault";
import type { Viewer } from "./viewer.svelte";

/** So many are marked and can be gone through; there may be more. */
const MOST = 2000;
const PAUSE_MS = 120;

/** Words that are looked for in the open document. */
export class Find {
  shown = $state(false);
  query = $state("");
  found = $state.raw<DocumentMatches | null>(null);
  fault = $state.raw<Fault | null>(null);
  /** Which of the matches is looked at, from 0. */
  at = $state(0);
  readonly current = $derived(this.found?.matches[this.at] ?? null);
  readonly #byPage = $derived(byPage(this.found?.matches ?? NONE));
  #viewer: Viewer;
  #backend: Backend;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #latest = 0;
  /** Where the search began: the first match is looked for from there on. */
  #from = 1;

  constructor(viewer: Viewer, backend: Backend) {
    this.#viewer = viewer;
    this.#backend = backend;
  }

  /** The matches on a page, while they are shown. */
  onPage(page: number): PageMatch[] {
    return (this.shown && this.#byPage.get(page)) || NONE;
  }

  open(): void {
    if (this.shown) return;
    this.shown = true;
    this.#from = this.#viewer.page;
    this.#viewer.remember();
    if (this.query.trim()) void this.#ask(false);
  }

  /** What is looked at stays where it is. */
  close(): void {
    clearTimeout(this.#timer);
    this.#latest += 1;
    this.shown = false;
    this.found = null;
    this.fault = null;
  }

  /** Another document lies open. */
  clear(): void {
    this.close();
    this.query = "";
  }

  type(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    this.#latest += 1;
    if (query.trim()) this.#timer = setTimeout(() => void this.#ask(true), PAUSE_MS);
    else this.found = this.fault = null;
  }

  /** Looks again in pages that are there by now; what is looked at stays so. */
  again(): void {
    if (this.shown && this.query.trim()) void this.#ask(false);
  }

  /** On to the next match, or the one before; round at either end. */
  step(by: 1 | -1): void {
    const matches = this.found?.matches.length ?? 0;
    if (matches === 0) return;
    this.at = (this.at + by + matches) % matches;
    this.#look();
  }

  goTo(at: number): void {
    this.at = at;
    this.#look();
  }

  async #ask(go: boolean): Promise<void> {
    const document = this.#viewer.open?.document;
    if (document === undefined) return;
    const mine = ++this.#latest;
    const before = this.current;
    try {
      const found = await this.#backend.documentFind(document, this.query.trim(), MOST);
      // Newer words may have been typed meanwhile.
      if (mine !== this.#latest) return;
      const kept = go ? -1 : found.matches.findIndex((match) => isSame(match, before));
      const next = found.matches.findIndex(({ page }) => page >= this.#from);
      this.found = found;
      this.fault = null;
      this.at = Math.max(0, kept >= 0 ? kept : next);
      if (go) this.#look();
    } catch (thrown) {
      if (mine !== this.#latest) return;
      const fault = asFault(thrown);
      if (fault.code !== "cancelled") this.fault = fault;
    }
  }

  #look(): void {
    const match = this.current;
    if (!match) return;
    this.#from = match.page;
    this.#viewer.look(match.page, match.boxes);
  }
}

const NONE: PageMatch[] = [];

function byPage(matches: PageMatch[]): Map<number, PageMatch[]> {
  const pages = new Map<number, PageMatch[]>();
  for (const match of matches) {
    const beside = pages.get(match.page);
    if (beside) beside.push(match);
    else pages.set(match.page, [match]);
  }
  return pages;
}

const isSame = (one: PageMatch, other: PageMatch | null) =>
  other !== null && one.page === other.page && one.start === other.start && one.end === other.end;
