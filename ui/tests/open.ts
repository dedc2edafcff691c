import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, vi } from "vitest";

import App from "../src/app/App.svelte";
import type { Session } from "../src/app/session.svelte";
import { aDocument, anAnswer, aRoom, Double, somePages } from "./double";

/** The whole window over the double, with a view of 800 × 600 for the pages. */
export async function open(prepare: (backend: Double) => void = () => {}) {
  const backend = new Double();
  backend.rooms = [aRoom({ room: 1, name: "Psychology" }), aRoom({ room: 2, name: "Chemistry", hue: 165 })];
  backend.documents = [aDocument({ document: 1 })];
  backend.pages.set(1, somePages(685));
  prepare(backend);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);
  const made: { session?: Session } = {};
  render(App, { backend, onsession: (session: Session) => (made.session = session) });
  await waitFor(() => expect(made.session?.ready || made.session?.broken).toBeTruthy());
  return { backend, session: made.session as Session, user: userEvent.setup() };
}

/** The same, after a question was answered. */
export async function answered(text = "Memory lasts [1].", over = {}) {
  const opened = await open();
  const { backend, user } = opened;
  await user.type(screen.getByTestId("ask-input"), "How?{Enter}");
  backend.asks[0]?.resolve(anAnswer({ text, ...over }));
  await screen.findByTestId("answer");
  return opened;
}

/** The title that a document's card shows. */
export const titleOn = (card: HTMLElement): string | undefined =>
  card.querySelector("[data-testid=document-open]")?.textContent.trim();

/** The titles of the documents on show, in their order. */
export const titlesShown = (): (string | undefined)[] =>
  screen.queryAllByTestId("document-card").map(titleOn);
