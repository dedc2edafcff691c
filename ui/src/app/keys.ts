import type { Action } from "./action";
import { ACTIONS } from "./actions";
import type { Session } from "./session.svelte";
import { isPressed } from "./shortcuts";

/** What a key does in the whole window; true if it did something. */
export function pressed(event: KeyboardEvent, session: Session): boolean {
  if (event.defaultPrevented || event.isComposing || !session.ready) return false;
  if (document.querySelector("[aria-modal=true]")) return false;
  const action = ACTIONS.find(
    (action) =>
      action.shortcuts?.some((shortcut) => isPressed(shortcut, event)) &&
      isFree(action, event, session) &&
      action.isPossible(session),
  );
  action?.run(session, event.key);
  return action !== undefined;
}

/** Whether what has the focus leaves the key to the window. */
function isFree({ id, notWhileTyping = false }: Action, event: KeyboardEvent, session: Session): boolean {
  const { target } = event;
  // Somebody who is typing wants to be rid of something else than the page.
  if (id === "back") return !(target instanceof HTMLTextAreaElement || isWriting(target, session));
  // Without Ctrl a key is a letter, and so it is where a letter means something else.
  if (!event.ctrlKey && !event.metaKey) return !isTyping(target) && !isChoosing(target);
  return !(notWhileTyping && isTyping(target));
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement;

const isChoosing = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("[role=menu]") !== null;

/** Words that are typed into a quiz are not left by a slip of the hand. */
const isWriting = (target: EventTarget | null, session: Session): boolean =>
  ["quiz", "cards"].includes(session.screen) &&
  target instanceof HTMLInputElement &&
  ["text", "number", "search"].includes(target.type);
