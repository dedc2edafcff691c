import type {
  AskedCard,
  Card,
  CardAnswer,
  CardsImported,
  CardsOverview,
  Counts,
  Due,
  Filter,
  Fit,
  Fitted,
  ListedCard,
  Medium,
  NewNote,
  Next,
  Note,
  NotesMade,
  ReviewTurn,
  RoomDue,
  StudySettings,
  SuggestedNote,
} from "../src/backend/bindings";
import { aCard, aNote, anImport, aPlan, faceOf, nextOf, ordinalsOf, refuse } from "./cardBuilders";
import { ProgressDouble } from "./progressDouble";

const DAY = 24 * 60 * 60_000;
const PAGE = 200;

/** The part of the double that cards are about: it keeps them as the shell does, with a simple schedule of its own. */
export class CardsDouble extends ProgressDouble {
  notes: Note[] = [];
  cards: Card[] = [];
  media = new Map<number, Medium[]>();
  suggested: SuggestedNote[] = [];
  plan: StudySettings = aPlan();
  fitted: Fitted | null = null;
  fit: Fit | null = { type: "too_few", reviews: 12, needed: 400 };
  imported: CardsImported = anImport();
  /** Forgotten so often, a card is a leech. */
  leechAt = 8;
  cardsFile: string | null = "/home/ada/Biology.apkg";
  noteImage = (hash: string) => `page://localhost/media/${hash}`;
  #before: Card[] = [];

  /** Puts a note with its cards into a room. */
  keepNote(note: Partial<Note> = {}, ...cards: Partial<Card>[]): Note {
    const kept = aNote({ note: this.notes.length + 1, ...note });
    this.notes.push(kept);
    for (const ordinal of ordinalsOf(kept)) {
      const card = this.cards.length + 1;
      this.cards.push(aCard({ card, note: kept.note, room: kept.room, ordinal, ...cards[ordinal] }));
    }
    return kept;
  }

