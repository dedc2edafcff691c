import type {
  About,
  Answer,
  Citation,
  ExecutorName,
  Fault,
  Mode,
  Progress,
  Provenance,
  Subject,
  Turn,
  TurnId,
} from "../backend/bindings";
import { writtenOf } from "./written";

/** A question and its answer as it is shown, stored or still coming. */
export interface Exchange {
  key: string;
  turn: TurnId | null;
  /** Where the question was asked again or otherwise: all of these turns, the oldest first, itself among them. */
  versions: TurnId[];
  question: string;
  mode: Mode;
  subject: Subject | null;
  /** The words on a page that it is about. */
  about: About | null;
  text: string;
  /** How much of the text a model wrote, in Markdown, as a length of the string. */
  readonly written: number;
  citations: Citation[];
  further: Citation[];
  state: "waiting" | "streaming" | "complete" | "stopped" | "failed";
  answered: boolean;
  /** Why the search behind the answer could not do all it can, if so. */
  degraded: string | null;
  /** How the answer came about; null while it is coming, and for those of an earlier version. */
  provenance: Provenance | null;
  fault: Fault | null;
  /** How far a model has read for it; null where nothing is read for long. */
  progress: Progress | null;
  /** Asked since the conversation was opened: keeps the room it was given to stream into. */
  fresh: boolean;
}

/** One that is under way: more of its text may turn out to be a model's. */
export interface Coming extends Exchange {
  written: number;
}

/** A question that is to be asked. */
export interface Question {
  text: string;
  mode?: Mode;
  subject?: Subject | null;
  about?: About | null;
  executor?: ExecutorName | null;
  /** Asked in place of this one, which stays as another version. */
  beside?: Exchange;
}

export const isComing = ({ state }: Exchange): boolean => state === "waiting" || state === "streaming";

/** A question that has just been asked. What is written to it shows at once. */
export function begun(key: string, question: Question): Coming {
  const { text, mode = "plain", subject = null, about = null, beside } = question;
  const coming: Coming = $state({
    key,
    turn: null,
    versions: beside?.versions ?? [],
    question: text,
    mode,
    subject,
    about,
    text: "",
    written: 0,
    citations: [],
    further: [],
    state: "waiting",
    answered: true,
    degraded: null,
    provenance: null,
    fault: null,
    progress: null,
    fresh: true,
  });
  return coming;
}

/** Gives a question its turn in the library. */
export function numbered(exchange: Coming, turn: TurnId): void {
  exchange.turn = turn;
  if (!exchange.versions.includes(turn)) exchange.versions = [...exchange.versions, turn];
}

/** Gives a question its whole answer. */
export function settled(exchange: Coming, answer: Answer): void {
  numbered(exchange, answer.turn);
  exchange.text = answer.text;
  exchange.written = writtenOf(answer.text, answer.provenance);
  exchange.citations = answer.citations;
  exchange.further = answer.further;
  exchange.answered = answer.answered;
  exchange.degraded = answer.degraded;
  exchange.provenance = answer.provenance;
  exchange.state = answer.state;
}

/** A turn of the library. It is plain, since a conversation may have very many: another one takes its place. */
export function stored(turn: Turn): Exchange {
  return {
    key: `turn-${turn.turn}`,
    turn: turn.turn,
    versions: turn.versions,
    question: turn.question,
    mode: turn.mode,
    subject: turn.subject,
    about: turn.about,
    text: turn.answer,
    // Found out for those alone that are shown.
    get written() {
      return writtenOf(turn.answer, turn.provenance);
    },
    citations: turn.citations,
    further: turn.further,
    // One that is under way in no window of ours was cut off.
    state: turn.state === "streaming" ? "stopped" : turn.state,
    answered: turn.answered,
    degraded: turn.degraded,
    provenance: turn.provenance,
    fault: null,
    progress: null,
    fresh: false,
  };
}
