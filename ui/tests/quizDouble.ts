import type {
  Citation,
  Decisions,
  Grade,
  InterfaceLanguage,
  Item,
  Point,
  Question,
  Quiz,
  QuizMade,
  QuizRequest,
  QuizTaken,
  RejectReason,
  Statistics,
  StoredItem,
  Verdict,
} from "../src/backend/bindings";

/** What a test waits for and then settles by hand. */
export interface Pending<T, A> {
  args: A;
  resolve: (value: T) => void;
  reject: (fault: { code: string; message: string }) => void;
}

interface Answering {
  quiz: number;
  ordinal: number;
  given: string[];
  tookMs: number;
  tell: (point: Point) => void;
}

/** The part of the double that quizzes are about: it keeps them as the shell does, and grades as a test says. */
export class QuizDouble {
  calls: [string, ...unknown[]][] = [];
  faults = new Map<string, { code: string; message: string }>();
  quizzes: QuizTaken[] = [];
  makes: Pending<QuizMade, { wanted: QuizRequest; tell: (made: number) => void }>[] = [];
  answering: Pending<Question, Answering>[] = [];
  /** What an answer is worth; null has a test settle each by hand. */
  marks: ((asked: Item, given: string[]) => Grade) | null = markedByKey;
  statistics: Statistics[] = [];
  drafts: StoredItem[] = [];
  decisions: Decisions[] = [];
  #decided: StoredItem[] = [];

  protected async done<T>(name: string, args: unknown[], value: T): Promise<T> {
    this.calls.push([name, ...args]);
    const fault = this.faults.get(name);
    if (fault) throw fault;
    return value;
  }

  #taken(quiz: number): QuizTaken {
    const taken = this.quizzes.find((taken) => taken.quiz.quiz === quiz);
    if (!taken) throw { code: "not_found", message: "That quiz is gone." };
    return taken;
  }

  /** Puts a question in the place of the one before, and counts again. */
  #put(quiz: number, question: Question): Question {
    const taken = this.#taken(quiz);
    const questions = taken.questions.map((other) => (other.ordinal === question.ordinal ? question : other));
    const answered = questions.filter((other) => other.answered).length;
    const correct = questions.filter(
      ({ answered }) => (answered?.appeal ?? answered?.grade?.verdict) === "correct",
    ).length;
    const ended = taken.quiz.ended ?? (answered === questions.length ? Date.now() : null);
    const next = { quiz: { ...taken.quiz, answered, correct, ended }, questions };
    this.quizzes = this.quizzes.map((other) => (other === taken ? next : other));
    return question;
  }

  quizMake = (wanted: QuizRequest, tell: (made: number) => void) =>
    new Promise<QuizMade>((resolve, reject) => {
      this.calls.push(["quizMake", wanted]);
      this.makes.push({ args: { wanted, tell }, resolve, reject });
    });
  quizMakeStop = () => this.done("quizMakeStop", [], null);
  quizzesList = (room: number) =>
    this.done(
      "quizzesList",
      [room],
      this.quizzes.map(({ quiz }) => quiz).filter((quiz) => quiz.room === room),
    );
  quizOpen = async (quiz: number, language: InterfaceLanguage) => {
    await this.done("quizOpen", [quiz, language], null);
    return this.#taken(quiz);
  };
  quizAnswer = async (
    quiz: number,
    ordinal: number,
    given: string[],
    tookMs: number,
    language: InterfaceLanguage,
    tell: (point: Point) => void,
  ) => {
    await this.done("quizAnswer", [quiz, ordinal, given, tookMs, language], null);
    const question = this.#taken(quiz).questions.find((question) => question.ordinal === ordinal);
    if (!this.marks || !question)
      return new Promise<Question>((resolve, reject) =>
        this.answering.push({ args: { quiz, ordinal, given, tookMs, tell }, resolve, reject }),
      );
    const grade = this.marks(question.asked, given);
    return this.#put(quiz, {
      ...question,
      answered: { given, at: Date.now(), took_ms: tookMs, grade, appeal: null },
    });
  };
  quizAppeal = async (quiz: number, ordinal: number, says: Verdict | null) => {
    await this.done("quizAppeal", [quiz, ordinal, says], null);
    const question = this.#taken(quiz).questions.find((question) => question.ordinal === ordinal);
    if (!question?.answered) throw { code: "invalid", message: "This question has no graded answer yet." };
    return this.#put(quiz, { ...question, answered: { ...question.answered, appeal: says } });
  };
  quizEnd = async (quiz: number) => {
    await this.done("quizEnd", [quiz], null);
    const taken = this.#taken(quiz);
    const next = { ...taken, quiz: { ...taken.quiz, ended: taken.quiz.ended ?? Date.now() } };
    this.quizzes = this.quizzes.map((other) => (other === taken ? next : other));
    return next.quiz;
  };
  quizAgain = async (quiz: number) => {
    await this.done("quizAgain", [quiz], null);
    const taken = this.#taken(quiz);
    const wrong = taken.questions.filter(
      ({ answered }) => (answered?.appeal ?? answered?.grade?.verdict) !== "correct",
    );
    const made = aQuizTaken(
      wrong.map(({ asked }) => asked),
      { ...taken.quiz, quiz: quiz + 100, again: quiz, ended: null, time_limit_s: null },
    );
    this.quizzes = [made, ...this.quizzes];
    return made.quiz;
  };
  quizRemove = async (quiz: number) => {
    await this.done("quizRemove", [quiz], null);
    this.quizzes = this.quizzes.filter((taken) => taken.quiz.quiz !== quiz);
  };
  quizStatistics = (room: number) => this.done("quizStatistics", [room], this.statistics);

  draftsList = (room: number) =>
    this.done(
      "draftsList",
      [room],
      this.drafts.filter((draft) => draft.room === room),
    );
  draftApprove = async (item: number, changed: Item | null) => {
    await this.done("draftApprove", [item, changed], null);
    this.#decide(item);
  };
  draftReject = async (item: number, reason: RejectReason) => {
    await this.done("draftReject", [item, reason], null);
    this.#decide(item);
  };
  draftReopen = async (item: number) => {
    await this.done("draftReopen", [item], null);
    const back = this.#decided.filter((draft) => draft.item === item);
    this.#decided = this.#decided.filter((draft) => draft.item !== item);
    this.drafts = [...this.drafts, ...back].sort((a, b) => a.item - b.item);
  };
  draftsDecisions = () => this.done("draftsDecisions", [], this.decisions);

  #decide(item: number): void {
    this.#decided.push(...this.drafts.filter((draft) => draft.item === item));
    this.drafts = this.drafts.filter((draft) => draft.item !== item);
  }
}

