/** What the window knows by itself, and finds at every key without asking: actions, settings, titles, rooms. */
import FileText from "@lucide/svelte/icons/file-text";
import MessageCircle from "@lucide/svelte/icons/message-circle-more";
import SettingsIcon from "@lucide/svelte/icons/settings-2";

import { shownKeys, titleOf, wordsOf as otherWordsOf, type Action } from "../app/action";
import { ACTIONS } from "../app/actions";
import type { Session } from "../app/session.svelte";
import type { Conversation, Document, TextRun } from "../backend/bindings";
import { settingsList } from "../settings/sections";
import { unmarked, type Entry } from "./entry";
import { toConversation, toDocument, toSetting } from "./jump";
import { best, folded, wordsOf } from "./score";

/** Rows of a group; one sees all of what can be done where only that is asked for. */
export const MOST = 10;
/** Beside all the rest a few are enough. */
const FEW = 5;
const RECENT_DOCUMENTS = 5;
const RECENT_CONVERSATIONS = 3;

/** Texts as they are compared. Folding a text takes longer than looking through it. */
export class Folds {
  #known = new Map<string, string>();

  of(text: string): string {
    let fold = this.#known.get(text);
    if (fold === undefined) {
      fold = folded(text);
      this.#known.set(text, fold);
    }
    return fold;
  }

  clear(): void {
    this.#known.clear();
  }
}

const canBeChosen = (session: Session) => (action: Action) =>
  !action.byKeysOnly && action.id !== "palette" && action.isPossible(session);

const actionEntry = (session: Session, action: Action, title: TextRun[]): Entry => ({
  key: `action ${action.id}`,
  icon: action.icon,
  title,
  keys: shownKeys(action),
  open: () => {
    session.palette.used(action.id);
    action.run(session, "");
  },
});

/** What can be done now, and the settings, whose words fit. */
export function actionEntries(session: Session, text: string, folds: Folds, alone: boolean): Entry[] {
  const possible = ACTIONS.filter(canBeChosen(session));
  if (!text) return possible.map((action) => actionEntry(session, action, unmarked(titleOf(action))));
  const words = wordsOf(text);
  const most = alone ? ACTIONS.length : FEW;
  const actions = best(possible, words, most, (action) => {
    const title = titleOf(action);
    return { text: title, folded: folds.of(title), beside: folds.of(otherWordsOf(action)) };
  }).map(({ one, runs, score }) => ({ score, entry: actionEntry(session, one, runs) }));
  const settings = best(settingsList(), words, most, ({ name }) => ({
    text: name,
    folded: folds.of(name),
  })).map(({ one, runs, score }) => ({
    score,
    entry: {
      key: `setting ${one.id}`,
      icon: SettingsIcon,
      title: runs,
      where: titleOfSettings(),
      open: () => toSetting(session, one.id),
    } satisfies Entry,
  }));
  return [...actions, ...settings]
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ entry }) => entry);
}

function titleOfSettings(): string {
  const settings = ACTIONS.find(({ id }) => id === "settings");
  return settings ? titleOf(settings) : "";
}

const documentEntry = (session: Session, document: Document, title: TextRun[], more?: TextRun[]): Entry => ({
  key: `document ${document.document}`,
  icon: FileText,
  title,
  more,
  open: (manner) => toDocument(session, document.room, document, manner),
});

/** Documents of the open room by their titles; or by their tags alone. */
export function documentEntries(session: Session, text: string, folds: Folds, by: "title" | "tags"): Entry[] {
  const documents = session.library.documents.map(({ document }) => document);
  const words = wordsOf(text);
  if (by === "title") {
    if (!text)
      return documents
        .slice(0, MOST)
        .map((document) => documentEntry(session, document, unmarked(document.title)));
    const found = best(documents, words, MOST, ({ title }) => ({ text: title, folded: folds.of(title) }));
    return found.map(({ one, runs }) => documentEntry(session, one, runs));
  }
  const tagged = documents.filter(({ tags }) => tags.length > 0);
  const tagsOf = ({ tags }: Document) => tags.map((tag) => `#${tag}`).join(" ");
  if (!text)
    return tagged
      .slice(0, MOST)
      .map((document) =>
        documentEntry(session, document, unmarked(document.title), unmarked(tagsOf(document))),
      );
  const found = best(tagged, words, MOST, (document) => {
    const tags = tagsOf(document);
    return { text: tags, folded: folds.of(tags) };
  });
  return found.map(({ one, runs }) => documentEntry(session, one, unmarked(one.title), runs));
}

const conversationEntry = (session: Session, conversation: Conversation, title: TextRun[]): Entry => ({
  key: `conversation ${conversation.conversation}`,
  icon: MessageCircle,
  title,
  open: () => toConversation(session, conversation.room, conversation.conversation),
});

/** Conversations of the open room by their titles. */
export function conversationEntries(session: Session, text: string, folds: Folds): Entry[] {
  return best(session.ask.conversations, wordsOf(text), FEW, ({ title }) => ({
    text: title,
    folded: folds.of(title),
  })).map(({ one, runs }) => conversationEntry(session, one, runs));
}

/** Rooms by their names, the open one left out. */
export function roomEntries(session: Session, text: string, folds: Folds): Entry[] {
  const others = session.rooms.list.filter(({ room }) => room !== session.rooms.currentId);
  const found = best(others, wordsOf(text), FEW, ({ name }) => ({ text: name, folded: folds.of(name) }));
  return found.map(({ one, runs }) => ({
    key: `room ${one.room}`,
    icon: null,
    hue: one.hue,
    title: runs,
    open: () => session.enter(one.room),
  }));
}

/** What was read and asked last in the open room. */
export function recentEntries(session: Session): Entry[] {
  const read = session.library.documents
    .map(({ document }) => document)
    .filter(({ opened }) => opened !== null)
    .sort((a, b) => (b.opened ?? 0) - (a.opened ?? 0))
    .slice(0, RECENT_DOCUMENTS);
  return [
    ...read.map((document) => documentEntry(session, document, unmarked(document.title))),
    ...session.ask.conversations
      .slice(0, RECENT_CONVERSATIONS)
      .map((conversation) => conversationEntry(session, conversation, unmarked(conversation.title))),
  ];
}

/** What was done last from here, then what comes first of all that can be done. */
export function usualActions(session: Session, used: readonly string[]): Entry[] {
  const all = actionEntries(session, "", new Folds(), true);
  const place = ({ key }: Entry) => {
    const at = used.indexOf(key.replace("action ", ""));
    return at < 0 ? used.length : at;
  };
  return [...all].sort((a, b) => place(a) - place(b)).slice(0, FEW);
}
