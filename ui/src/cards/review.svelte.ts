import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import type { AskedCard, CardId, Fault, NoteId, Rating, ReviewTurn, RoomId } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";
import { Stopwatch } from "../quiz/stopwatch";
import { Alarm, utcOffset } from "./clock";
import { plainWords } from "./text";
import { intervalOf, moment, RATINGS } from "./words";

/** Who looks at a card for longer has been away. */
const LONGEST_MS = 10 * 60 * 1000;

/** `lapse`: a card that was known has been forgotten, and the words that it was made from are on show. */
type Phase = "opening" | "question" | "answer" | "lapse" | "done";

/** Something that can be taken back. */
type Deed = { type: "answered" } | LeftOut;
interface LeftOut {
  type: "left-out";
  card: CardId;
  note: NoteId;
  /** Called when it is taken back. */
  undone: () => void;
}

/** Cards of a room, asked one after the other. The next one is shown when the answer is on the disk. */
export class Review {
  phase = $state<Phase>("opening");
  turn = $state.raw<ReviewTurn | null>(null);
  busy = $state(false);
  fault = $state.raw<Fault | null>(null);
  /** The card that the last answer made a leech. */
  leech = $state.raw<AskedCard | null>(null);
  /** How many answers were given since it was begun, and not taken back. */
  answered = $state(0);
  /** What a screen reader is told. */
  announcement = $state("");
  /** Grows with each card that comes on show. */
  shown = $state(0);
  /** When the card came on show: what its answers would make of it is told from then on. */
  askedAt = $state(0);
  readonly asked = $derived(this.turn?.asked ?? null);
  #deeds = $state.raw<Deed[]>([]);
  readonly canUndo = $derived(this.#deeds.length > 0 && !this.busy);
  readonly room: RoomId;
  #backend: Backend;
  /** Tells that other cards wait now. */
  #changed: () => void;
  #watch = new Stopwatch();
  #alarm = new Alarm();
  #left = false;
  #visible = false;
  /** What comes behind a lapse. */
  #after: ReviewTurn | null = null;
  #retry: (() => Promise<void>) | null = null;

  constructor(backend: Backend, room: RoomId, changed: () => void) {
    this.#backend = backend;
    this.room = room;
    this.#changed = changed;
  }

  /** The room is left: what comes late is shown to nobody. */
  leave(): void {
    this.#left = true;
    this.pause();
  }

  /** Nobody looks at it just now. */
  pause(): void {
    this.#alarm.clear();
    this.#watch.pause();
  }

  /** Whether the card can be seen just now; only such time counts. */
  seen(isSeen: boolean): void {
    this.#visible = isSeen;
    if (isSeen && this.phase !== "lapse") this.#watch.run();
    else this.#watch.pause();
  }

  /** Begins, or goes on later: what was on show before may not be its turn any more. */
  async begin(): Promise<void> {
    if (this.busy) return;
    this.phase = "opening";
    this.leech = null;
    await this.next();
  }

  /** The card whose turn it is. */
  async next(): Promise<void> {
    await this.#do(async () => this.#take(await this.#backend.reviewNext(this.room, utcOffset())));
  }

  /** Shows the answer. */
  reveal(): void {
    const { asked } = this;
    if (this.phase !== "question" || !asked || this.busy) return;
    this.phase = "answer";
    this.announcement = t("cards.news.answer", {
      text: `${plainWords(asked.face.answer)} ${plainWords(asked.face.extra)}`.trim(),
    });
  }

  /** Stores how well the card was known. */
  async rate(rating: Rating): Promise<void> {
    const { asked } = this;
    if (this.phase !== "answer" || !asked || this.busy) return;
    const { card } = asked.card;
    const answer = { card, rating, ms: Math.min(this.#watch.read(), LONGEST_MS) };
    const send = async () =>
      this.#answered(asked, rating, await this.#backend.reviewAnswer(answer, utcOffset()));
    await this.#do(send, async () => {
      // It may have been stored before something else failed: no answer counts twice.
      const now = await this.#backend.reviewCard(card, utcOffset());
      if (now.asked?.card.reps === asked.card.reps) return send();
      this.#answered(asked, rating, await this.#backend.reviewNext(this.room, utcOffset()));
    });
  }

  #answered(asked: AskedCard, rating: Rating, after: ReviewTurn): void {
    this.#deeds = [...this.#deeds, { type: "answered" }];
    this.answered += 1;
    this.#changed();
    this.leech = after.leech ? asked : null;
    const isLapse = rating === "again" && asked.card.state === "review" && asked.note.source !== null;
    if (!isLapse) return this.#take(after, this.#said(asked, rating, after.leech));
    this.#after = after;
    this.phase = "lapse";
    this.#watch.pause();
    this.announcement = t("cards.news.forgotten", { quote: asked.note.source?.quote ?? "" });
  }