  #card(id: number): Card {
    const card = this.cards.find(({ card }) => card === id);
    if (!card) throw { code: "not_found", message: `There is no card ${id}.` };
    return card;
  }

  #note(id: number): Note {
    const note = this.notes.find(({ note }) => note === id);
    if (!note) throw { code: "not_found", message: `There is no note ${id}.` };
    return note;
  }

  #put(card: Card): void {
    this.cards = this.cards.map((other) => (other.card === card.card ? card : other));
  }

  #waiting(room: number): Card[] {
    const now = Date.now();
    const open = this.cards.filter(
      (card) =>
        card.room === room && !card.suspended && card.buried_until <= now && (card.due ?? 0) <= now + DAY / 2,
    );
    return open.sort((one, other) => (one.due ?? now) - (other.due ?? now));
  }

  #counts(room: number): Counts {
    const of = (isOf: (card: Card) => boolean) => this.#waiting(room).filter(isOf).length;
    return {
      new: of(({ state }) => state === "new"),
      review: of(({ state }) => state === "review"),
      learning: of(({ state }) => state === "learning" || state === "relearning"),
    };
  }

  #asked(card: Card): AskedCard {
    const note = this.#note(card.note);
    const answers = (["again", "hard", "good", "easy"] as const).map((rating) => nextOf(card, rating));
    return {
      card,
      note,
      face: faceOf(note, card.ordinal),
      media: this.media.get(note.note) ?? [],
      answers: answers as [Next, Next, Next, Next],
    };
  }

  #turn(room: number, card: Card | null = null, leech = false): ReviewTurn {
    const now = Date.now();
    const waiting = this.#waiting(room);
    const first = card ?? waiting.find(({ due }) => (due ?? 0) <= now) ?? null;
    const later = this.cards.flatMap(({ due, suspended }) =>
      due !== null && !suspended && due > now ? [due] : [],
    );
    return {
      counts: this.#counts(room),
      asked: first ? this.#asked(first) : null,
      next: first || later.length === 0 ? null : Math.min(...later),
      leech,
    };
  }

  cardsDue = (utcOffset: number) => {
    const rooms = [...new Set(this.cards.map(({ room }) => room))];
    return this.done<RoomDue[]>(
      "cardsDue",
      [utcOffset],
      rooms.map((room) => ({ room, counts: this.#counts(room), until: Date.now() + DAY })),
    );
  };
  cardsOverview = (room: number, utcOffset: number) => {
    const own = this.cards.filter((card) => card.room === room);
    const of = (isOf: (card: Card) => boolean) => own.filter(isOf).length;
    const cards: Due = {
      cards: own.length,
      new: of(({ state, suspended }) => state === "new" && !suspended),
      learning: of(({ state }) => state === "learning" || state === "relearning"),
      review: of(({ state, suspended }) => state === "review" && !suspended),
      due: this.#counts(room).review,
      suspended: of(({ suspended }) => suspended),
      leeches: of(({ suspended, leech }) => suspended && leech),
    };
    const { counts, next } = this.#turn(room);
    const source_changed = of(({ note }) => this.#note(note).source_changed);
    return this.done<CardsOverview>("cardsOverview", [room, utcOffset], {
      cards,
      counts,
      next,
      source_changed,
    });
  };
  cardsList = (room: number, filter: Filter, after: number | null) => {
    const found = this.cards
      .filter((card) => card.room === room && this.#fits(card, filter))
      .sort((one, other) => one.card - other.card);
    const page = found.filter(({ card }) => card > (after ?? 0)).slice(0, PAGE);
    const cards = page.map((card): ListedCard => {
      const note = this.#note(card.note);
      return { card, note, face: faceOf(note, card.ordinal) };
    });
    return this.done("cardsList", [room, filter, after], { cards, total: found.length });
  };

  #fits(card: Card, { text, tag, state, suspended, source_changed }: Filter): boolean {
    const note = this.#note(card.note);
    const words = `${note.front}\n${note.back}\n${note.extra}`.toLowerCase();
    return (
      (!text || words.includes(text.toLowerCase())) &&
      (!tag || note.tags.includes(tag) || (tag === "leech" && card.leech)) &&
      (!state || card.state === state) &&
      (suspended === undefined || card.suspended === suspended) &&
      (source_changed === undefined || note.source_changed === source_changed)
    );
  }

  reviewNext = async (room: number, utcOffset: number) => {
    await this.done("reviewNext", [room, utcOffset], null);
    return this.#turn(room);
  };
  reviewCard = async (card: number, utcOffset: number) => {
    await this.done("reviewCard", [card, utcOffset], null);
    const found = this.#card(card);
    return this.#turn(found.room, found);
  };
  reviewAnswer = async (answer: CardAnswer, utcOffset: number) => {
    await this.done("reviewAnswer", [answer, utcOffset], null);
    const before = this.#card(answer.card);
    const next = nextOf(before, answer.rating);
    const isLapse = answer.rating === "again" && before.state === "review";
    const lapses = before.lapses + (isLapse ? 1 : 0);
    const leech = isLapse && lapses >= this.leechAt;
    this.#before.push(before);
    this.#put({
      ...before,
      state: next.state,
      due: next.due,
      interval: next.interval,
      reps: before.reps + 1,
      lapses,
      leech: before.leech || leech,
      suspended: before.suspended || leech,
    });
    return this.#turn(before.room, null, leech);
  };
  reviewUndo = async (room: number, utcOffset: number) => {
    await this.done("reviewUndo", [room, utcOffset], null);
    const before = this.#before.pop();
    if (before) this.#put(before);
    return this.#turn(room, before);
  };
  cardLeaveOut = async (card: number, untilTomorrow: boolean, utcOffset: number) => {
    await this.done("cardLeaveOut", [card, untilTomorrow, utcOffset], null);
    const before = this.#card(card);
    this.#put(untilTomorrow ? { ...before, buried_until: Date.now() + DAY } : { ...before, suspended: true });
  };
  cardTakeIn = async (card: number) => {
    await this.done("cardTakeIn", [card], null);
    this.#put({ ...this.#card(card), suspended: false, buried_until: 0 });
  };

  noteAdd = async (room: number, note: NewNote) => {
    await this.done("noteAdd", [room, note], null);
    refuse(note);
    return this.keepNote({ ...note, room } as Partial<Note>).note;
  };
  noteEdit = async (id: number, text: NewNote) => {
    await this.done("noteEdit", [id, text], null);
    refuse(text);
    const { kind, front, back = "", extra = "", tags = [] } = text;
    const note: Note = { ...this.#note(id), kind, front, back, extra, tags, source_changed: false };
    this.notes = this.notes.map((other) => (other.note === id ? note : other));
    const kept = this.cards.filter((card) => card.note !== id || ordinalsOf(note).includes(card.ordinal));
    const there = kept.filter((card) => card.note === id).map(({ ordinal }) => ordinal);
    const made = ordinalsOf(note).filter((ordinal) => !there.includes(ordinal));
    this.cards = [
      ...kept,
      ...made.map((ordinal, at) =>
        aCard({ card: this.cards.length + at + 1, note: id, room: note.room, ordinal }),
      ),
    ];
  };
  noteRemove = async (id: number) => {
    await this.done("noteRemove", [id], null);
    this.cards = this.cards.filter((card) => card.note !== id);
    this.notes = this.notes.filter(({ note }) => note !== id);
  };
  notePreview = (note: NewNote) => {
    const whole = aNote(note as Partial<Note>);
    return this.done(
      "notePreview",
      [note],
      ordinalsOf(whole).map((ordinal) => faceOf(whole, ordinal)),
    );
  };
  noteMedia = (note: number) => this.done("noteMedia", [note], this.media.get(note) ?? []);
  notesFromQuestions = async (quiz: number, ordinals: number[]): Promise<NotesMade> => {
    await this.done("notesFromQuestions", [quiz, ordinals], null);
    const questions = this.quizzes.find((taken) => taken.quiz.quiz === quiz)?.questions ?? [];
    const asked = questions.filter(({ ordinal }) => ordinals.includes(ordinal)).map(({ asked }) => asked);
    return this.#addUnknown(
      1,
      asked.map((item) => ({
        guid: item.stem,
        kind: "basic",
        front: item.stem,
        back: String(item.answer),
        source: item.citation,
      })),
    );
  };
  notesOfTerms = (room: number, document: number | null) =>
    this.done(
      "notesOfTerms",
      [room, document],
      this.suggested.filter(({ note }) => document === null || note.source?.document === document),
    );
  notesAdd = async (room: number, notes: NewNote[]) => {
    await this.done("notesAdd", [room, notes], null);
    return this.#addUnknown(room, notes);
  };

  #addUnknown(room: number, notes: NewNote[]): NotesMade {
    const fresh = notes.filter(({ guid }) => !this.notes.some((other) => other.guid === guid));
    for (const note of fresh) this.keepNote({ ...note, room } as Partial<Note>);
    return { added: fresh.length, known: notes.length - fresh.length };
  }

  studySettings = (room: number) => this.done("studySettings", [room], this.plan);
  studySettingsSet = async (room: number, settings: StudySettings) => {
    await this.done("studySettingsSet", [room, settings], null);
    if ((settings.retention ?? 0.9) < 0.7)
      throw { code: "invalid", message: "The retention must be between 0.7 and 0.99." };
    this.plan = settings;
  };
  memoryParameters = (room: number) => this.done("memoryParameters", [room], { fitted: this.fitted });
  memoryFit = (room: number) => this.done("memoryFit", [room], this.fit);
  memoryFitStop = () => this.done("memoryFitStop", [], true);
  memoryReset = async (room: number) => {
    await this.done("memoryReset", [room], null);
    this.fitted = null;
  };
  cardsImport = (room: number, file: string, utcOffset: number) =>
    this.done("cardsImport", [room, file, utcOffset], this.imported);
  cardsExport = (room: number, file: string, utcOffset: number) =>
    this.done("cardsExport", [room, file, utcOffset], this.notes.length);
  pickCards = () => this.done("pickCards", [], this.cardsFile);
  pickCardsTarget = (room: number) => this.done("pickCardsTarget", [room], this.cardsFile);
}
