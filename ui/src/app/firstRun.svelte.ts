import type { DocumentId } from "../backend/bindings";
import { language, t } from "../i18n/i18n.svelte";
import { placeOf } from "../read/place";
import type { Session } from "./session.svelte";

/** How it looks, a first room, a first question. */
export const STEPS = ["look", "room", "ask"] as const;
export type Step = (typeof STEPS)[number];

/** What is shown at the first start: it can be left at any moment, and never comes again. */
export class FirstRun {
  step = $state<Step | null>(null);
  /** The sample, where the person began with it. */
  document = $state<DocumentId | null>(null);
  /** Whether an answer and its page are on show. */
  proven = $state(false);
  #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Begins in a library that nobody has used. */
  begin(): void {
    const { appearance, rooms, writable } = this.#session;
    if (!appearance.settings.first_run_done && rooms.list.length === 0 && writable) this.step = "look";
  }

  /** Leaves it for good. */
  async end(): Promise<void> {
    const { appearance } = this.#session;
    this.step = null;
    if (!appearance.settings.first_run_done)
      await this.#session.attempt(() => appearance.choose({ first_run_done: true }));
  }

  /** Makes the first room; false where its name can't be used, which has been told. */
  async makeRoom(name: string, hue: number): Promise<boolean> {
    const session = this.#session;
    const made = await session.rooms.create(name.trim() || t("welcome.first.name"));
    if ("code" in made) {
      session.toasts.fault(made);
      return false;
    }
    await session.attempt(() => session.rooms.colour(made.room, hue));
    await session.enter(made.room);
    return true;
  }

  /** Puts the sample into the open room, and opens it. */
  async openSample(): Promise<void> {
    const document = await openSample(this.#session);
    this.document = document;
    if (document === null) await this.end();
    else {
      this.step = "ask";
      this.#session.showAsk();
    }
  }

  /** Asks a question, and shows the page that proves the answer. */
  async ask(question: string): Promise<void> {
    const session = this.#session;
    session.showAsk();
    await session.attempt(() => session.ask.put({ text: question }));
    const citation = session.ask.exchanges.at(-1)?.citations[0];
    if (this.step !== "ask") return;
    if (citation) session.show(placeOf(citation));
    this.proven = true;
    // The page lies over what would be said of it.
    if (session.layout.sheet.current) await this.end();
  }
}

/** Takes the sample into the open room, in the language on show, and opens it; null where that failed, which is told. */
export async function openSample(session: Session): Promise<DocumentId | null> {
  const room = session.rooms.currentId;
  if (room === null) return null;
  let added: DocumentId | null = null;
  await session.attempt(async () => {
    const document = await session.backend.sampleAdd(room, language());
    await session.library.open(room);
    const title = session.library.shelf.get(document)?.document.title ?? "";
    session.show({ document, title, page: 1, boxes: [] });
    added = document;
  });
  return added;
}
