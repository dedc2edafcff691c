import { tick } from "svelte";
import { SvelteMap } from "svelte/reactivity";

import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import type { Activity, CardStatistics, Fault, RoomId, RoomProgress } from "../backend/bindings";
import { unfolded } from "../design/tree";
import type { Look } from "../read/look";
import { isOpenAtFirst, nodesOf, type Node } from "./tree";

type View = "documents" | "activity";

/** So many days back a row of days can be told; what is longer is "more than a year". */
export const DAYS_BACK = 366;
/** Weeks that the calendar shows, this one counted. */
export const WEEKS = 12;
/** Days for which the coming cards are counted, today among them. */
export const DAYS_AHEAD = 30;

/** What came of studying in the open room. */
export class Progress {
  view = $state<View>("documents");
  standing = $state.raw<RoomProgress | null>(null);
  activity = $state.raw<Activity | null>(null);
  cards = $state.raw<CardStatistics | null>(null);
  /** Why it could not be read last; what was read before stays on show. */
  fault = $state.raw<Fault | null>(null);
  readonly loaded = $derived(this.standing !== null);
  /** Documents and their sections, one behind the other. */
  readonly nodes = $derived(nodesOf(this.standing?.documents ?? []));
  /** Those of them that nothing above folds away. */
  readonly rows = $derived(unfolded(this.nodes, (node) => this.isOpen(node)));
  /** Whether nothing was read, asked, answered or put on cards. */
  readonly untouched = $derived(
    (this.standing?.documents ?? []).every(
      ({ whole }) => whole.mastery === null && whole.asked === 0 && whole.cards === 0,
    ),
  );
  #backend: Backend;
  #look: Look;
  #room: RoomId | null = null;
  /** Grows with each reading; what comes of an earlier one is stale. */
  #asked = 0;
  /** What somebody has folded or unfolded. */
  #folded = new SvelteMap<string, boolean>();

  constructor(backend: Backend, look: Look) {
    this.#backend = backend;
    this.#look = look;
  }

  enter(room: RoomId | null): void {
    if (room === this.#room) return;
    this.#room = room;
    this.#asked += 1;
    this.#folded.clear();
    this.view = "documents";
    this.standing = null;
    this.activity = null;
    this.cards = null;
    this.fault = null;
  }

  /** Reads all of it anew. */
  async load(): Promise<void> {
    const room = this.#room;
    if (room === null) return;
    const mine = ++this.#asked;
    // The page that was on top until now has been looked at by then, and counts.
    await tick();
    await this.#look.settle();
    if (mine !== this.#asked) return;
    const utcOffset = -new Date().getTimezoneOffset();
    try {
      const [standing, activity, cards] = await Promise.all([
        this.#backend.progress(room, utcOffset),
        this.#backend.activity(room, DAYS_BACK, utcOffset),
        this.#backend.cardsStatistics(room, WEEKS * 7, DAYS_AHEAD, utcOffset),
      ]);
      if (mine !== this.#asked) return;
      this.standing = standing;
      this.activity = activity;
      this.cards = cards;
      this.fault = null;
    } catch (thrown) {
      if (mine === this.#asked) this.fault = asFault(thrown);
    }
  }

  isOpen(node: Node): boolean {
    return this.#folded.get(node.key) ?? isOpenAtFirst(node, this.standing?.documents.length ?? 0);
  }

  fold(node: Node, open: boolean): void {
    if (node.hasParts) this.#folded.set(node.key, open);
  }

  /** Folds or unfolds everything. */
  foldAll(open: boolean): void {
    for (const node of this.nodes) this.fold(node, open);
  }
}
