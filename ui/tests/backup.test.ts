import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { aDocument, anEmptyDesk, aRoom } from "./double";
import { answered, open, titlesShown } from "./open";

type Opened = Awaited<ReturnType<typeof open>>;

async function inSettings(prepare?: Parameters<typeof open>[0]): Promise<Opened> {
  const opened = await open(prepare);
  await opened.user.click(screen.getByTestId("settings-open"));
  return opened;
}

async function creating(): Promise<Opened> {
  const opened = await inSettings();
  await opened.user.click(screen.getByTestId("backup-create"));
  await screen.findByTestId("backup-progress");
  return opened;
}

async function restoring(opened: Opened): Promise<Opened> {
  await opened.user.click(screen.getByTestId("backup-restore"));
  await opened.user.click(await screen.findByTestId("backup-confirm"));
  await screen.findByTestId("backup-progress");
  return opened;
}

/** Another library, with rooms and documents by the same ids. */
function anotherLibrary({ backend }: Opened): void {
  backend.rooms = [aRoom({ room: 1, name: "Law" }), aRoom({ room: 2, name: "History" })];
  backend.desk = anEmptyDesk();
  backend.documents = [aDocument({ document: 1, room: 1, title: "Civil code" })];
  backend.conversations = [
    { conversation: "9", room: 1, title: "On torts", created: 0, updated: 0, turns: 1 },
  ];
  backend.settings = { ...backend.settings, theme: "dark", glass: "solid", last_room: 1 };
}

const outcome = (missing: string[] = []) => ({ documents: 12, bytes: 48_200_000, missing });
const cards = titlesShown;

describe("backing up", () => {
  it("goes where the person chooses, says how far it is and what came of it", async () => {
    const { backend } = await creating();
    expect(backend.backups[0]?.args).toMatchObject({
      deed: "create",
      file: "/media/disk/Smart Study Room.studyroom",
    });
    backend.backups[0]?.args.tell({ step: "packing", done: 12_000_000, total: 48_000_000 });
    const bar = await screen.findByRole("progressbar", { name: "Putting everything into the file" });
    expect(bar).toHaveAttribute("aria-valuenow", "25");
    expect(screen.getByTestId("backup-progress")).toHaveTextContent("12 MB of 48 MB");
    expect(screen.getByTestId("backup-create")).toBeDisabled();
    expect(screen.getByTestId("backup-restore")).toBeDisabled();

    backend.backups[0]?.resolve(outcome());
    expect(await screen.findByTestId("toast")).toHaveTextContent("Backed up: 12 documents, 48 MB");
    expect(screen.queryByTestId("backup-progress")).toBeNull();
    expect(screen.queryByTestId("backup-missing")).toBeNull();
    expect(screen.getByTestId("backup-create")).toBeEnabled();
  });

  it("names the originals that were not there", async () => {
    const { backend } = await creating();
    backend.backups[0]?.resolve(outcome(["a.pdf", "b.pdf", "c.pdf", "d.pdf"]));
    expect(await screen.findByTestId("toast")).toHaveTextContent(
      "4 originals were not there: “a.pdf”, “b.pdf”, “c.pdf”, 1 more.",
    );
    expect(screen.getByTestId("backup-missing")).toHaveTextContent("“a.pdf”, “b.pdf”, “c.pdf”, “d.pdf”.");
  });

  it("does nothing when no file is chosen", async () => {
    const { backend, session, user } = await inSettings((backend) => {
      backend.backupTarget = null;
      backend.backupFile = null;
    });
    await user.click(screen.getByTestId("backup-create"));
    await user.click(screen.getByTestId("backup-restore"));
    expect(backend.calls.slice(-2)).toEqual([["pickBackupTarget"], ["pickBackup"]]);
    expect(backend.backups).toHaveLength(0);
    expect(session.backup.work).toBeNull();
    expect(screen.queryByTestId("backup-dialog")).toBeNull();
  });

  it("is one at a time, also while a file is being chosen", async () => {
    const { backend, session } = await inSettings();
    await Promise.all([session.backup.create(), session.backup.choose(), waitForOne()]);
    expect(backend.backups).toHaveLength(1);
    expect(session.backup.asked).toBeNull();

    async function waitForOne() {
      await waitFor(() => expect(backend.backups).toHaveLength(1));
      await session.backup.create();
      backend.backups[0]?.resolve(outcome());
    }
  });

  it("goes on while another screen is on show, and can be seen again", async () => {
    const { backend, session, user } = await creating();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("settings-backup")).toBeNull());
    backend.backups[0]?.args.tell({ step: "verifying", done: 1, total: 2 });
    session.screen = "settings";
    expect(await screen.findByTestId("backup-progress")).toHaveTextContent("Reading it back");
  });

  it("is stopped without news", async () => {
    const { backend, user } = await creating();
    const stop = screen.getByTestId("backup-stop");
    await user.click(stop);
    await user.click(stop);
    expect(backend.calls.filter(([name]) => name === "backupStop")).toHaveLength(1);
    expect(stop).toHaveAttribute("aria-disabled", "true");
    backend.backups[0]?.reject({ code: "cancelled", message: "It was stopped; nothing has changed." });
    await waitFor(() => expect(screen.queryByTestId("backup-progress")).toBeNull());
    expect(screen.queryByTestId("toast")).toBeNull();
  });

  it("says why it failed", async () => {
    const { backend } = await creating();
    backend.backups[0]?.reject({ code: "no_space", message: "/media/disk: free some space." });
    expect(await screen.findByTestId("toast")).toHaveTextContent("/media/disk: free some space.");
    expect(screen.getByTestId("backup-create")).toBeEnabled();
  });
});

