import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { showLanguage } from "../src/i18n/i18n.svelte";
import { aDocument, aRoom, type Double } from "./double";
import { open, titleOn, titlesShown } from "./open";

const titles = ["Atoms", "Bonds", "Crystals", "Dyes", "Elements", "Fuels"];
const six = (backend: Double) => {
  backend.documents = titles.map((title, index) =>
    aDocument({
      document: index + 1,
      title,
      position: index,
      added: 60 - index,
      pages: (index + 1) * 10,
      tags: index < 2 ? ["exam"] : [],
      format: index === 5 ? "epub" : "pdf",
    }),
  );
};
const shown = titlesShown;
const chosen = () =>
  screen
    .queryAllByTestId("document-card")
    .filter((card) => card.getAttribute("aria-selected") === "true")
    .map(titleOn);
const card = (title: string) =>
  screen.getAllByTestId("document-card").find((card) => titleOn(card) === title) as HTMLElement;
const focus = (title: string) => card(title).focus();

async function shelf(prepare: (backend: Double) => void = six) {
  const opened = await open(prepare);
  await screen.findAllByTestId("document-card");
  return opened;
}

/** Presses at one place, goes to another and lets go there. */
async function drag(from: Element, over: Element, at = { x: 0, y: 0 }) {
  document.elementFromPoint = () => over;
  await fireEvent.pointerDown(from, { button: 0, pointerId: 1, clientX: 300, clientY: 300 });
  await fireEvent.pointerMove(window, { pointerId: 1, clientX: 320, clientY: 320 });
  expect(document.documentElement).toHaveClass("dragging");
  await fireEvent.pointerUp(window, { pointerId: 1, clientX: at.x, clientY: at.y });
}

beforeEach(() => {
  // PointerEvent as far as jsdom leaves it out.
  vi.stubGlobal(
    "PointerEvent",
    class extends MouseEvent {
      pointerId: number;
      pointerType = "mouse";
      constructor(type: string, init: PointerEventInit) {
        super(type, init);
        this.pointerId = init.pointerId ?? 0;
      }
    },
  );
  return () => vi.unstubAllGlobals();
});

describe("the views of the library", () => {
  it("are covers or a table, and the desk keeps that", async () => {
    const { backend, session, user } = await shelf();
    expect(screen.queryAllByRole("columnheader")).toHaveLength(0);
    await user.click(screen.getByTestId("view-list"));
    expect(screen.getByRole("columnheader", { name: "Title" })).toHaveAttribute("aria-sort", "none");
    expect(shown()).toEqual(titles);
    await session.desk.write();
    expect(backend.desk.library.layout).toBe("list");
  });

  it("are sorted by the heads of the table, and turned round by them", async () => {
    const { user } = await shelf();
    await user.click(screen.getByTestId("view-list"));
    expect(screen.getByRole("columnheader", { name: "Pages" })).toHaveAttribute("aria-sort", "none");
    await user.click(screen.getByTestId("sort-pages"));
    expect(shown()[0]).toBe("Fuels");
    expect(screen.getByRole("columnheader", { name: "Pages" })).toHaveAttribute("aria-sort", "descending");
    await user.click(screen.getByTestId("sort-pages"));
    expect(shown()[0]).toBe("Atoms");
  });

  it("show what is looked for and filtered, say how many, and show all again", async () => {
    const { user } = await shelf();
    await user.type(screen.getByTestId("library-find"), "CRYS");
    expect(shown()).toEqual(["Crystals"]);
    expect(screen.getByTestId("library-count")).toHaveTextContent("1 of 6 documents");
    await user.clear(screen.getByTestId("library-find"));
    await user.click(screen.getByTestId("library-tags"));
    await user.click(screen.getByTestId("filter-tag"));
    expect(shown()).toEqual(["Atoms", "Bonds"]);
    await user.keyboard("{Escape}");
    await user.type(screen.getByTestId("library-find"), "nothing of it");
    await user.click(await screen.findByTestId("library-show-all"));
    expect(shown()).toEqual(titles);
  });

  it("have few of ten thousand documents in the tree", async () => {
    await shelf((backend) => {
      backend.documents = Array.from({ length: 10_000 }, (_, index) =>
        aDocument({ document: index + 1, title: `Volume ${index + 1}` }),
      );
    });
    expect(shown().length).toBeLessThan(120);
    expect(screen.getByTestId("library-count")).toHaveTextContent("10,000 documents");
  });

  it("speak Indonesian", async () => {
    await shelf();
    await showLanguage("id");
    expect(await screen.findByRole("button", { name: "Tambah berkas" })).toBeInTheDocument();
    expect(screen.getByTestId("library-count")).toHaveTextContent("6 dokumen · 210 halaman");
    await showLanguage("en");
  });
});

