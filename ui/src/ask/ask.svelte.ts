import { SvelteMap } from "svelte/reactivity";

import type { Backend } from "../backend/backend";
import { asFault, textOf } from "../backend/fault";
import type {
  About,
  Answer,
  AskEvent,
  Conversation,
  ConversationId,
  Fault,
  Found,
  Mode,
  RoomId,
  Spent,
  Turn,
  TurnId,
} from "../backend/bindings";
import { language, t } from "../i18n/i18n.svelte";
import { Drafts, draftKey } from "./drafts";
import {
  begun,
  isComing,
  numbered,
  settled,
  stored,
  type Coming,
  type Exchange,
  type Question,
} from "./exchange.svelte";
import { Order } from "./order";
import { Milestones } from "./progress";
import { Stream, type Schedule } from "./stream";
import { MOST, MOST_FAR, countBefore, lastTurns } from "./turns";
import { spoken } from "./written";

/** Where somebody was in a conversation: the turn at the top of the view, and how far into it, in CSS pixels. */
export interface Reading {
  turn: TurnId;
  within: number;
}

/** The conversations of the open room, and the one on show. */
export class Ask {
  conversations = $state.raw<Conversation[]>([]);
  conversation = $state<ConversationId | null>(null);
  /** The end of the conversation on show, as far back as it has been read. */
  exchanges = $state.raw<Exchange[]>([]);
  /** So many questions before those have not been read. */
  earlier = $state(0);
  /** How the next question is to be answered. */
  mode = $state<Mode>("plain");
  /** The words on a page that the next question is about. */
  about = $state.raw<About | null>(null);
  /** What remote models have cost in the conversation on show; null where none was used. */
  spent = $state.raw<Spent | null>(null);
  loading = $state(false);
  /** What is to be brought into view, each time anew. */
  sought = $state.raw<{ turn: TurnId } | { key: string } | null>(null);
  /** What a screen reader is told, whole sentences only. */
  announcement = $state("");
  /** What it is told at once, since nothing else will come. */
  alarm = $state("");
  /** The answer that is coming in the conversation on show: always its last. */
  readonly coming = $derived.by(() => {
    const last = this.exchanges.at(-1);
    return last && isComing(last) ? last : null;
  });
  readonly running = $derived(this.coming !== null);
  readonly title = $derived(
    this.conversations.find(({ conversation }) => conversation === this.conversation)?.title ??
      t("ask.conversation.new"),
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
  #coming = new Map<TurnId, Coming>();
  #draft = $state("");
  #drafts = new Drafts();
  /** The conversation that was last open in each room. */
  #last = new Map<RoomId, ConversationId>();
  #readings = new Map<ConversationId, Reading>();
  /** Earlier turns on their way, and of which opening. */
  #earlierComing: { opened: number; read: Promise<void> } | null = null;

  constructor(backend: Backend, schedule?: Schedule) {
    this.#backend = backend;
    this.#schedule = schedule;
  }

  /** The question that is being written; each conversation has its own, and keeps it. */
  get draft(): string {
    return this.#draft;
  }

  set draft(text: string) {
    this.#draft = text;
    this.#drafts.keep(draftKey(this.#room, this.conversation), text);
  }

  /** Where somebody was when they left the conversation on show, if they did. */
  get reading(): Reading | null {
    return this.conversation === null ? null : (this.#readings.get(this.conversation) ?? null);
  }

  /** Keeps where somebody is in a conversation; null is its end. */
  leaveAt(conversation: ConversationId, reading: Reading | null): void {
    if (reading) this.#readings.set(conversation, reading);
    else this.#readings.delete(conversation);
  }

  /** Goes to a room: to the conversation that is wanted, else to the last one that was open or asked in. */
  async enter(room: RoomId | null, wanted: ConversationId | null = null): Promise<void> {
    if (room === this.#room) return;
    this.#room = room;
    // In another library the same numbers are other turns.
    if (room === null) {
      this.#revisions.clear();
      this.#last.clear();
      this.#readings.clear();
    }
    this.conversations = [];
    this.about = null;
    this.fresh();
    if (room === null) return;
    await this.list();
    const before = wanted ?? this.#last.get(room);
    const latest =
      this.conversations.find(({ conversation }) => conversation === before) ?? this.conversations[0];
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
    this.earlier = 0;
    this.sought = null;
    this.spent = null;
    this.loading = false;
    this.#draft = this.#drafts.of(draftKey(this.#room, null));
  }

  async open(conversation: ConversationId): Promise<void> {
    const mine = ++this.#opened;
    this.#goTo(conversation);
    this.#draft = this.#drafts.of(conversation);
    this.exchanges = [];
    this.earlier = 0;
    this.sought = null;
    this.spent = null;
    this.loading = true;
    try {
      const turns = await lastTurns(this.#backend, conversation, this.reading?.turn);
      if (mine === this.#opened) this.#show(turns);
    } finally {
      if (mine === this.#opened) this.loading = false;
    }
    await this.#readSpent();
  }

  /** Reads what was said before the exchanges that are there; much of it where somebody is to go far back. */
  async readEarlier(isFar = false): Promise<void> {
    if (this.#earlierComing?.opened !== this.#opened) {
      const coming = { opened: this.#opened, read: this.#readBefore(isFar ? MOST_FAR : MOST) };
      this.#earlierComing = coming;
      const end = () => {
        if (this.#earlierComing === coming) this.#earlierComing = null;
      };
      coming.read.then(end, end);
    }
    await this.#earlierComing.read;
  }

  async #readBefore(most: number): Promise<void> {
    const opened = this.#opened;
    const first = this.exchanges[0]?.turn ?? null;
    if (this.earlier === 0 || this.conversation === null || first === null) return;
    const turns = await this.#backend.conversationTurns(this.conversation, first, most);
    if (opened !== this.#opened || this.exchanges[0]?.turn !== first) return;
    this.exchanges = [...turns.map(stored), ...this.exchanges];
    this.earlier = countBefore(turns);
  }

  /** Shows another version of a question, with what followed it. */
  async show(turn: TurnId): Promise<void> {
    const { conversation } = this;
    if (conversation === null) return;
    const mine = ++this.#opened;
    await this.#backend.conversationShow(turn);
    const turns = await lastTurns(this.#backend, conversation, turn);
    if (mine !== this.#opened) return;
    this.#show(turns);
    await this.seek(turn);
  }

  /** Brings a turn of the conversation on show into view. */
  async seek(turn: TurnId): Promise<void> {
    const sought = { turn };
    this.sought = sought;
    while (this.sought === sought && this.earlier > 0 && (this.exchanges[0]?.turn ?? turn) > turn)
      await this.readEarlier(true);
  }

  /** The same of one that may not have its turn yet. */
  seekKey(key: string): void {
    this.sought = { key };
  }

  #goTo(conversation: ConversationId): void {
    this.conversation = conversation;
    if (this.#room !== null) this.#last.set(this.#room, conversation);
  }

  #show(turns: Turn[]): void {
    this.exchanges = turns.map((turn) => this.#coming.get(turn.turn) ?? stored(turn));
    this.earlier = countBefore(turns);
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
    const turns = await lastTurns(this.#backend, conversation, this.exchanges[0]?.turn);
    if (conversation !== this.conversation) return;
    const now = new Map(turns.map((turn) => [turn.turn, turn]));
    this.exchanges = this.exchanges.map((exchange) => {
      const turn = exchange.turn === null ? undefined : now.get(exchange.turn);
      if (!turn || this.#coming.has(turn.turn)) return exchange;
      if (!exchange.fresh) return stored(turn);
      return Object.assign(exchange, { citations: turn.citations, further: turn.further });
    });
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
    const asked = draftKey(this.#room, this.conversation);
    this.draft = "";
    this.mode = "plain";
    this.about = null;
    const opened = this.#opened;
    const failed = await this.put({ text, mode, about });
    if (!failed) return;
    if (opened !== this.#opened) {
      // It waits where it was asked.
      if (!this.#drafts.of(asked)) this.#drafts.keep(asked, text);
    } else if (!this.draft) {
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
    this.announcement = t("ask.looking.spoken");
    this.alarm = "";
    const key = `fresh-${this.#next++}`;
    const opened = this.#opened;
    const before = this.exchanges;
    const exchange = begun(key, question);
    const at = beside ? before.findIndex((exchange) => exchange.key === beside.key) : -1;
    this.sought = null;
    this.exchanges = [...(at < 0 ? before : before.slice(0, at)), exchange];
    // Whoever asks wants to see the answer, also where the conversation was not on show.
    if (this.conversation !== null) this.leaveAt(this.conversation, null);
    let written = 0;
    const stream = new Stream((piece) => {
      exchange.text += piece;
      exchange.written = written;
    }, this.#schedule);
    const order = new Order<AskEvent>();
    const milestones = new Milestones();
    const { conversation } = this;
    try {
      const answer = await this.#backend.ask(
        {
          room,
          conversation,
          beside: beside?.turn ?? null,
          text,
          mode,
          subject,
          about,
          executor,
          language: language(),
        },
        (message) => {
          for (const event of order.take(message)) {
            const isFirst = event.type === "delta" && exchange.state === "waiting" && !exchange.progress;
            if (event.type === "delta" && event.markdown) written += event.text.length;
            this.#happened(event, exchange, stream, opened);
            if (!this.#isShown(exchange)) continue;
            if (isFirst) this.announcement = t("ask.answering.spoken");
            if (event.type === "progress")
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
      if (this.#isShown(exchange)) {
        const isFailed = exchange.state === "failed";
        this.announcement = isFailed ? "" : t("ask.stopped.spoken");
        this.alarm = isFailed ? t("ask.failed.spoken", { why: textOf(fault) }) : "";
      }
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

  /** Asks once more what could not be answered; it needs no second draft. */
  async retry(exchange: Exchange): Promise<void> {
    if (this.draft.trim() === exchange.question) this.draft = "";
    await this.again(exchange);
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

  #isShown = (exchange: Exchange): boolean => this.exchanges.at(-1) === exchange;

  #happened(event: AskEvent, exchange: Coming, stream: Stream, opened: number): void {
    if (event.type === "started") {
      numbered(exchange, event.turn);
      this.#coming.set(event.turn, exchange);
      if (opened === this.#opened) this.#begins(event.conversation);
      // One that has ended meanwhile needs no stop.
      if (this.#stopping.has(exchange.key)) void this.#backend.askStop(event.turn).catch(() => {});
    } else if (event.type === "delta") {
      exchange.state = "streaming";
      stream.push(event.text);
    } else if (event.type === "progress") {
      exchange.progress = event.progress;
    } else {
      // Markers count from 1.
      exchange.citations[event.index - 1] = event.citation;
    }
  }

  #settle(answer: Answer, exchange: Coming, opened: number): void {
    settled(exchange, answer);
    if (opened === this.#opened) this.#begins(answer.conversation);
    // Nobody listens for the answer of a conversation that they have left.
    if (!this.#isShown(exchange)) return;
    this.announcement = t("ask.answer.spoken", {
      words: spoken(answer.text, exchange.written),
      sources: answer.citations.length,
    });
  }

  /** The conversation on show is this one from now on: with its first question it was stored. */
  #begins(conversation: ConversationId): void {
    if (this.conversation === conversation) return;
    this.#drafts.keep(draftKey(this.#room, this.conversation), "");
    this.#goTo(conversation);
    this.#drafts.keep(conversation, this.draft);
  }

  /** Stops the answer that is coming; what is there of it stays. */
  async stop(): Promise<void> {
    const exchange = this.coming;
    if (!exchange) return;
    this.#stopping.add(exchange.key);
    // Before the turn is known, the stop goes out as soon as it is.
    if (exchange.turn !== null) await this.#backend.askStop(exchange.turn);
  }
}

/** A question that was asked just now is the same one when its conversation is opened again. */
const revisionKey = ({ key, turn }: Exchange) => (turn === null ? key : `turn-${turn}`);
