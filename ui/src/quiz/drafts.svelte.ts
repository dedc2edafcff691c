import type { Backend } from "../backend/backend";
import type { Decisions, Item, QuizItemId, RejectReason, RoomId, StoredItem } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";

/** The questions of a room that wait for a look, one of them at hand. */
export class Drafts {
  list = $state.raw<StoredItem[]>([]);
  decisions = $state.raw<Decisions[]>([]);
  /** Which one is at hand. */
  at = $state(0);
  busy = $state(false);
  /** What a screen reader is told. */
  announcement = $state("");
  /** What was decided here, the last one at the end. */
  #decided = $state.raw<QuizItemId[]>([]);
  readonly current = $derived(this.list[this.at]);
  readonly canUndo = $derived(this.#decided.length > 0);
  #room: RoomId | null = null;
  #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  enter(room: RoomId | null): void {
    this.#room = room;
    this.list = [];
    this.#decided = [];
    this.at = 0;
  }

  async load(): Promise<void> {
    const room = this.#room;
    if (room === null) return;
    const [list, decisions] = await Promise.all([
      this.#backend.draftsList(room),
      this.#backend.draftsDecisions(),
    ]);
    if (room !== this.#room) return;
    const item = this.current?.item;
    this.list = list;
    this.decisions = decisions;
    const same = list.findIndex((draft) => draft.item === item);
    this.at = same >= 0 ? same : Math.max(0, Math.min(this.at, list.length - 1));
  }

  move(by: number): void {
    this.at = Math.max(0, Math.min(this.at + by, this.list.length - 1));
  }

  /** Lets the one at hand be asked, in other words if it was changed. */
  approve = (changed: Item | null = null): Promise<void> =>
    this.#decide(t("quiz.drafts.approved"), (item) => this.#backend.draftApprove(item, changed));

  reject = (reason: RejectReason): Promise<void> =>
    this.#decide(t("quiz.drafts.rejected"), (item) => this.#backend.draftReject(item, reason));

  /** Takes the last decision back; that question is at hand again. */
  async undo(): Promise<void> {
    const item = this.#decided.at(-1);
    if (item === undefined || this.busy) return;
    await this.#alone(async () => {
      await this.#backend.draftReopen(item);
      this.#decided = this.#decided.slice(0, -1);
      this.announcement = t("quiz.drafts.taken-back");
      await this.load();
      const back = this.list.findIndex((draft) => draft.item === item);
      if (back >= 0) this.at = back;
    });
  }

  async #decide(told: string, decide: (item: QuizItemId) => Promise<unknown>): Promise<void> {
    const draft = this.current;
    if (!draft || this.busy) return;
    await this.#alone(async () => {
      const room = this.#room;
      await decide(draft.item);
      if (room !== this.#room) return;
      this.#decided = [...this.#decided, draft.item];
      this.list = this.list.filter(({ item }) => item !== draft.item);
      this.at = Math.max(0, Math.min(this.at, this.list.length - 1));
      this.announcement = told;
      await this.load();
    });
  }

  /** One decision after another: a key that is held down decides on one question only. */
  async #alone(run: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await run();
    } finally {
      this.busy = false;
    }
  }
}