describe("choosing documents", () => {
  it("goes by the keys", async () => {
    const { user } = await shelf();
    focus("Atoms");
    await user.keyboard(" {ArrowRight}{Shift>}{ArrowRight}{ArrowRight}{/Shift}");
    expect(card("Dyes")).toHaveFocus();
    expect(chosen()).toEqual(["Atoms", "Bonds", "Crystals", "Dyes"]);
    await user.keyboard("{Escape}");
    expect(chosen()).toEqual([]);
    await user.keyboard("{Control>}a{/Control}");
    expect(chosen()).toEqual(titles);
    expect(screen.getByTestId("chosen-bar")).toHaveTextContent("6 chosen");
  });

  it("goes by the pointer, and a press opens when nothing is chosen", async () => {
    const { session, user } = await shelf();
    await user.keyboard("{Control>}");
    await user.click(screen.getByRole("button", { name: "Bonds" }));
    await user.keyboard("{/Control}{Shift>}");
    await user.click(screen.getByRole("button", { name: "Elements" }));
    await user.keyboard("{/Shift}");
    expect(chosen()).toEqual(["Bonds", "Crystals", "Dyes", "Elements"]);
    await user.click(screen.getByTestId("chosen-clear"));
    await user.click(screen.getByRole("button", { name: "Bonds" }));
    expect(session.viewer.open?.document).toBe(2);
  });

  it("lets go of what is not shown any more", async () => {
    const { session, user } = await shelf();
    session.library.selection.toggle(1);
    session.library.selection.toggle(3);
    await user.type(screen.getByTestId("library-find"), "crystals");
    await waitFor(() => expect([...session.library.selection.chosen]).toEqual([3]));
  });

  it("is for what is done with all of them: removing is taken back at once", async () => {
    const { backend, session, user } = await shelf();
    session.library.selection.toggle(2);
    session.library.selection.toggle(4);
    await user.click(await screen.findByTestId("chosen-remove"));
    await waitFor(() => expect(shown()).toEqual(["Atoms", "Crystals", "Elements", "Fuels"]));
    expect(screen.getByTestId("toast")).toHaveTextContent("Removed 2 documents");
    await user.click(screen.getByTestId("undo"));
    await waitFor(() => expect(shown()).toEqual(titles));
    expect(backend.calls).toContainEqual(["documentBringBack", 4]);
  });

  it("gives the same tags to several, and leaves each its own", async () => {
    const { backend, session, user } = await shelf();
    session.library.selection.toggle(2);
    session.library.selection.toggle(3);
    await user.click(await screen.findByTestId("document-tags"));
    await user.type(await screen.findByTestId("tag-input"), "week 3{Enter}");
    await user.click(screen.getByTestId("tags-save"));
    await waitFor(() => expect(backend.calls).toContainEqual(["documentTag", 3, ["week 3"]]));
    expect(backend.calls).toContainEqual(["documentTag", 2, ["exam", "week 3"]]);
  });
});

