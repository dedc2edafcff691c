import type { Viewer } from "./viewer.svelte";

/** A key as far as it counts here. */
type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** What a key does in an open document wherever the focus is; true if it did something. */
export function pressedAnywhere(event: Key, viewer: Viewer): boolean {
  const { key } = event;
  if (key === "F3" && viewer.find.shown) {
    viewer.find.step(event.shiftKey ? -1 : 1);
    return true;
  }
  if (event.altKey && !event.ctrlKey && !event.shiftKey && key === "ArrowLeft") return viewer.back();
  if (event.altKey && !event.ctrlKey && !event.shiftKey && key === "ArrowRight") return viewer.forward();
  return false;
}

/** Where a key that turns pages leads; null for keys that do something else. */
export type Turning = "forwards" | "backwards" | "first" | "last" | "next" | "previous";

export function turning({ key, ctrlKey, metaKey, altKey, shiftKey }: Key): Turning | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === " ") return shiftKey ? "backwards" : "forwards";
  if (shiftKey) return null;
  const turnings: Record<string, Turning> = {
    PageDown: "forwards",
    PageUp: "backwards",
    ArrowRight: "next",
    ArrowLeft: "previous",
    Home: "first",
    End: "last",
  };
  return turnings[key] ?? null;
}
