/** What the shell finds by words, in all rooms, as lines of the palette. */
import CircleQuestionMark from "@lucide/svelte/icons/circle-question-mark";
import FileText from "@lucide/svelte/icons/file-text";
import Highlighter from "@lucide/svelte/icons/highlighter";
import Layers from "@lucide/svelte/icons/layers";
import MessageCircle from "@lucide/svelte/icons/message-circle-more";
import TextQuote from "@lucide/svelte/icons/text-quote";

import type { Session } from "../app/session.svelte";
import { placeName } from "../app/words";
import type { Everything, Room, RoomId, TextRun } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";
import type { Entry } from "./entry";
import { toAnnotation, toConversation, toDocument, toNote, toPassage, toQuiz } from "./jump";

const textOf = (runs: TextRun[]): string => runs.map(({ text }) => text).join("");
const hasWords = (runs: TextRun[]): boolean => runs.some(({ found }) => found);

/** The room of something, if it is another than the open one. */
const elsewhere = (session: Session, room: RoomId): Room | null =>
  room === session.rooms.currentId ? null : (session.rooms.list.find((one) => one.room === room) ?? null);

const at = (title: string, place: string): string => (place ? t("palette.where", { title, place }) : title);

export const foundDocuments = (session: Session, { documents }: Everything): Entry[] =>
  documents.map(({ document, room, title, beside }) => ({
    key: `document ${document}`,
    icon: FileText,
    title,
    more: beside.length > 0 ? beside : undefined,
    room: elsewhere(session, room),
    isFound: true,
    open: (manner) => toDocument(session, room, { document, title: textOf(title) }, manner),
  }));

export const foundPlaces = (session: Session, { passages }: Everything): Entry[] =>
  passages.map((passage) => ({
    key: `passage ${passage.passage}`,
    icon: TextQuote,
    title: passage.line,
    where: at(
      passage.title,
      placeName(passage.locator ? null : passage.page, passage.label, passage.locator),
    ),
    room: elsewhere(session, passage.room),
    isText: true,
    isFound: true,
    open: (manner) => toPassage(session, passage, manner),
  }));

export const foundTurns = (session: Session, { turns }: Everything): Entry[] =>
  turns.map(({ turn, conversation, question, excerpt }) => ({
    key: `turn ${turn}`,
    icon: MessageCircle,
    title: question,
    more: hasWords(excerpt) ? excerpt : undefined,
    where: conversation.title,
    room: elsewhere(session, conversation.room),
    isFound: true,
    open: () => toConversation(session, conversation.room, conversation.conversation, turn),
  }));

export const foundCards = (session: Session, { notes }: Everything): Entry[] =>
  notes.map((note) => ({
    key: `note ${note.note}`,
    icon: Layers,
    title: note.front,
    more: note.back.length > 0 ? note.back : undefined,
    room: elsewhere(session, note.room),
    isFound: true,
    open: (manner) => toNote(session, note, manner),
  }));

export const foundNotes = (session: Session, { annotations }: Everything): Entry[] =>
  annotations.map(({ annotation, quote, note }) => ({
    key: `annotation ${annotation.annotation}`,
    icon: Highlighter,
    title: quote.length > 0 ? quote : note,
    more: quote.length > 0 && note.length > 0 ? note : undefined,
    where: at(
      annotation.citation.title,
      placeName(annotation.citation.page, annotation.citation.label, annotation.citation.locator),
    ),
    room: elsewhere(session, annotation.room),
    isText: quote.length > 0,
    isFound: true,
    open: (manner) => toAnnotation(session, annotation, manner),
  }));

export const foundQuizzes = (session: Session, { quizzes }: Everything): Entry[] =>
  quizzes.map(({ quiz, room, title }) => ({
    key: `quiz ${quiz}`,
    icon: CircleQuestionMark,
    title,
    room: elsewhere(session, room),
    isFound: true,
    open: () => toQuiz(session, room, quiz),
  }));
