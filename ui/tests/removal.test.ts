import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";

import { aDocument, aRoom } from "./double";
import { open, titlesShown } from "./open";

type Opened = Awaited<ReturnType<typeof open>>;

async function removed(): Promise<Opened> {
  const opened = await open((backend) => {
    backend.documents = [
      aDocument({ document: 1, position: 0, title: "Psychology 2e", added: 2 }),
      aDocument({ document: 2, position: 1, title: "Handbook", added: 1 }),
    ];
  });
  await remove(opened, 0);
  return opened;
}

async function remove({ user }: Opened, place: number): Promise<void> {
  await user.click((await screen.findAllByTestId("document-menu"))[place] as HTMLElement);
  await user.click(screen.getByTestId("document-remove"));
}

const cards = titlesShown;

describe("removing a document", () => {
  it("happens at once, and the focus goes to what comes into its place", async () => {
    const { backend } = await removed();
    await waitFor(() => expect(cards()).toEqual(["Handbook"]));
    expect(backend.calls).toContainEqual(["documentRemove", 1]);
    expect(screen.getByTestId("toast")).toHaveTextContent("Removed “Psychology 2e”");
    await waitFor(() => expect(screen.getByTestId("document-card")).toHaveFocus());
  });

  it("is taken back from the toast, which then goes", async () => {
    const { backend, session, user } = await removed();
    session.screen = "settings";
    await user.click(await screen.findByTestId("undo"));
    await waitFor(() => expect(cards()).toEqual(["Psychology 2e", "Handbook"]));
    expect(backend.calls).toContainEqual(["documentBringBack", 1]);
    expect(session.screen).toBe("library");
    expect(screen.queryByTestId("toast")).toBeNull();
    expect(screen.queryByTestId("library-menu")).toBeNull();
    await waitFor(() => expect(screen.getAllByTestId("document-card")[0]).toHaveFocus());
  });

  it("is taken back from the library's menu when the toast is gone", async () => {
    const { backend, session, user } = await removed();
    session.toasts.list = [];
    await user.click(await screen.findByTestId("library-menu"));
    await user.click(screen.getByTestId("undo-remove"));
    await waitFor(() => expect(cards()).toHaveLength(2));
    expect(backend.calls).toContainEqual(["documentBringBack", 1]);
  });

  it("is taken back by Ctrl+Z, except where something is typed", async () => {
    const { backend, user } = await removed();
    await screen.findByTestId("undo");
    screen.getByTestId("search-input").focus();
    await user.keyboard("{Control>}z{/Control}");
    expect(backend.calls.some(([name]) => name === "documentBringBack")).toBe(false);
    screen.getByTestId("document-menu").focus();
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(cards()).toHaveLength(2));
  });

  it("can be taken back in an empty room too, and in the room it was in", async () => {
    const opened = await removed();
    await waitFor(() => expect(cards()).toHaveLength(1));
    await remove(opened, 0);
    expect(await screen.findByTestId("library-empty")).toBeInTheDocument();
    await opened.session.enter(2);
    await opened.user.click(await screen.findByTestId("undo-remove"));
    await waitFor(() => expect(cards()).toEqual(["Handbook"]));
    expect(opened.session.rooms.currentId).toBe(1);
  });

  it("is offered back again when that failed, unless it is gone for good", async () => {
    const { backend, user } = await removed();
    backend.faults.set("documentBringBack", { code: "busy", message: "Another window is at work." });
    await user.click(await screen.findByTestId("undo"));
    expect(await screen.findByText("Another window is at work.")).toBeInTheDocument();
    backend.faults.set("documentBringBack", { code: "not_found", message: "There is no such document." });
    await user.click(screen.getByTestId("library-menu"));
    await user.click(screen.getByTestId("undo-remove"));
    await waitFor(() => expect(screen.queryByTestId("library-menu")).toBeNull());
  });

  it("leaves the card where it is when it fails", async () => {
    const opened = await open((backend) =>
      backend.faults.set("documentRemove", { code: "read_only", message: "The folder can't be written to." }),
    );
    await remove(opened, 0);
    expect(await screen.findByTestId("toast")).toHaveTextContent("can't be written to");
    expect(cards()).toEqual(["Psychology 2e"]);
    expect(opened.session.removal.canUndo).toBe(false);
  });
});

describe("removing a room", () => {
  it("happens at once, says what went with it, and is taken back", async () => {
    const { backend, session, user } = await open((backend) => {
      backend.rooms = [aRoom({ room: 1, documents: 6 }), aRoom({ room: 2, name: "Chemistry" })];
    });
    screen.getAllByTestId("room-item")[0]?.focus();
    await user.keyboard("{Delete}");
    await waitFor(() => expect(session.rooms.current?.name).toBe("Chemistry"));
    expect(screen.getByTestId("toast")).toHaveTextContent(
      "With its 6 documents and the conversations in it.",
    );
    await waitFor(() => expect(screen.getByTestId("room-item")).toHaveFocus());

    await user.click(screen.getByTestId("undo"));
    await waitFor(() => expect(session.rooms.current?.name).toBe("Psychology"));
    expect(backend.calls).toContainEqual(["roomBringBack", 1]);
  });

  it("says so when it comes back under another name", async () => {
    const { backend, session, user } = await open();
    screen.getAllByTestId("room-item")[1]?.focus();
    await user.keyboard("{Delete}");
    const undo = await screen.findByTestId("undo");
    backend.roomBringBack = async () => {
      backend.rooms = [...backend.rooms, aRoom({ room: 2, name: "Chemistry (2)" })];
    };
    await user.click(undo);
    expect(await screen.findByText("“Chemistry” is called “Chemistry (2)” now")).toBeInTheDocument();
    expect(session.rooms.currentId).toBe(2);
  });

  it("is taken back from the welcome when it was the only one", async () => {
    const { session, user } = await open((backend) => (backend.rooms = [aRoom()]));
    screen.getByTestId("room-item").focus();
    await user.keyboard("{Delete}");
    await screen.findByTestId("welcome");
    await user.click(screen.getByTestId("undo-remove"));
    await waitFor(() => expect(session.rooms.current?.name).toBe("Psychology"));
  });
});

describe("a toast with a deed", () => {
  it("stays while the pointer or the focus is on it, and goes some eight seconds later", async () => {
    const { session, user } = await open();
    vi.useFakeTimers({ shouldAdvanceTime: true });
    session.toasts.show("info", "Removed", null, { label: "Undo", testid: "undo", run: () => {} });
    const button = await screen.findByTestId("undo");
    button.focus();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(screen.getByTestId("undo")).toBeInTheDocument();
    await user.hover(button);
    button.blur();
    await user.unhover(button);
    await vi.advanceTimersByTimeAsync(7_000);
    expect(screen.getByTestId("undo")).toBeInTheDocument();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(screen.queryByTestId("undo")).toBeNull();
    vi.useRealTimers();
  });
});