describe("restoring", () => {
  it("is asked about first, and the library stays when the person cancels", async () => {
    const { backend, user } = await inSettings();
    const restore = screen.getByTestId("backup-restore");
    await user.click(restore);
    const dialog = await screen.findByTestId("backup-dialog");
    expect(dialog).toHaveTextContent("“Monday.studyroom” takes the place of the one that you have here");
    await waitFor(() => expect(screen.getByTestId("backup-cancel")).toHaveFocus());
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("backup-dialog")).toBeNull());
    expect(backend.backups).toHaveLength(0);
    expect(restore).toHaveFocus();
  });

  it("shows the library that comes: its rooms, documents, conversations and settings", async () => {
    const opened = await answered();
    const { backend, session, user } = opened;
    await user.click(await screen.findByTestId("citation-chip"));
    session.documentChanged(aDocument({ document: 5, replaces: 1, state: "reading" }), null);
    await session.removal.documents([aDocument({ document: 2 })]);
    expect(session).toMatchObject({ screen: "read", canGoBack: true });
    await user.click(screen.getByTestId("settings-open"));
    await restoring(opened);
    expect(backend.backups[0]?.args).toMatchObject({
      deed: "restore",
      file: "/media/disk/Monday.studyroom",
    });
    anotherLibrary(opened);
    backend.backups[0]?.resolve(outcome());
    expect(await screen.findByText("Restored: 12 documents")).toBeInTheDocument();
    await waitFor(() => expect(cards()).toEqual(["Civil code"]));
    expect(screen.getAllByTestId("room-item").map((item) => item.textContent?.trim())).toEqual([
      expect.stringContaining("Law"),
      expect.stringContaining("History"),
    ]);
    expect(session).toMatchObject({ screen: "library", ready: true, canGoBack: false });
    expect(session.viewer.open).toBeNull();
    expect(session.ask).toMatchObject({ title: "On torts", exchanges: [] });
    expect(session.atWork.size).toBe(0);
    expect(session.library.editions.size).toBe(0);
    expect(session.removal.canUndo).toBe(false);
    expect(screen.queryByTestId("undo")).toBeNull();
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe("dark"));
    expect(backend.settings).toMatchObject({ theme: "dark", glass: "solid", last_room: 1 });
  });

  it("waits until the library that comes is open", async () => {
    const opened = await restoring(await inSettings());
    const { backend, session } = opened;
    backend.state = { ...backend.state, library: { state: "opening" } };
    backend.backups[0]?.resolve(outcome());
    expect(await screen.findByText("Opening your library")).toBeInTheDocument();
    expect(session.rooms.list).toEqual([]);
    anotherLibrary(opened);
    backend.state = { ...backend.state, library: { state: "ready", writable: true } };
    backend.on?.statusChanged();
    backend.on?.statusChanged();
    await waitFor(() => expect(cards()).toEqual(["Civil code"]));
    // Once at the start, and once for the library that came, however often its status is told.
    expect(backend.calls.filter(([name]) => name === "roomsList")).toHaveLength(2);
  });

  it("lets nothing happen to the library meanwhile", async () => {
    const { backend, session, user } = await restoring(await inSettings());
    const before = backend.calls.length;
    await user.keyboard("{Escape}{Control>}1{/Control}");
    backend.on?.drag({ type: "drop", paths: ["/a.pdf"], x: 1, y: 1 });
    backend.on?.filesOpened(["/b.pdf"]);
    backend.on?.roomsChanged();
    backend.on?.statusChanged();
    await waitFor(() => expect(session.offered).toEqual(["/b.pdf"]));
    expect(screen.getByTestId("backup-progress")).toBeInTheDocument();
    expect(screen.queryByTestId("offer-dialog")).toBeNull();
    expect(backend.calls.slice(before)).toEqual([]);
    backend.backups[0]?.resolve(outcome());
    expect(await screen.findByTestId("offer-dialog")).toHaveTextContent("b.pdf");
    expect(await screen.findByText("Restored: 12 documents")).toBeInTheDocument();
  });

  it("can be stopped, and leaves the window as it was", async () => {
    const { backend, session, user } = await restoring(await inSettings());
    await waitFor(() => expect(screen.getByTestId("backup-stop")).toHaveFocus());
    await user.keyboard("{Enter}");
    expect(backend.calls.at(-1)).toEqual(["backupStop"]);
    backend.backups[0]?.reject({ code: "cancelled", message: "It was stopped; nothing has changed." });
    await waitFor(() => expect(screen.queryByTestId("backup-dialog")).toBeNull());
    expect(session).toMatchObject({ screen: "settings", ready: true });
    expect(screen.getByTestId("backup-restore")).toHaveFocus();
    expect(session.rooms.current?.name).toBe("Psychology");
    expect(backend.calls.at(-1)).toEqual(["status"]);
  });

  it("can't be stopped any more once the library takes its place", async () => {
    const { backend, user } = await restoring(await inSettings());
    backend.backups[0]?.args.tell({ step: "replacing", done: 1, total: 4 });
    const stop = screen.getByTestId("backup-stop");
    await waitFor(() => expect(stop).toHaveAttribute("aria-disabled", "true"));
    await user.click(stop);
    expect(backend.calls).not.toContainEqual(["backupStop"]);
    expect(screen.getByTestId("backup-progress")).toHaveTextContent("Putting it in the library’s place…");
  });

  it("says why it failed, also when the library is then not to be had", async () => {
    const { backend } = await restoring(await inSettings());
    const fault = { code: "busy", message: "Another window holds it." } as const;
    backend.state = { ...backend.state, library: { state: "failed", fault } };
    backend.backups[0]?.reject({ code: "invalid", message: "Monday.studyroom is no backup." });
    expect(await screen.findByTestId("toast")).toHaveTextContent("Monday.studyroom is no backup.");
    expect(await screen.findByTestId("library-failed")).toHaveTextContent("Another window holds it.");
  });

  it("helps where the library can't be opened", async () => {
    const opened = await open((backend) => {
      const fault = { code: "corrupt", message: "The library is damaged." } as const;
      backend.state = { ...backend.state, library: { state: "failed", fault } };
    });
    const { backend } = opened;
    const failed = await screen.findByTestId("library-failed");
    expect(within(failed).getByTestId("backup-restore")).toHaveTextContent("Restore a backup…");
    await restoring(opened);
    anotherLibrary(opened);
    backend.state = { ...backend.state, library: { state: "ready", writable: true } };
    backend.on?.statusChanged();
    backend.backups[0]?.resolve(outcome(["lost.pdf"]));
    expect(
      await screen.findByText("The original of “lost.pdf” was not there.", { exact: false }),
    ).toBeVisible();
    await waitFor(() => expect(cards()).toEqual(["Civil code"]));
    expect(screen.queryByTestId("library-failed")).toBeNull();
  });
});
