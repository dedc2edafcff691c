import type { Backend } from "../backend/backend";
import { fileName } from "../app/words";
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
import { copy } from "../design/copy";
import { Removals } from "../design/removals.svelte";
import type { ToastAction, Toasts } from "../design/toasts.svelte";
import { t } from "../i18n/i18n.svelte";
import type { Carried } from "./carried";
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
  /** The file that is brought in or written just now. */
  working = $state.raw<{ what: "import" | "export"; file: string } | null>(null);
  readonly removals: Removals<NoteId>;
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
    this.removals = new Removals(toasts);
    this.list = new CardList(backend, (note) => this.removals.has(note));
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
    if (room === null) this.removals.clear();
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
    // What is being removed is not asked again.
    await this.removals.finish();
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
    this.#toasts.show("good", t("cards.toast.saved", { n: made }));
  }

  /** Closes the editor with what is written in it; as long as the toast stays, it can be opened again. */
  async setAside(): Promise<void> {
    const { editor } = this;
    if (!editor) return;
    await this.composed(editor.saved > 0);
    editor.saved = 0;
    this.#toasts.show("info", t("cards.note.left"), null, {
      label: t("cards.note.left-undo"),
      testid: "note-go-on",
      run: () => (this.editor ??= editor),
    });
  }

  /** Removes a note with its cards as soon as nobody can take it back; `back` is called where somebody does. */
  remove({ note, kind }: Note, back: () => void): void {
    const told = {
      title: t("cards.removed.title"),
      text: kind === "basic" ? t("cards.removed.text") : t("cards.removed.text-note"),
      undo: t("cards.removed.undo"),
    };
    const remove = async () => {
      await this.#backend.noteRemove(note);
      await this.review?.removed(note);
      await this.#changed();
    };
    this.removals.begin(note, told, remove, back);
  }

  /** The same of the card that is asked: the next one comes at once. */
  async removeAsked(review: Review): Promise<void> {
    const { asked } = review;
    if (!asked) return;
    const { note, card } = asked;
    const isOut = await review.setAside(() => this.removals.takeBack(note.note));
    if (isOut) this.remove(note, () => void review.bringBack(card.card));
  }

  /** Puts a card on the clipboard, with its source. */
  async copy(carried: Carried): Promise<void> {
    const done = await copy(carried.text);
    if (done) this.#toasts.show("good", t("cards.row.copied"));
    else this.#toasts.show("bad", t("cards.row.not-copied"));
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
      label: t("cards.toast.go"),
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
    const pick = () => this.#backend.pickCards();
    await this.#work("import", pick, async (room, file) => {
      const outcome = await this.#backend.cardsImport(room, file, utcOffset());
      if (room === this.#room) this.imported = { file: fileName(file), outcome };
      await this.#changed();
    });
  }

  /** Writes the room's cards where the person chooses. */
  async export(): Promise<void> {
    const pick = (room: RoomId) => this.#backend.pickCardsTarget(room);
    await this.#work("export", pick, async (room, file) => {
      const notes = await this.#backend.cardsExport(room, file, utcOffset());
      this.#toasts.show("good", t("cards.toast.written", { n: notes }), fileName(file));
    });
  }

  /** One file at a time. */
  async #work(
    what: "import" | "export",
    pick: (room: RoomId) => Promise<string | null>,
    run: (room: RoomId, file: string) => Promise<void>,
  ): Promise<void> {
    const room = this.#room;
    if (room === null || this.working) return;
    try {
      const file = await pick(room);
      // Another one may have been chosen meanwhile.
      if (file === null || this.working) return;
      this.working = { what, file: fileName(file) };
      this.imported = null;
      await run(room, file).finally(() => (this.working = null));
    } catch (thrown) {
      this.#toasts.fault(thrown);
    }
  }
}
