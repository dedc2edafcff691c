import { SvelteMap } from "svelte/reactivity";

import type { Backend } from "../backend/backend";
import { asFault } from "../backend/fault";
import type {
  About,
  Answer,
  AskEvent,
  Citation,
  Conversation,
  ConversationId,
  ExecutorName,
  Fault,
  Found,
  Mode,
  Progress,
  Provenance,
  RoomId,
  Spent,
  Subject,
  Turn,
  TurnId,
} from "../backend/bindings";
import { Order } from "./order";
import { Milestones } from "./progress";
import { Stream, type Schedule } from "./stream";
import { spoken, writtenOf } from "./written";

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
  written: number;
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

/** The conversations of the open room, and the one on show. */
export class Ask {
  conversations = $state.raw<Conversation[]>([]);
  conversation = $state<ConversationId | null>(null);
  exchanges = $state<Exchange[]>([]);
  draft = $state("");
  /** How the next question is to be answered. */
  mode = $state<Mode>("plain");
  /** The words on a page that the next question is about. */
  about = $state.raw<About | null>(null);
  /** What remote models have cost in the conversation on show; null where none was used. */
  spent = $state.raw<Spent | null>(null);
  loading = $state(false);
  /** The turn that is to be in view; null for the last one. */
  sought = $state<TurnId | null>(null);
  /** What a screen reader is told, whole sentences only. */
  announcement = $state("");
  readonly running = $derived(
    this.exchanges.some(({ state }) => state === "waiting" || state === "streaming"),
  );
  readonly title = $derived(
    this.conversations.find(({ conversation }) => conversation === this.conversation)?.title ??
      "New conversation",
  );
  #room: RoomId | null = null;
  #backend: Backend;
  #schedule: Schedule | undefined;
  #next = 1;
  #opened = 0;
  #stopping = new Set<string>();
  /** Questions in other words, while they are written: by what they are to replace. */
  #revisions = new SvelteMap<string, string>();
  /** Answers under way, also those of conversations that are not on show. */
  #coming = new Map<TurnId, Exchange>();

  constructor(backend: Backend, schedule?: Schedule) {
    this.#backend = backend;
    this.#schedule = schedule;
  }

