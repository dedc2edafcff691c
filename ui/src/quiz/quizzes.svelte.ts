import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import type {
  DocumentId,
  Fault,
  Quiz,
  QuizId,
  QuizMade,
  QuizRequest,
  RoomId,
  Statistics,
  TurnId,
} from "../backend/bindings";
import { Removals } from "../design/removals.svelte";
import type { Toasts } from "../design/toasts.svelte";
import { language, t } from "../i18n/i18n.svelte";
import { Drafts } from "./drafts.svelte";
import { QuizForm } from "./form.svelte";
import { Taking, type Typed } from "./taking.svelte";

type View = "home" | "form" | "taking" | "drafts";

/** The quizzes of the open room, and what is done with them just now. */
export class Quizzes {
  view = $state<View>("home");
  #stored = $state.raw<Quiz[]>([]);
  statistics = $state.raw<Statistics[]>([]);
  loaded = $state(false);
  /** The quiz that is taken or looked at. */
  taking = $state.raw<Taking | null>(null);
  /** The quiz that was open last. */
  last: QuizId | null = null;
  /** How many questions of a quiz there are that is being made, and how many are wanted. */
  making = $state.raw<{ made: number; wanted: number; stopping: boolean } | null>(null);
  /** What came of the last making, where there is something to say of it. */
  outcome = $state.raw<QuizMade | null>(null);
  /** Why no quiz could be made. */
  fault = $state.raw<Fault | null>(null);
  readonly removals: Removals<QuizId>;
  /** The newest first, without what is being removed. */
  readonly list = $derived.by(() => this.#stored.filter(({ quiz }) => !this.removals.has(quiz)));
  readonly form: QuizForm;
  readonly drafts: Drafts;
  #backend: Backend;
  #room: RoomId | null = null;
  /** Grows when something else is to be on show; what was asked for before is stale then. */
  #opened = 0;
  /** What was typed into quizzes and not sent; whoever comes back to a question finds it there. */
  #typed = new Map<QuizId, Typed>();
  /** What was asked for, of quizzes that were made since the start. */
  #asked = new Map<QuizId, QuizRequest>();

  constructor(backend: Backend, toasts: Toasts) {
    this.#backend = backend;
    this.removals = new Removals(toasts);
    this.form = new QuizForm(backend);
    this.drafts = new Drafts(backend);
  }

  enter(room: RoomId | null): void {
    if (room === this.#room) return;
    // Nobody waits for it any more; what is made of it by then is among the other room's quizzes.
    if (this.making) void this.#backend.quizMakeStop().catch(() => {});
    this.#room = room;
    this.#leave();
    // Another library may come, in which the same numbers are other quizzes.
    if (room === null) {
      this.#asked.clear();
      this.#typed.clear();
      this.removals.clear();
    }
    this.last = null;
    this.making = null;
    this.view = "home";
    this.#stored = [];
    this.statistics = [];
    this.loaded = false;
    this.drafts.enter(room);
    void this.form.choose([]);
  }

  documentRemoved(document: DocumentId): void {
    const { documents } = this.form;
    if (documents.includes(document)) void this.form.choose(documents.filter((other) => other !== document));
  }

  async load(): Promise<void> {
    const room = this.#room;
    if (room === null) return;
    const [list, statistics] = await Promise.all([
      this.#backend.quizzesList(room),
      this.#backend.quizStatistics(room),
      this.drafts.load(),
    ]);
    if (room !== this.#room) return;
    this.#stored = list;
    this.statistics = statistics;
    this.loaded = true;
  }

  async home(): Promise<void> {
    this.#leave();
    this.view = "home";
    await this.load();
  }

  /** Asks what a quiz is to be about; of these documents, or a section of the only one, if some are given. */
  async ask(documents: DocumentId[] | null = null, section: number | null = null): Promise<void> {
    this.#leave();
    this.view = "form";
    if (documents) await this.form.choose(documents, section);
  }

  /** The same of what an answer cites. */
  async askAnswer(turn: TurnId): Promise<void> {
    this.#leave();
    this.view = "form";
    await this.form.chooseAnswer(turn);
  }

  /** A quiz to begin, to go on with or to look at. */
  async open(quiz: QuizId, outcome: QuizMade | null = null): Promise<void> {
    this.#leave();
    const mine = this.#opened;
    const taken = await this.#backend.quizOpen(quiz, language());
    if (mine !== this.#opened) return;
    const typed = this.#typed.get(quiz) ?? new Map<number, string[]>();
    this.#typed.set(quiz, typed);
    this.taking = new Taking(this.#backend, taken, typed);
    this.outcome = outcome;
    this.view = "taking";
  }

  async look(): Promise<void> {
    this.#leave();
    this.view = "drafts";
    await this.drafts.load();
  }

  /** Makes what the form says, and opens it. */
  async make(): Promise<void> {
    const room = this.#room;
    if (room === null || this.making || this.form.wrong) return;
    const wanted = this.form.request(room);
    this.fault = null;
    this.outcome = null;
    this.making = { made: 0, wanted: wanted.count, stopping: false };
    const mine = this.#opened;
    try {
      const outcome = await this.#backend.quizMake(wanted, (made) => {
        if (room === this.#room && this.making) this.making = { ...this.making, made };
      });
      if (outcome.quiz) this.#asked.set(outcome.quiz.quiz, wanted);
      if (room !== this.#room) return;
      this.making = null;
      // Somebody who has gone on to something else finds it in the list.
      if (mine !== this.#opened) {
        if (this.view === "home") this.outcome = outcome;
        return await this.load();
      }
      if (outcome.quiz) await this.open(outcome.quiz.quiz, outcome);
      else this.outcome = outcome;
      await this.drafts.load();
    } catch (thrown) {
      if (room === this.#room) this.fault = asFault(thrown);
    } finally {
      if (room === this.#room) this.making = null;
    }
  }

  /** Ends the making; the quiz begins with the questions that are there. */
  async stop(): Promise<void> {
    if (!this.making) return;
    this.making = { ...this.making, stopping: true };
    await this.#backend.quizMakeStop();
  }

  /** Removes a quiz as soon as nobody can take it back any more; `back` is called where somebody does. */
  remove({ quiz, title }: Quiz, back: () => void): void {
    const told = {
      title: t("quiz.removed.title", { title }),
      text: t("quiz.removed.text"),
      undo: t("quiz.removed.undo"),
    };
    const remove = async () => {
      await this.#backend.quizRemove(quiz);
      this.#typed.delete(quiz);
      await this.load();
    };
    this.removals.begin(quiz, told, remove, back);
  }

  /** A quiz of what was not answered right in the open one. */
  async again(): Promise<void> {
    const { taking } = this;
    if (!taking) return;
    const mine = this.#opened;
    const again = await this.#backend.quizAgain(taking.quiz.quiz);
    if (mine === this.#opened) await this.open(again.quiz);
  }

  /** The form, filled as for the open quiz. `room` is the room's name. */
  async another(room: string): Promise<void> {
    const { taking } = this;
    if (!taking) return;
    const { quiz, questions } = taking;
    this.#leave();
    this.view = "form";
    await this.form.like({ quiz, questions }, this.#asked.get(quiz.quiz), room);
  }

  #leave(): void {
    this.#opened += 1;
    this.taking?.leave();
    this.last = this.taking?.quiz.quiz ?? this.last;
    this.taking = null;
    this.outcome = null;
    this.fault = null;
  }
}
