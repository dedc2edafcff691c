import type { Backend } from "../backend/backend";
import type {
  Difficulty,
  DocumentId,
  Feedback,
  ItemKind,
  OutlineItem,
  QuizRequest,
  QuizTaken,
  RoomId,
  TurnId,
} from "../backend/bindings";
import { language, t } from "../i18n/i18n.svelte";

/** The most questions that a quiz may have, and the most minutes. */
export const MOST = { questions: 50, minutes: 180 };

/** What the next quiz is to be. What was chosen last stays for the one after it. */
export class QuizForm {
  /** None of them are the whole room. */
  documents = $state.raw<DocumentId[]>([]);
  /** A place in the table of contents of the one document that is chosen. */
  section = $state<number | null>(null);
  /** The answer whose places it is about, in place of documents. */
  turn = $state<TurnId | null>(null);
  outline = $state.raw<OutlineItem[]>([]);
  kinds = $state.raw<ItemKind[]>(["choice", "cloze", "true-false"]);
  count = $state(10);
  difficulty = $state<Difficulty>("medium");
  feedback = $state<Feedback>("at_once");
  /** Null is no limit. */
  minutes = $state<number | null>(null);
  /** Why no quiz can be made of this; null when one can. */
  readonly wrong = $derived.by(() => {
    if (this.kinds.length === 0) return t("quiz.wrong.kinds");
    if (!isWhole(this.count, MOST.questions)) return t("quiz.wrong.count", { most: MOST.questions });
    if (this.minutes !== null && !isWhole(this.minutes, MOST.minutes))
      return t("quiz.wrong.minutes", { most: MOST.minutes });
    return null;
  });
  #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Other documents, or all of the room. */
  async choose(documents: DocumentId[], section: number | null = null): Promise<void> {
    this.documents = documents;
    this.section = null;
    this.turn = null;
    this.outline = [];
    const [only] = documents;
    if (only === undefined || documents.length > 1) return;
    try {
      const outline = await this.#backend.documentOutline(only);
      // Another may have been chosen meanwhile.
      if (this.documents !== documents) return;
      this.outline = outline;
      if (section !== null && section < outline.length) this.section = section;
    } catch {
      // Without a table of contents there are no sections to choose from.
    }
  }

  /** What an answer cites. */
  async chooseAnswer(turn: TurnId): Promise<void> {
    await this.choose([]);
    this.turn = turn;
  }

  /** As an earlier quiz was asked for; as far as it shows, where that is not known. */
  async like(taken: QuizTaken, asked: QuizRequest | undefined, room: string): Promise<void> {
    const { quiz, questions } = taken;
    this.kinds = asked?.kinds ?? [...new Set(questions.map((question) => question.asked.kind))];
    this.count = asked?.count ?? Math.min(questions.length, MOST.questions);
    this.difficulty = asked?.difficulty ?? "medium";
    this.feedback = quiz.feedback;
    this.minutes = quiz.time_limit_s === null ? null : Math.max(1, Math.round(quiz.time_limit_s / 60));
    const cited = [...new Set(questions.map((question) => question.asked.citation.document))];
    await this.choose(asked?.documents ?? (quiz.title === room ? [] : cited), asked?.section ?? null);
    this.turn = asked?.turn ?? null;
  }

  request(room: RoomId): QuizRequest {
    return {
      room,
      documents: [...this.documents],
      section: this.section,
      turn: this.turn,
      kinds: [...this.kinds],
      count: this.count,
      difficulty: this.difficulty,
      manner: {
        feedback: this.feedback,
        time_limit_s: this.minutes === null ? null : this.minutes * 60,
      },
      language: language(),
    };
  }
}

const isWhole = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most;