  /** Goes to a room: to the conversation that is wanted, else to the latest. */
  async enter(room: RoomId | null, wanted: ConversationId | null = null): Promise<void> {
    if (room === this.#room) return;
    this.#room = room;
    // In another library the same numbers are other turns.
    if (room === null) this.#revisions.clear();
    this.conversations = [];
    this.about = null;
    this.fresh();
    if (room === null) return;
    await this.list();
    const latest =
      this.conversations.find(({ conversation }) => conversation === wanted) ?? this.conversations[0];
    if (latest && this.#room === room && this.exchanges.length === 0) await this.open(latest.conversation);
  }

  async list(): Promise<void> {
    const room = this.#room;
    if (room === null) return;
    const list = await this.#backend.conversationsList(room);
    if (room === this.#room) this.conversations = [...list].sort((a, b) => b.updated - a.updated);
  }

  /** An empty conversation; it is stored with its first question. */
  fresh(): void {
    this.#opened += 1;
    this.conversation = null;
    this.exchanges = [];
    this.sought = null;
    this.spent = null;
    this.loading = false;
  }

  async open(conversation: ConversationId): Promise<void> {
    const mine = ++this.#opened;
    this.conversation = conversation;
    this.exchanges = [];
    this.sought = null;
    this.loading = true;
    try {
      const turns = await this.#backend.conversationTurns(conversation);
      if (mine === this.#opened) this.#show(turns);
    } finally {
      if (mine === this.#opened) this.loading = false;
    }
    await this.#readSpent();
  }

  /** Shows another version of a question, with what followed it. */
  async show(turn: TurnId): Promise<void> {
    const mine = ++this.#opened;
    const turns = await this.#backend.conversationShow(turn);
    if (mine !== this.#opened) return;
    this.#show(turns);
    this.sought = turn;
  }

  #show(turns: Turn[]): void {
    this.exchanges = turns.map((turn) => this.#coming.get(turn.turn) ?? stored(turn));
  }

  async #readSpent(): Promise<void> {
    const { conversation } = this;
    if (conversation === null) return;
    const spent = await this.#backend.conversationSpent(conversation);
    if (conversation === this.conversation) this.spent = spent;
  }

  /** Questions and answers of the room with these words. */
  async find(query: string): Promise<Found[]> {
    return this.#room === null ? [] : this.#backend.conversationsSearch(this.#room, query);
  }

  /** A document has changed: reads again where the citations on show stand now, or that their words have changed. */
  async refresh(): Promise<void> {
    const { conversation } = this;
    if (conversation === null) return;
    const turns = await this.#backend.conversationTurns(conversation);
    if (conversation !== this.conversation) return;
    for (const { turn, citations, further } of turns) {
      const shown = this.exchanges.find((exchange) => exchange.turn === turn);
      if (shown && !this.#coming.has(turn)) Object.assign(shown, { citations, further });
    }
  }

  async rename(conversation: ConversationId, title: string): Promise<void> {
    await this.#backend.conversationRename(conversation, title.trim());
    await this.list();
  }

  async remove(conversation: ConversationId): Promise<void> {
    await this.#backend.conversationRemove(conversation);
    if (conversation === this.conversation) this.fresh();
    await this.list();
  }

  /** Asks what stands in the draft. If that fails the question is back in the draft. */
  async send(): Promise<void> {
    const text = this.draft.trim();
    if (!text || this.#room === null || this.running) return;
    const { mode, about } = this;
    this.draft = "";
    this.mode = "plain";
    this.about = null;
    const opened = this.#opened;
    const failed = await this.put({ text, mode, about });
    if (failed && !this.draft && opened === this.#opened) {
      this.draft = text;
      this.mode = mode;
      this.about ??= about;
    }
  }

  /**
   * Asks a question, and says whether no answer could be made. A version that could not even begin is an error, and what
   * it was to stand beside is on show again.
   */
  async put(question: Question): Promise<boolean> {
    const { text, mode = "plain", subject = null, about = null, executor = null, beside } = question;
    const room = this.#room;
    if (room === null || this.running) return false;
    this.announcement = "Looking through your documents.";
    const key = `fresh-${this.#next++}`;
    const opened = this.#opened;
    const before = this.exchanges;
    const fresh: Exchange = {
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
    };
    const at = beside ? before.findIndex((exchange) => exchange.key === beside.key) : -1;
    this.sought = null;
    this.exchanges = [...(at < 0 ? before : before.slice(0, at)), fresh];
    // Read back, so that changes go through the proxy.
    const exchange = this.exchanges.at(-1) as Exchange;
    const stream = new Stream((piece) => (exchange.text += piece), this.#schedule);
    const order = new Order<AskEvent>();
    const milestones = new Milestones();
    const { conversation } = this;
    try {
      const answer = await this.#backend.ask(
        { room, conversation, beside: beside?.turn ?? null, text, mode, subject, about, executor },
        (message) => {
          for (const event of order.take(message)) {
            this.#happened(event, exchange, stream, opened);
            if (event.type === "progress" && this.exchanges.includes(exchange))
              this.announcement = milestones.pass(event.progress) ?? this.announcement;
          }
        },
      );
      // The last events may come behind the whole answer, or behind a fault.
      order.end();
      stream.flush();
      this.#settle(answer, exchange, opened);
    } catch (thrown) {
      order.end();
      stream.flush();
      const fault = asFault(thrown);
      exchange.state = fault.code === "cancelled" ? "stopped" : "failed";
      exchange.fault = fault;
      if (this.exchanges.includes(exchange))
        this.announcement = exchange.state === "stopped" ? "Stopped." : "No answer could be made.";
    }
    exchange.progress = null;
    this.#stopping.delete(key);
    if (exchange.turn !== null) this.#coming.delete(exchange.turn);
    void this.list().catch(() => {});
    if (opened === this.#opened) void this.#readSpent().catch(() => {});
    const isFailed = exchange.state === "failed";
    if (at >= 0 && exchange.turn === null) {
      if (opened === this.#opened) this.exchanges = before;
      if (isFailed) throw exchange.fault as Fault;
    }
    return isFailed;
  }

  /** Asks the same again, in another way if one is given; the answer so far stays as another version. */
  async again(exchange: Exchange, mode: Mode = exchange.mode): Promise<void> {
    const { question: text, subject, about } = exchange;
    await this.put({ text, mode, subject, about, beside: exchange });
  }

  /** Asks an earlier question in other words. */
  async edit(exchange: Exchange, text: string): Promise<void> {
    const { mode, subject, about } = exchange;
    try {
      await this.put({ text: text.trim(), mode, subject, about, beside: exchange });
    } catch (fault) {
      // The words are not lost.
      this.draft ||= text.trim();
      throw fault;
    }
  }

  /** A question as it is being written in other words; null while nobody does that. */
  revision(exchange: Exchange): string | null {
    return this.#revisions.get(revisionKey(exchange)) ?? null;
  }

  /** Keeps these words, wherever the question is shown next; null ends the writing. */
  revise(exchange: Exchange, text: string | null): void {
    if (text === null) this.#revisions.delete(revisionKey(exchange));
    else this.#revisions.set(revisionKey(exchange), text);
  }

  #happened(event: AskEvent, exchange: Exchange, stream: Stream, opened: number): void {
    if (event.type === "started") {
      exchange.turn = event.turn;
      exchange.versions = withTurn(exchange.versions, event.turn);
      this.#coming.set(event.turn, exchange);
      if (opened === this.#opened) this.conversation = event.conversation;
      // One that has ended meanwhile needs no stop.
      if (this.#stopping.has(exchange.key)) void this.#backend.askStop(event.turn).catch(() => {});
    } else if (event.type === "delta") {
      exchange.state = "streaming";
      if (event.markdown) exchange.written += event.text.length;
      stream.push(event.text);
    } else if (event.type === "progress") {
      exchange.progress = event.progress;
    } else {
      // Markers count from 1.
      exchange.citations[event.index - 1] = event.citation;
    }
  }

  #settle(answer: Answer, exchange: Exchange, opened: number): void {
    exchange.turn = answer.turn;
    exchange.versions = withTurn(exchange.versions, answer.turn);
    exchange.text = answer.text;
    exchange.written = writtenOf(answer.text, answer.provenance);
    exchange.citations = answer.citations;
    exchange.further = answer.further;
    exchange.answered = answer.answered;
    exchange.degraded = answer.degraded;
    exchange.provenance = answer.provenance;
    exchange.state = answer.state;
    if (opened === this.#opened) this.conversation = answer.conversation;
    // Nobody listens for the answer of a conversation that they have left.
    if (!this.exchanges.includes(exchange)) return;
    const words = spoken(answer.text, exchange.written);
    const sources = answer.citations.length;
    this.announcement = `${words} ${sources === 1 ? "One source." : `${sources} sources.`}`;
  }

  /** Stops the answer that is coming; what is there of it stays. */
  async stop(): Promise<void> {
    const exchange = this.exchanges.find(({ state }) => state === "waiting" || state === "streaming");
    if (!exchange) return;
    this.#stopping.add(exchange.key);
    // Before the turn is known, the stop goes out as soon as it is.
    if (exchange.turn !== null) await this.#backend.askStop(exchange.turn);
  }
}

const withTurn = (versions: TurnId[], turn: TurnId) =>
  versions.includes(turn) ? versions : [...versions, turn];

/** A question that was asked just now is the same one when its conversation is opened again. */
const revisionKey = ({ key, turn }: Exchange) => (turn === null ? key : `turn-${turn}`);

function stored(turn: Turn): Exchange {
  return {
    key: `turn-${turn.turn}`,
    turn: turn.turn,
    versions: turn.versions,
    question: turn.question,
    mode: turn.mode,
    subject: turn.subject,
    about: turn.about,
    text: turn.answer,
    written: writtenOf(turn.answer, turn.provenance),
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
