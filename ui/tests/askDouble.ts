import type {
  Answer,
  AskEvent,
  AskMessage,
  AskRequest,
  Conversation,
  Found,
  SearchHits,
  SearchRequest,
  Spent,
  Turn,
} from "../src/backend/bindings";
import { LibraryDouble } from "./libraryDouble";
import type { Pending } from "./quizDouble";

interface Asked extends AskRequest {
  /** Tells an event with the next number. */
  tell: (event: AskEvent) => void;
  /** Tells one with a number that the test chooses. */
  send: (message: AskMessage) => void;
}

/** The part of the double that questions, searches and conversations are about; a test settles what is asked by hand. */
export class AskDouble extends LibraryDouble {
  conversations: Conversation[] = [];
  found: Found[] = [];
  spent: Spent | null = null;
  turns: Turn[] = [];
  searches: Pending<SearchHits, SearchRequest & { onWords: (found: SearchHits) => void }>[] = [];
  asks: Pending<Answer, Asked>[] = [];
  search = (request: SearchRequest, onWords: (found: SearchHits) => void) =>
    new Promise<SearchHits>((resolve, reject) => {
      this.calls.push(["search", request]);
      this.searches.push({ args: { ...request, onWords }, resolve, reject });
    });
  ask = (question: AskRequest, send: (message: AskMessage) => void) =>
    new Promise<Answer>((resolve, reject) => {
      this.calls.push(["ask", question]);
      let seq = 0;
      const tell = (event: AskEvent) => send({ seq: ++seq, event });
      this.asks.push({ args: { ...question, tell, send }, resolve, reject });
    });
  askStop = (turn: number) => this.done("askStop", [turn], undefined);
  conversationsList = (room: number) =>
    this.done(
      "conversationsList",
      [room],
      this.conversations.filter((conversation) => conversation.room === room),
    );
  conversationTurns = (conversation: string, before: number | null, most: number) => {
    const turns = this.turns.filter((turn) => turn.conversation === conversation);
    const at = before === null ? -1 : turns.findIndex(({ turn }) => turn === before);
    const leading = at < 0 ? turns : turns.slice(0, at);
    return this.done("conversationTurns", [conversation, before, most], leading.slice(-most));
  };
  conversationShow = (turn: number) => this.done("conversationShow", [turn], null);
  conversationsSearch = (room: number | null, query: string) =>
    this.done("conversationsSearch", [room, query], this.found);
  conversationMarkdown = (conversation: string) =>
    this.done("conversationMarkdown", [conversation], "# How memory works\n");
  conversationExport = (conversation: string) =>
    this.done<string | null>("conversationExport", [conversation], "/notes/How memory works.md");
  conversationSpent = (conversation: string) => this.done("conversationSpent", [conversation], this.spent);
  conversationRename = async (id: string, title: string) => {
    await this.done("conversationRename", [id, title], null);
    this.conversations = this.conversations.map((other) =>
      other.conversation === id ? { ...other, title } : other,
    );
  };
  conversationRemove = async (id: string) => {
    await this.done("conversationRemove", [id], null);
    this.conversations = this.conversations.filter(({ conversation }) => conversation !== id);
  };
}