describe("a document", () => {
  it("has one list of deeds, by its button, the right button and Shift+F10", async () => {
    const { user } = await shelf();
    const names = () => screen.getAllByRole("menuitem").map((item) => item.textContent?.trim());
    await user.click(screen.getAllByTestId("document-menu")[0] as HTMLElement);
    const byButton = names();
    expect(byButton).toContain("Rename…");
    await user.keyboard("{Escape}");
    expect(screen.getAllByTestId("document-menu")[0]).toHaveFocus();
    focus("Atoms");
    await user.keyboard("{Shift>}{F10}{/Shift}");
    expect(names()).toEqual(byButton);
    await user.keyboard("{Escape}");
    expect(card("Atoms")).toHaveFocus();
    await fireEvent.contextMenu(card("Atoms"));
    expect(names()).toEqual(byButton);
  });

  it("gets another title, and keeps the old one when that fails", async () => {
    const { backend, user } = await shelf();
    focus("Atoms");
    await user.keyboard("{F2}");
    const input = await screen.findByTestId("rename-input");
    backend.faults.set("documentRename", { code: "invalid", message: "That title is too long." });
    await user.clear(input);
    await user.type(input, "Particles{Enter}");
    expect(await screen.findByText("That title is too long.")).toBeInTheDocument();
    expect(shown()).toContain("Atoms");
    backend.faults.delete("documentRename");
    await user.type(input, "{Enter}");
    await waitFor(() => expect(shown()).toContain("Particles"));
  });

  it("gets tags from those of the room", async () => {
    const { backend, user } = await shelf();
    focus("Crystals");
    await user.keyboard("{Shift>}{F10}{/Shift}");
    await user.click(screen.getByTestId("document-tags"));
    await user.click(await screen.findByTestId("tag-proposal"));
    await user.type(screen.getByTestId("tag-input"), "  EXAM {Enter}");
    await user.click(screen.getByTestId("tags-save"));
    await waitFor(() => expect(backend.calls).toContainEqual(["documentTag", 3, ["exam"]]));
  });

  it("tells which of its pages have no text", async () => {
    const { user } = await shelf((backend) => {
      backend.documents = [
        aDocument({
          pages: 20,
          pages_read: 20,
          ledger: { text: 16, scanned: 4, garbled: 0, empty: 0, unreadable: 0, recognised: 0 },
        }),
      ];
      backend.pages.set(
        1,
        Array.from({ length: 20 }, (_, index) => ({
          number: index + 1,
          label: null,
          width: 600,
          height: 800,
          status: [2, 11, 12, 13].includes(index) ? ("scanned" as const) : ("text" as const),
          confidence: null,
        })),
      );
    });
    await user.click(screen.getByTestId("document-menu"));
    await user.click(screen.getByTestId("document-details"));
    const sheet = within(await screen.findByTestId("document-sheet"));
    expect(await sheet.findByTestId("ledger-scanned")).toHaveTextContent("Pages 3, 12–14 have no text");
    expect(sheet.getByTestId("ledger-bar")).toHaveAccessibleName("16 with text, 4 scans");
  });

  it("that can't be read shows why when it is opened", async () => {
    const { user } = await shelf((backend) => {
      backend.documents = [
        aDocument({ state: "failed", code: "damaged", message: "It ends in the middle.", pages_read: 0 }),
      ];
    });
    await user.click(screen.getByTestId("document-open"));
    expect(await screen.findByTestId("document-reason")).toHaveTextContent("It ends in the middle.");
  });
});

describe("the person's own order", () => {
  it("is made by Alt and the arrows, and told", async () => {
    const { backend, session, user } = await shelf();
    session.library.arrangement.sortBy("hand");
    await waitFor(() => expect(shown()[0]).toBe("Atoms"));
    focus("Atoms");
    await user.keyboard("{Alt>}{ArrowRight}{/Alt}");
    expect(backend.calls).toContainEqual(["documentPlace", 1, 1, 3]);
    await waitFor(() => expect(shown().slice(0, 2)).toEqual(["Bonds", "Atoms"]));
    expect(await screen.findByText("Atoms is now number 2 of 6")).toBeInTheDocument();
    await waitFor(() => expect(card("Atoms")).toHaveFocus());
  });

  it("is offered where another one is on show", async () => {
    const { backend, session, user } = await shelf();
    session.library.arrangement.sortBy("title");
    focus("Atoms");
    await user.keyboard("{Alt>}{ArrowRight}{/Alt}");
    await user.click(await screen.findByRole("button", { name: "By hand" }));
    expect(session.library.arrangement.sort.by).toBe("hand");
    expect(backend.calls.some(([name]) => name === "documentPlace")).toBe(false);
  });

  it("is made by dragging, of all that are chosen", async () => {
    const { backend, session } = await shelf();
    session.library.arrangement.sortBy("hand");
    session.library.selection.toggle(5);
    session.library.selection.toggle(6);
    await waitFor(() => expect(shown()[0]).toBe("Atoms"));
    await drag(screen.getByRole("button", { name: "Fuels" }), card("Bonds"), { x: -5, y: 0 });
    await waitFor(() => expect(shown()).toEqual(["Atoms", "Elements", "Fuels", "Bonds", "Crystals", "Dyes"]));
    expect(backend.calls).toContainEqual(["documentPlace", 6, 1, 2]);
  });

  it("stays when the drag is given up", async () => {
    const { backend, session } = await shelf();
    session.library.arrangement.sortBy("hand");
    document.elementFromPoint = () => card("Dyes");
    await fireEvent.pointerDown(card("Atoms"), { button: 0, pointerId: 1, clientX: 0, clientY: 0 });
    await fireEvent.pointerMove(window, { pointerId: 1, clientX: 40, clientY: 40 });
    expect(session.library.carry.active).toBe(true);
    await fireEvent.keyDown(window, { key: "Escape" });
    expect(session.library.carry.active).toBe(false);
    await fireEvent.pointerUp(window, { pointerId: 1 });
    expect(backend.calls.some(([name]) => name === "documentPlace")).toBe(false);
  });
});

