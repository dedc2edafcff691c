import type { Backend } from "../backend/backend";
import { fileName, count } from "../app/words";
import type {
  CardId,
  CardsImported,
  CardsOverview,
  DocumentId,
  Note,
  NoteId,
  NotesMade,
  QuizId,
  RoomId,
} from "../backend/bindings";
import type { ToastAction, Toasts } from "../design/toasts.svelte";
import { Alarm, utcOffset } from "./clock";
import { Due } from "./due.svelte";
import { NoteEditor, type Start } from "./editor.svelte";
import { CardList } from "./list.svelte";
import { Plan } from "./plan.svelte";
import { Review } from "./review.svelte";
import { Terms } from "./terms.svelte";
import { madeWords } from "./words";

type View = "home" | "review" | "plan";

/** The cards of the open room, and what is done with them just now. */
export class Cards {
  view = $state<View>("home");
  overview = $state.raw<CardsOverview | null>(null);
  /** The review that goes on, also while something else is on show. */
  review = $state.raw<Review | null>(null);
  /** The note that is written. */
  editor = $state.raw<NoteEditor | null>(null);
  terms = $state.raw<Terms | null>(null);
  /** What came in from the last file, and what the file is called. */
  imported = $state.raw<{ file: string; outcome: CardsImported } | null>(null);
  /** Whether a file is brought in or written. */
  working = $state<"import" | "export" | null>(null);
  readonly due: Due;
  readonly list: CardList;
  readonly plan: Plan;
  #backend: Backend;
  #toasts: Toasts;
  #room: RoomId | null = null;
  #asked = 0;
  #alarm = new Alarm();

  constructor(backend: Backend, toasts: Toasts) {
    this.#backend = backend;
    this.#toasts = toasts;
    this.due = new Due(backend);
    this.list = new CardList(backend);
    this.plan = new Plan(backend);
  }

  enter(room: RoomId | null): void {
    if (room === this.#room) return;
    this.#room = room;
    this.#asked += 1;
    this.#alarm.clear();
    this.review?.leave();
    this.review = null;
    this.editor = null;
    this.terms = null;
    this.imported = null;
    this.overview = null;
    this.view = "home";
    this.list.enter(room);
    this.plan.enter(room);
  }

  /** What the home of the cards shows. */
  async load(): Promise<void> {
    await Promise.all([this.#look(), this.plan.load(), this.list.load()]);
  }

  async #look(): Promise<void> {
    const room = this.#room;
    if (room === null) return;
    const mine = ++this.#asked;
    const overview = await this.#backend.cardsOverview(room, utcOffset());
    if (mine !== this.#asked) return;
    this.overview = overview;
    // What is being learnt comes again within minutes.
    if (overview.next !== null) this.#alarm.set(overview.next, () => void this.#look().catch(() => {}));
    else this.#alarm.clear();
  }

  /** Something was done to cards: the numbers are others now, and perhaps the list. */
  async #changed(): Promise<void> {
    const home = this.view === "home" ? this.load() : Promise.resolve();
    await Promise.all([this.due.load(), home]);
  }

  async home(): Promise<void> {
    this.review?.pause();
    this.view = "home";
    await this.load();
  }

  async openPlan(): Promise<void> {
    this.view = "plan";
    await this.plan.load();
  }

  /** Asks the cards whose turn it is. */
  async startReview(): Promise<void> {
    const room = this.#room;
    if (room === null) return;
    this.review ??= new Review(this.#backend, room, () => void this.due.load());
    this.view = "review";
    await this.review.begin();
  }

  /** Opens a new card to be written, or a note to be written anew. */
  compose(start: Start | Note = {}): void {
    if (this.#room !== null) this.editor = new NoteEditor(this.#backend, this.#room, start);
  }

  /** The editor is closed; `saved` says whether something of it was stored. */
  async composed(saved: boolean): Promise<void> {
    const { editor } = this;
    this.editor = null;
    if (!saved || !editor) return;
    if (!editor.note) this.#tell(editor.saved);
    await Promise.all([this.#changed(), this.view === "review" ? this.review?.refresh() : null]);
  }

  #tell(made: number): void {
    this.#toasts.show("good", made === 1 ? "Card saved" : `${count(made, "card")} saved`);
  }

  /** Removes a note for good, with its cards. */
  async remove(note: NoteId): Promise<void> {
    await this.#backend.noteRemove(note);
    if (this.view === "review") await this.review?.refresh();
    await this.#changed();
  }

  async leaveOut(card: CardId): Promise<void> {
    await this.#backend.cardLeaveOut(card, false, utcOffset());
    await this.#changed();
  }

  async takeIn(card: CardId): Promise<void> {
    await this.#backend.cardTakeIn(card);
    await this.#changed();
  }

  /** Makes cards of questions of a quiz, and says so; `then` leads to them. */
  async makeOf(quiz: QuizId, ordinals: number[], then: () => void): Promise<void> {
    await this.#made(await this.#backend.notesFromQuestions(quiz, ordinals), {
      label: "Go to the cards",
      testid: "cards-go",
      run: then,
    });
  }

  /** Offers cards of the terms that documents define. */
  offerTerms(document: DocumentId | null = null): void {
    if (this.#room !== null) this.terms = new Terms(this.#backend, this.#room, document);
  }

  async makeTerms(): Promise<void> {
    const made = await this.terms?.make();
    if (!made) return;
    this.terms = null;
    await this.#made(made);
  }

  async #made(made: NotesMade, action: ToastAction | null = null): Promise<void> {
    const [title, more] = madeWords(made);
    this.#toasts.show(made.added > 0 ? "good" : "info", title, more, action);
    await this.#changed();
  }

  /** Brings a file in that the person chooses. */
  async bringIn(): Promise<void> {
    await this.#work("import", async (room) => {
      const file = await this.#backend.pickCards();
      if (file === null) return;
      const outcome = await this.#backend.cardsImport(room, file, utcOffset());
      if (room === this.#room) this.imported = { file: fileName(file), outcome };
      await this.#changed();
    });
  }

  /** Writes the room's cards where the person chooses. */
  async export(): Promise<void> {
    await this.#work("export", async (room) => {
      const file = await this.#backend.pickCardsTarget(room);
      if (file === null) return;
      const notes = await this.#backend.cardsExport(room, file, utcOffset());
      this.#toasts.show("good", `${count(notes, "note")} written`, fileName(file));
    });
  }

  /** One file at a time. */
  async #work(what: "import" | "export", run: (room: RoomId) => Promise<void>): Promise<void> {
    const room = this.#room;
    if (room === null || this.working) return;
    this.working = what;
    this.imported = null;
    try {
      await run(room);
    } catch (thrown) {
      this.#toasts.fault(thrown);
    } finally {
      this.working = null;
    }
  }
}