  #said(asked: AskedCard, rating: Rating, leech: boolean): string {
    const next = asked.answers[RATINGS.indexOf(rating)];
    if (leech) return t("cards.news.leech");
    if (!next) return "";
    return t("cards.news.rated", {
      rating: t(`cards.rating.${rating}`),
      when: intervalOf(next, this.askedAt),
    });
  }

  /** Goes on behind a lapse. */
  async goOn(): Promise<void> {
    if (this.phase !== "lapse" || this.busy) return;
    const after = this.#after;
    // While a page was read, another card may have become due.
    if (!after?.asked) return this.next();
    this.#take(after);
  }

  /** Takes back what was done last: an answer, or that a card was left out. */
  async undo(): Promise<void> {
    const last = this.#deeds.at(-1);
    if (!last || this.busy) return;
    await this.#do(async () => {
      const turn = await this.#takeBack(last);
      this.#deeds = this.#deeds.slice(0, -1);
      if (last.type === "answered") this.answered -= 1;
      this.leech = null;
      this.#changed();
      this.#take(turn, t("cards.news.taken-back"));
    });
  }

  async #takeBack(last: Deed): Promise<ReviewTurn> {
    if (last.type === "answered") return this.#backend.reviewUndo(this.room, utcOffset());
    await this.#backend.cardTakeIn(last.card);
    last.undone();
    return this.#backend.reviewCard(last.card, utcOffset());
  }

  /** Leaves the card out: until tomorrow, or for good. */
  async leaveOut(untilTomorrow: boolean): Promise<void> {
    await this.#leaveOut(untilTomorrow, untilTomorrow ? t("cards.news.buried") : t("cards.news.left-out"));
  }

  /** Leaves the card out while it is being removed; `undone` is called when that is taken back here. */
  setAside(undone: () => void): Promise<boolean> {
    return this.#leaveOut(true, t("cards.news.removed"), undone);
  }

  /** True once it is left out. */
  async #leaveOut(untilTomorrow: boolean, said: string, undone = () => {}): Promise<boolean> {
    const { asked } = this;
    const canLeave = this.phase === "question" || this.phase === "answer";
    if (!asked || this.busy || !canLeave) return false;
    const { card } = asked.card;
    let isOut = false;
    await this.#do(async () => {
      await this.#backend.cardLeaveOut(card, untilTomorrow, utcOffset());
      isOut = true;
      this.#deeds = [...this.#deeds, { type: "left-out", card, note: asked.note.note, undone }];
      this.leech = null;
      this.#changed();
      this.#take(await this.#backend.reviewNext(this.room, utcOffset()), said);
    });
    return isOut;
  }

  /** Takes a card back in that was left out, whatever was done since. */
  async bringBack(card: CardId): Promise<void> {
    const isIt = (deed: Deed | undefined): deed is LeftOut => deed?.type === "left-out" && deed.card === card;
    if (isIt(this.#deeds.at(-1))) return this.undo();
    await this.#do(async () => {
      await this.#backend.cardTakeIn(card);
      this.#deeds = this.#deeds.filter((deed) => !isIt(deed));
      this.#changed();
      if (this.phase === "done") this.#take(await this.#backend.reviewNext(this.room, utcOffset()));
    });
  }

  /** A note is gone for good: nothing of it can be taken back. */
  async removed(note: NoteId): Promise<void> {
    this.#deeds = this.#deeds.filter((deed) => deed.type !== "left-out" || deed.note !== note);
    if (this.asked?.note.note === note) await this.refresh();
  }

  /** Takes a leech back in; it comes again as its answer said. */
  async keep(): Promise<void> {
    const { leech } = this;
    if (!leech || this.busy) return;
    await this.#do(async () => {
      await this.#backend.cardTakeIn(leech.card.card);
      this.leech = null;
      this.#changed();
    });
  }

  /** The card was written anew, or removed: shows how it is now, on the same side. */
  async refresh(): Promise<void> {
    const { asked, phase } = this;
    if (!asked || phase === "lapse") return;
    await this.#do(async () => {
      try {
        const turn = await this.#backend.reviewCard(asked.card.card, utcOffset());
        this.turn = turn;
      } catch (thrown) {
        if (asFault(thrown).code !== "not_found") throw thrown;
        this.#take(await this.#backend.reviewNext(this.room, utcOffset()));
      }
    });
  }

  /** Tries once more what failed. */
  async again(): Promise<void> {
    const retry = this.#retry;
    if (!retry || this.busy) return;
    await this.#do(retry, retry);
  }

  #take(turn: ReviewTurn, said = ""): void {
    if (this.#left) return;
    this.#after = null;
    this.turn = turn;
    this.phase = turn.asked ? "question" : "done";
    this.shown += 1;
    this.askedAt = Date.now();
    this.#watch.reset();
    if (this.#visible) this.#watch.run();
    this.#alarm.clear();
    if (turn.asked) {
      this.announcement =
        `${said} ${t("cards.news.question", { text: plainWords(turn.asked.face.question) })}`.trim();
      return;
    }
    this.#watch.pause();
    const { next } = turn;
    const nothing =
      next === null ? t("cards.news.nothing") : t("cards.news.next", { when: moment(next, Date.now()) });
    this.announcement = `${said} ${nothing}`.trim();
    if (next !== null) this.#alarm.set(next, () => void this.next());
  }

  /** Does one thing at a time. What fails leaves the card on show, and can be tried again by `retry`. */
  async #do(run: () => Promise<void>, retry: () => Promise<void> = run): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.fault = null;
    this.#retry = null;
    try {
      await run();
    } catch (thrown) {
      if (this.#left) return;
      this.fault = asFault(thrown);
      this.#retry = retry;
    } finally {
      this.busy = false;
    }
  }
}
