import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import type { Fault, Fit, Fitted, RoomId, StudySettings } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";
import { daysUntil } from "./words";

type Whole = Required<StudySettings>;

/** How a room is studied. What is chosen is stored at once; what the shell refuses is said, and the rest stays. */
export class Plan {
  settings = $state.raw<Whole | null>(null);
  fitted = $state.raw<Fitted | null>(null);
  fault = $state.raw<Fault | null>(null);
  /** What can't be, as far as it is known here. */
  refused = $state<string | null>(null);
  fitting = $state(false);
  fit = $state.raw<Fit | null>(null);
  #backend: Backend;
  #room: RoomId | null = null;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  enter(room: RoomId | null): void {
    if (this.fitting) void this.stop();
    this.#room = room;
    this.settings = null;
    this.fitted = null;
    this.fault = null;
    this.refused = null;
    this.fit = null;
    this.fitting = false;
  }

  async load(): Promise<void> {
    const room = this.#room;
    if (room === null) return;
    const [settings, memory] = await Promise.all([
      this.#backend.studySettings(room),
      this.#backend.memoryParameters(room),
    ]);
    if (room !== this.#room) return;
    this.settings = settings as Whole;
    this.fitted = memory.fitted;
  }

  /** Changes some of it. */
  async choose(part: Partial<Whole>): Promise<void> {
    const room = this.#room;
    const before = this.settings;
    if (room === null || !before) return;
    this.fault = null;
    this.refused = null;
    if (part.exam && daysUntil(part.exam, Date.now()) < 0) {
      this.refused = t("cards.plan.bad-exam");
      return;
    }
    this.settings = { ...before, ...part };
    try {
      await this.#backend.studySettingsSet(room, this.settings);
    } catch (thrown) {
      if (room !== this.#room) return;
      this.settings = before;
      this.fault = asFault(thrown);
    }
  }

  /** Fits the numbers that foretell forgetting to the person's answers. */
  async fitToAnswers(): Promise<void> {
    const room = this.#room;
    if (room === null || this.fitting) return;
    this.fitting = true;
    this.fault = null;
    this.fit = null;
    try {
      const fit = await this.#backend.memoryFit(room);
      if (room !== this.#room) return;
      this.fit = fit;
      if (fit?.type === "better") this.fitted = fit.fitted;
    } catch (thrown) {
      if (room === this.#room) this.fault = asFault(thrown);
    } finally {
      if (room === this.#room) this.fitting = false;
    }
  }

  async stop(): Promise<void> {
    await this.#backend.memoryFitStop().catch(() => false);
  }

  /** Back to the numbers that fit most people. */
  async reset(): Promise<void> {
    const room = this.#room;
    if (room === null) return;
    this.fault = null;
    try {
      await this.#backend.memoryReset(room);
      if (room !== this.#room) return;
      this.fitted = null;
      this.fit = null;
    } catch (thrown) {
      if (room === this.#room) this.fault = asFault(thrown);
    }
  }
}
