import type { Document, Fault, ImportOutcome, RoomId } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";
import type { Session } from "./session.svelte";
import { fileName } from "./words";

/** Takes files into a room: the one given, else the open one, else a first one that is made for them. */
export async function take(session: Session, paths: string[], into: RoomId | null): Promise<void> {
  if (!session.usable || paths.length === 0) return;
  // Who drops files knows what to do.
  if (session.firstRun.step !== null) void session.firstRun.end();
  await session.attempt(async () => {
    if (!session.writable)
      throw { code: "read_only", message: session.status?.message ?? "" } satisfies Fault;
    let room = into ?? session.rooms.currentId;
    if (room === null) {
      const made = await session.rooms.create(t("app.firstRoom"));
      if ("code" in made) throw made;
      room = made.room;
    }
    if (room !== session.rooms.currentId) await session.enter(room);
    session.screen = "library";
    const earlier = session.library.documents.map(({ document }) => document);
    const outcomes = await session.library.take(room, paths);
    offerEditions(session, earlier, outcomes);
    const again = outcomes.filter(({ duplicate }) => duplicate);
    const failed = outcomes.filter(({ error }) => error);
    if (again.length > 0) {
      const text =
        again.length === 1 && again[0] ? fileName(again[0].path) : t("app.take.files", { n: again.length });
      session.toasts.show("info", t("app.take.already"), text);
    }
    if (outcomes.length === 0) session.toasts.show("info", t("app.take.nothing"), t("app.take.none"));
    // Where it can be seen, the library lists them.
    const isSeen = session.screen === "library" && session.rooms.currentId === room;
    if (failed.length > 0 && !isSeen)
      session.toasts.show("bad", t("app.take.notAdded", { n: failed.length }), t("app.take.why"));
  });
}

/** A file by the name of one that is here already is more often a new edition than another document. */
function offerEditions(session: Session, earlier: Document[], outcomes: ImportOutcome[]): void {
  const named = (name: string) => outcomes.filter(({ path }) => fileName(path) === name).length;
  for (const { path, document, duplicate } of outcomes) {
    const name = fileName(path);
    const old = earlier.find(({ file_name }) => file_name === name);
    // Several files by one name, as folders hold them, are no editions of each other.
    if (!old || document === null || duplicate || named(name) > 1) continue;
    const called = t("app.editions.called", { title: old.title });
    session.toasts.show("info", t("app.editions.there", { name }), called, {
      label: t("app.editions.replace"),
      testid: "replace-instead",
      run: () => void session.attempt(() => session.library.replaceInstead(old.document, document, path)),
    });
  }
}