/** Right is what the key says, letter for letter. */
export function markedByKey({ answer }: Item, given: string[]): Grade {
  const isRight =
    typeof answer === "string" ? answer === given[0] : answer.every((key, at) => key === given[at]);
  return aGrade(
    isRight
      ? {}
      : {
          score: 0,
          verdict: "incorrect",
          feedback: given.length === 0 ? "Not answered." : "That is not it.",
        },
  );
}

export const aGrade = (grade: Partial<Grade> = {}): Grade => ({
  score: 1,
  verdict: "correct",
  points: [],
  feedback: "That is right.",
  ...grade,
});

const proof = (citation: Partial<Citation> = {}): Citation => ({
  document: 1,
  title: "Psychology 2e",
  page: 12,
  label: "4",
  locator: null,
  quote: "The hippocampus is associated with memory.",
  boxes: [{ page: 12, x0: 0.1, y0: 0.5, x1: 0.6, y1: 0.52 }],
  ...citation,
});

export const anItem = (item: Partial<Item> = {}): Item => ({
  kind: "choice",
  stem: "Which part of the brain is associated with memory?",
  options: ["the cerebellum", "the hippocampus", "the amygdala", "the pons"],
  answer: "the hippocampus",
  explanation: "The hippocampus is associated with memory.",
  citation: proof(),
  confidence: 0.9,
  ...item,
});

/** One of each kind. */
export const SOME_ITEMS: Record<Item["kind"], Item> = {
  choice: anItem(),
  cloze: anItem({
    kind: "cloze",
    stem: "The _____ is associated with memory.",
    options: [],
    answer: "hippocampus",
  }),
  "true-false": anItem({
    kind: "true-false",
    stem: "The pons is associated with memory.",
    options: ["true", "false"],
    answer: "false",
  }),
  matching: anItem({
    kind: "matching",
    stem: "Which goes with which?",
    terms: ["Encoding", "Storage", "Retrieval"],
    options: [
      "keeping information for later",
      "getting information back out",
      "the input of information into memory",
    ],
    answer: [
      "the input of information into memory",
      "keeping information for later",
      "getting information back out",
    ],
    further: [proof({ page: 13, label: "5" }), proof({ page: 14, label: "6" })],
  }),
  short: anItem({
    kind: "short",
    stem: "What is encoding?",
    options: [],
    answer: "Encoding is the input of information into memory.",
  }),
};

export const aQuiz = (quiz: Partial<Quiz> = {}): Quiz => ({
  quiz: 5,
  room: 1,
  title: "Psychology 2e",
  feedback: "at_once",
  time_limit_s: null,
  again: null,
  created: Date.now(),
  ended: null,
  questions: 1,
  answered: 0,
  correct: 0,
  ...quiz,
});

export const aQuizTaken = (asked: Item[], quiz: Partial<Quiz> = {}): QuizTaken => ({
  quiz: aQuiz({ ...quiz, questions: asked.length, answered: 0, correct: 0 }),
  questions: asked.map((item, at) => ({ ordinal: at + 1, item: at + 1, asked: item, answered: null })),
});

/** A question that was answered. */
export const answeredWith = (question: Question, given: string[], grade = aGrade()): Question => ({
  ...question,
  answered: { given, at: Date.now(), took_ms: 4000, grade, appeal: null },
});

export const aDraft = (draft: Partial<StoredItem> = {}): StoredItem => ({
  item: 1,
  room: 1,
  document: 1,
  body: anItem({ confidence: 0.55 }),
  maker: "rules",
  state: "draft",
  reason: null,
  created: 0,
  ...draft,
});
