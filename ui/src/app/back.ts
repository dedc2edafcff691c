import type { Session } from "./session.svelte";

/** What leads back to where one came from; null where nothing does. */
export function wayBack(session: Session): (() => void) | null {
  const { screen, layout, quizzes, cards, viewer } = session;
  const to = (where: Session["screen"]) => () => (session.screen = where);
  if ((screen === "read" || screen === "ask") && session.canGoBack) return () => session.back();
  if (layout.sheet.current && layout.sheetOpen) return () => (layout.sheetOpen = false);
  if (screen === "quiz" && quizzes.view !== "home") return () => void session.attempt(() => quizzes.home());
  if (screen === "cards" && cards.view !== "home") return () => void session.attempt(() => cards.home());
  if (screen === "notes" || screen === "activity") return to(viewer.open ? "read" : "library");
  if (screen === "ask") return to(viewer.open ? "read" : "library");
  if (screen === "settings") return to("library");
  return null;
}