describe("moving to another room", () => {
  it("goes by dragging onto it, and is taken back to the same place", async () => {
    const { backend, user } = await shelf();
    const room = screen.getAllByTestId("room-item")[1]?.closest("li") as HTMLElement;
    await drag(card("Bonds"), room);
    await waitFor(() => expect(backend.calls).toContainEqual(["documentPlace", 2, 2, null]));
    await waitFor(() => expect(shown()).not.toContain("Bonds"));
    expect(await screen.findByTestId("toast")).toHaveTextContent("Moved “Bonds” to Chemistry");
    await user.click(screen.getByTestId("undo"));
    await waitFor(() => expect(backend.calls).toContainEqual(["documentPlace", 2, 1, 3]));
    await waitFor(() => expect(shown()).toContain("Bonds"));
  });

  it("goes by the list of deeds, and says why it can't", async () => {
    const { backend, user } = await shelf();
    backend.faults.set("documentPlace", { code: "duplicate", message: "Chemistry has this file already." });
    await user.click(screen.getAllByTestId("document-menu")[0] as HTMLElement);
    await user.click(screen.getByTestId("document-move"));
    await user.click(await screen.findByTestId("move-confirm"));
    expect(await screen.findByText("Chemistry has this file already.")).toBeInTheDocument();
    expect(shown()).toContain("Atoms");
  });
});

describe("the rooms in the rail", () => {
  const names = () =>
    screen.getAllByTestId("room-item").map((item) => item.textContent?.trim().split(/\s{2,}/)[0]);
  const three = (backend: Double) => {
    backend.rooms = [
      aRoom({ room: 1, name: "Psychology", documents: 6 }),
      aRoom({ room: 2, name: "Chemistry", hue: 165 }),
      aRoom({ room: 3, name: "Law", hue: 40 }),
    ];
  };

  it("are ordered by Alt and the arrows, and by dragging", async () => {
    const { backend, user } = await open(three);
    screen.getAllByTestId("room-item")[0]?.focus();
    await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
    expect(backend.calls).toContainEqual(["roomPlace", 1, 3]);
    await waitFor(() => expect(names()[1]).toContain("Psychology"));
    expect(await screen.findByText("Psychology is now room 2 of 3")).toBeInTheDocument();
    const items = screen.getAllByTestId("room-item");
    await drag(items[2] as HTMLElement, items[0] as HTMLElement, { x: 0, y: -5 });
    await waitFor(() => expect(backend.calls).toContainEqual(["roomPlace", 3, 2]));
    await waitFor(() => expect(names()[0]).toContain("Law"));
  });

  it("get a colour by its name", async () => {
    const { backend, session, user } = await open(three);
    await user.click(screen.getAllByTestId("room-menu")[0] as HTMLElement);
    await user.click(screen.getByTestId("room-colour"));
    await user.click(await screen.findByLabelText("Teal"));
    await user.click(screen.getByTestId("colour-choose"));
    expect(backend.calls).toContainEqual(["roomColour", 1, 190]);
    await waitFor(() => expect(session.rooms.current?.hue).toBe(190));
  });

  it("can be folded to their colours, keep their names for everybody, and unfold for a new one", async () => {
    const { session, user } = await open(three);
    await user.keyboard("{Control>}\\{/Control}");
    expect(session.rooms.fold.folded).toBe(true);
    expect(screen.getAllByTestId("room-item")[0]).toHaveAccessibleName("Psychology, 6 documents");
    expect(localStorage.getItem("rail")).toBe("folded");
    await user.click(screen.getByTestId("rail-fold"));
    expect(session.rooms.fold.folded).toBe(false);
  });
});
