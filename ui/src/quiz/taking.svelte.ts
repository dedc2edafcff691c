import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import type { Fault, Point, Question, Quiz, QuizTaken, Verdict } from "../backend/bindings";
import { language, t } from "../i18n/i18n.svelte";
import { Stopwatch } from "./stopwatch";
import { countdown, verdictName, verdictOf } from "./words";

const SECOND_MS = 1000;
/** When a screen reader says how much time is left. */
const ANNOUNCED_MS = [300_000, 60_000, 10_000];
/** The shell takes no longer times. */
const LONGEST_MS = 2 ** 32 - 1;

/** What stands in the fields of questions and is not sent, by their ordinals. */
export type Typed = Map<number, string[]>;

/**
 * A quiz that is open: one question at a time, then the result. An answer that comes late belongs to its own question
 * here, whatever is on show by then.
 */
export class Taking {
  quiz = $state.raw() as Quiz;
  questions = $state.raw<Question[]>([]);
  /** Which question is on show, from 0. */
  at = $state(0);
  /** What stands in the fields of that question, and is not sent. */
  given = $state<string[]>([]);
  /** The key points of a free answer that have been decided, while the rest is. */
  points = $state.raw<Point[]>([]);
  busy = $state(false);
  fault = $state.raw<Fault | null>(null);
  /** Milliseconds that are left; null without a limit. */
  left = $state<number | null>(null);
  /** Whether the result is on show. */
  over = $state(false);
  /** Whether the clock has ended it. */
  outOfTime = $state(false);
  /** What a screen reader is told. */
  announcement = $state("");
  readonly current = $derived(this.questions[this.at]);
  readonly answered = $derived(this.questions.filter(({ answered }) => answered).length);
  readonly correct = $derived(this.questions.filter((question) => verdictOf(question) === "correct").length);
  /** Whether what was right is told behind each answer. */
  readonly tellsAtOnce = $derived(this.quiz.feedback === "at_once");
  readonly isLast = $derived(this.questions.every(({ answered }) => answered));
  readonly tookMs = $derived(this.questions.reduce((sum, { answered }) => sum + (answered?.took_ms ?? 0), 0));
  /** Whether something stands in the fields that can be sent. */
  readonly canAnswer = $derived(
    this.given.some((text) => text.trim()) &&
      !this.busy &&
      !this.current?.answered &&
      this.quiz.ended === null,
  );
  /** What was typed for a question that can't be answered any more. */
  readonly unsent = $derived(
    this.quiz.ended !== null && !this.current?.answered ? this.given.filter((text) => text.trim()) : [],
  );
  #backend: Backend;
  #typed: Typed;
  #watch = new Stopwatch();
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `typed` is what was typed and not sent when the quiz was left, and keeps what is typed now. */
  constructor(backend: Backend, taken: QuizTaken, typed: Typed = new Map()) {
    this.#backend = backend;
    this.#typed = typed;
    this.#take(taken);
    this.over = taken.quiz.ended !== null;
    const first = taken.questions.findIndex(({ answered }) => !answered);
    this.at = Math.max(0, first);
    this.#recall();
    this.#runClock();
  }

