import { focusOn } from "../design/focus";
import type { Session } from "./session.svelte";

/** The window's shortcuts, as settings shows them. */
export const SHORTCUTS: { keys: string[]; does: string }[] = [
  { keys: ["Ctrl", "K"], does: "Search this room" },
  { keys: ["Ctrl", "J"], does: "Ask a question" },
  { keys: ["Ctrl", "E"], does: "Take a quiz" },
  { keys: ["Ctrl", "P"], does: "See your progress" },
  { keys: ["Ctrl", "R"], does: "Review your cards" },
  { keys: ["Ctrl", "M"], does: "Highlights and notes of this room" },
  { keys: ["Ctrl", "O"], does: "Add files" },
  { keys: ["Ctrl", "N"], does: "New room" },
  { keys: ["Ctrl", "1 … 9"], does: "Go to a room" },
  { keys: ["Ctrl", "Z"], does: "Undo the last remove, or the last answer to a card" },
  { keys: ["Ctrl", "B"], does: "Show or hide the ask panel" },
  { keys: ["Ctrl", ","], does: "Settings" },
  { keys: ["Ctrl", "+ − 0"], does: "Zoom the open page" },
  { keys: ["Ctrl", "G"], does: "Go to a page" },
  { keys: ["Esc"], does: "Back to where you came from" },
];

const focus = (testid: string) => focusOn(`[data-testid="${testid}"]`);

/** What a key does in the whole window; true if it did something. */
export function pressed(event: KeyboardEvent, session: Session): boolean {
  if (event.defaultPrevented || !session.ready) return false;
  if (document.querySelector("[aria-modal=true]")) return false;
  if (event.key === "Escape") {
    // Somebody who is typing wants to be rid of something else than the page.
    return event.target instanceof HTMLTextAreaElement || isWriting(event.target, session)
      ? false
      : escape(session);
  }
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const key = event.key.toLowerCase();
  if (/^[1-9]$/.test(key)) {
    const room = session.rooms.list[Number(key) - 1];
    if (room) void session.enter(room.room);
    return room !== undefined;
  }
  if (key === "z" && (event.shiftKey || isTyping(event.target))) return false;
  const deed = deeds(session)[key];
  deed?.();
  return deed !== undefined;
}

/** In a field, Ctrl+Z takes back what was typed. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/** Words that are typed into a quiz are not left by a slip of the hand. */
const isWriting = (target: EventTarget | null, session: Session) =>
  ["quiz", "cards"].includes(session.screen) &&
  target instanceof HTMLInputElement &&
  ["text", "number", "search"].includes(target.type);

function deeds(session: Session): Record<string, () => void> {
  const reading = session.screen === "read";
  const search = () => focus("search-input");
  return {
    k: search,
    f: search,
    j: () => {
      session.layout.showCompanion();
      focus("ask-input");
    },
    ...(session.rooms.current && {
      e: () => (session.screen = "quiz"),
      m: () => (session.screen = "notes"),
      p: () => (session.screen = "progress"),
      r: () => (session.screen = "cards"),
    }),
    o: () => void session.attempt(async () => session.take(await session.library.pick())),
    n: () => (session.rooms.naming = true),
    b: () => session.layout.toggleCompanion(),
    ",": () => (session.screen = "settings"),
    ...(session.removal.canUndo && { z: () => void session.removal.undo() }),
    ...(session.annotations.canUndo && { z: () => void session.annotations.undo() }),
    ...(session.screen === "cards" &&
      session.cards.view === "review" && { z: () => void session.cards.review?.undo() }),
    ...(reading && {
      g: () => focus("page-number"),
      "+": () => session.viewer.zoomBy(1),
      "=": () => session.viewer.zoomBy(1),
      "-": () => session.viewer.zoomBy(-1),
      "0": () => session.viewer.fit(),
    }),
  };
}

function escape(session: Session): boolean {
  if (session.screen === "read" && session.back()) return true;
  if (session.layout.sheet.current && session.layout.sheetOpen) {
    session.layout.sheetOpen = false;
    return true;
  }
  if (session.screen === "quiz" && session.quizzes.view !== "home") {
    void session.attempt(() => session.quizzes.home());
    return true;
  }
  if (session.screen === "cards" && session.cards.view !== "home") {
    void session.attempt(() => session.cards.home());
    return true;
  }
  if (session.screen === "notes") {
    session.screen = session.viewer.open ? "read" : "library";
    return true;
  }
  if (session.screen === "settings") {
    session.screen = "library";
    return true;
  }
  return false;
}
