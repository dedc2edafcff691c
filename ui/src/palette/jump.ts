import { tick } from "svelte";

import type { Session } from "../app/session.svelte";
import type {
  Annotation,
  ConversationId,
  DocumentId,
  FoundNote,
  FoundPassage,
  QuizId,
  RoomId,
  TurnId,
} from "../backend/bindings";
import { utcOffset } from "../cards/clock";
import { placeOf } from "../read/place";
import type { Place } from "../read/viewer.svelte";
import type { SettingId } from "../settings/sections";

/** How something is to be opened. */
export interface Manner {
  /** Beside what is on show, where that can be. */
  beside: boolean;
  /** What Escape leads back to. */
  from: HTMLElement | null;
}

async function enter(session: Session, room: RoomId): Promise<boolean> {
  const isOther = session.rooms.currentId !== room;
  if (isOther) await session.enter(room);
  return isOther;
}

async function showPlace(
  session: Session,
  room: RoomId,
  place: Place,
  { beside, from }: Manner,
): Promise<void> {
  const isOther = await enter(session, room);
  if (beside) session.openBeside(place);
  // In another room nothing is on show that one could come back to.
  else session.show(place, isOther ? null : from);
}

/** Opens a document; one that lies open already is shown where reading stood. */
export async function toDocument(
  session: Session,
  room: RoomId,
  { document, title }: { document: DocumentId; title: string },
  manner: Manner,
): Promise<void> {
  const page = session.open.places.find((place) => place.document === document)?.page;
  if (page !== undefined && !manner.beside) session.switchTo(document);
  else await showPlace(session, room, { document, title, page: page ?? 1, boxes: [] }, manner);
}

/** Shows the words of a place on their page. */
export async function toPassage(session: Session, found: FoundPassage, manner: Manner): Promise<void> {
  const { document, title, page, boxes, line, room } = found;
  const quote = line.map(({ text }) => text).join("");
  await showPlace(session, room, { document, title, page, boxes, quote }, manner);
}

/** Opens a conversation, at one of its turns if one is given. */
export async function toConversation(
  session: Session,
  room: RoomId,
  conversation: ConversationId,
  turn: TurnId | null = null,
): Promise<void> {
  await enter(session, room);
  session.showAsk();
  await session.ask.open(conversation);
  if (turn !== null) await session.ask.show(turn);
}

/** Opens a note of cards to be changed; or, beside what is on show, the page that it was made from. */
export async function toNote(session: Session, { card, room }: FoundNote, manner: Manner): Promise<void> {
  await enter(session, room);
  const asked = card === null ? null : (await session.backend.reviewCard(card, utcOffset())).asked;
  if (!asked) {
    session.screen = "cards";
    return;
  }
  const { source } = asked.note;
  if (manner.beside && source) await showPlace(session, room, placeOf(source), manner);
  else session.cards.compose(asked.note);
}

/** Shows a highlight on its page; what a document that is gone has left is in the list of notes. */
export async function toAnnotation(
  session: Session,
  { room, document, citation, page }: Annotation,
  manner: Manner,
): Promise<void> {
  if (document !== null) return showPlace(session, room, { ...placeOf(citation), document, page }, manner);
  await enter(session, room);
  session.screen = "notes";
}

export async function toQuiz(session: Session, room: RoomId, quiz: QuizId): Promise<void> {
  await enter(session, room);
  session.screen = "quiz";
  await session.quizzes.open(quiz);
}

/** Opens the settings at one of them. */
export async function toSetting(session: Session, setting: SettingId): Promise<void> {
  session.screen = "settings";
  await tick();
  const row = document.getElementById(String(setting));
  row?.scrollIntoView({ block: "center" });
  row?.querySelector<HTMLElement>("button, input, select, [tabindex]")?.focus({ preventScroll: true });
}