  /** Nobody looks at it any more. */
  leave(): void {
    clearInterval(this.#timer);
    this.#watch.pause();
  }

  /** Whether the question can be seen just now; only such time counts. */
  seen(isSeen: boolean): void {
    if (isSeen) this.#watch.run();
    else this.#watch.pause();
  }

  /** Puts something into a field; each term of a matching question has its own. */
  give(text: string, field = 0): void {
    if (this.current?.answered) return;
    const given = [...this.given];
    while (given.length < field) given.push("");
    given[field] = text;
    this.given = given;
    if (this.current) this.#typed.set(this.current.ordinal, given);
  }

  /** What was typed for the question on show and not sent. */
  #recall(): void {
    this.given = [...(this.#typed.get(this.current?.ordinal ?? 0) ?? [])];
  }

  /** Sends what stands in the fields. */
  async answer(): Promise<void> {
    if (this.canAnswer) await this.#send(this.given.map((text) => text.trim()));
  }

  /** Passes the question over. Where nothing is told behind an answer, the next one comes at once. */
  async skip(): Promise<void> {
    if (this.busy || this.current?.answered || this.quiz.ended !== null) return;
    await this.#send([]);
    if (!this.tellsAtOnce && this.current?.answered) await this.next();
  }

  async #send(given: string[]): Promise<void> {
    const question = this.current;
    if (!question) return;
    const { ordinal } = question;
    const isTold = this.tellsAtOnce && question.asked.kind === "short";
    this.busy = true;
    this.fault = null;
    this.points = [];
    if (isTold && given.length > 0) this.announcement = t("quiz.news.comparing");
    try {
      const tookMs = Math.min(this.#watch.read(), LONGEST_MS);
      const stored = await this.#backend.quizAnswer(
        this.quiz.quiz,
        ordinal,
        given,
        tookMs,
        language(),
        (point) => {
          // They come by another way than the answer, and may be later.
          if (isTold && this.busy && this.current?.ordinal === ordinal) this.points = [...this.points, point];
        },
      );
      this.#put(stored);
      this.#typed.delete(ordinal);
      this.announcement = this.#told(stored);
    } catch (thrown) {
      this.fault = asFault(thrown);
      await this.#look();
    } finally {
      this.busy = false;
    }
  }

  #told(question: Question): string {
    if (!this.tellsAtOnce)
      return question.answered?.given.length ? t("quiz.news.answered") : t("quiz.news.skipped");
    const verdict = verdictOf(question);
    if (!verdict) return t("quiz.news.answered");
    const feedback = question.answered?.grade?.feedback ?? "";
    return t("quiz.news.verdict", { verdict: verdictName(verdict), feedback });
  }

  /** The next question that waits for an answer, or the result. */
  async next(): Promise<void> {
    if (this.busy) return;
    const open = this.questions.flatMap(({ answered }, at) => (answered ? [] : [at]));
    const to = open.find((at) => at > this.at) ?? open[0];
    if (to === undefined || this.quiz.ended !== null) return this.end();
    this.at = to;
    this.#recall();
    this.points = [];
    this.fault = null;
    this.#watch.reset();
  }

  /** Ends it, whatever is answered, and shows the result. */
  async end(): Promise<void> {
    this.busy = true;
    this.fault = null;
    try {
      this.#take(await this.#backend.quizOpen(this.quiz.quiz, language()));
      if (this.quiz.ended === null) this.quiz = await this.#backend.quizEnd(this.quiz.quiz);
      this.over = true;
      clearInterval(this.#timer);
      const score = { n: this.correct, all: this.questions.length };
      this.announcement = this.outOfTime ? t("quiz.news.time-up", score) : t("quiz.news.over", score);
    } catch (thrown) {
      this.fault = asFault(thrown);
    } finally {
      this.busy = false;
    }
  }

  /** Says against the app what an answer is; null takes that back. */
  async appeal(ordinal: number, says: Verdict | null): Promise<void> {
    const stored = await this.#backend.quizAppeal(this.quiz.quiz, ordinal, says);
    this.#put(stored);
    const verdict = verdictOf(stored);
    if (verdict) this.announcement = t("quiz.news.appealed", { verdict });
  }

  #put(stored: Question): void {
    this.questions = this.questions.map((other) => (other.ordinal === stored.ordinal ? stored : other));
  }

  #take({ quiz, questions }: QuizTaken): void {
    this.quiz = quiz;
    this.questions = questions;
  }

  /** After a fault: how the quiz stands now. What was typed stays. */
  async #look(): Promise<void> {
    try {
      this.#take(await this.#backend.quizOpen(this.quiz.quiz, language()));
    } catch {
      // The fault that is on show says enough.
    }
  }

  #runClock(): void {
    const { created, time_limit_s, ended } = this.quiz;
    if (time_limit_s === null || ended !== null) return;
    const until = created + time_limit_s * SECOND_MS;
    const tick = () => {
      const before = this.left ?? Infinity;
      const left = Math.max(0, until - Date.now());
      this.left = left;
      if (ANNOUNCED_MS.some((mark) => before !== Infinity && before > mark && left <= mark))
        this.announcement = t("quiz.news.left", { time: countdown(left) });
      // An answer that is on its way is let in first.
      if (left > 0 || this.busy) return;
      clearInterval(this.#timer);
      this.outOfTime = true;
      void this.end();
    };
    tick();
    if (this.left) this.#timer = setInterval(tick, SECOND_MS);
  }
}
