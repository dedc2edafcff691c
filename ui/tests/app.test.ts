import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";

import App from "../src/app/App.svelte";
import { aCitation, aDocument, aFormula, aHit, anAnswer, aRoom, Double, someHits, somePages } from "./double";
import { answered, open } from "./open";

describe("from an answer to its page and back", () => {
  it("opens the cited page with its boxes, and Escape gives the focus back to the chip", async () => {
    const { backend, session, user } = await answered();
    const chip = await screen.findByTestId("citation-chip");
    await user.click(chip);
    expect(backend.calls).toContainEqual(["pageInfo", 1]);
    const marks = await screen.findAllByTestId("highlight");
    expect(marks).toHaveLength(2);
    expect(marks[0]).toHaveStyle({ left: "12%", top: "40%" });
    expect(marks[0]?.closest("[data-testid=page]")).toHaveAttribute("data-page", "12");
    expect(session.screen).toBe("read");

    await user.keyboard("{Escape}");
    await waitFor(() => expect(chip).toHaveFocus());
    expect(session.screen).toBe("library");
  });

  it("asks for the picture of that page and the next, and not for far ones", async () => {
    const { user } = await answered();
    await user.click(await screen.findByTestId("citation-chip"));
    await waitFor(() => expect(document.querySelector('img[src*="/1/12/"]')).not.toBeNull());
    const pages = screen.getAllByTestId("page").map((page) => Number(page.dataset.page));
    expect(pages).toContain(13);
    expect(pages.length).toBeLessThan(6);
  });

  it("lists the sources and what is worth reading next", async () => {
    await answered("Memory lasts [1].", { further: [aCitation({ page: 30, label: null })] });
    expect(screen.getByTestId("source")).toHaveTextContent("p. 4");
    expect(screen.getByTestId("further")).toHaveTextContent("p. 30");
    expect(screen.getByText("Worth reading next")).toBeInTheDocument();
  });

  it("shows the formula of a source as it is printed, and nothing where it can’t be drawn", async () => {
    const { backend, user } = await open();
    backend.printed = [aFormula()];
    await user.type(screen.getByTestId("ask-input"), "How?{Enter}");
    backend.asks[0]?.resolve(
      anAnswer({ text: "Mass is energy [1].", citations: [aCitation(), aCitation({ changed: true })] }),
    );
    const formula = await screen.findByRole("img", { name: "E=mc2" });
    expect(backend.calls.filter(([name]) => name === "formulas")).toEqual([
      ["formulas", 1, aCitation().boxes],
    ]);
    expect(formula).toHaveAttribute("src", "/part/1/12/840/0.2/0.4/0.4/0.44/beef");
    expect(formula).toHaveAttribute("loading", "lazy");
    expect(formula).toHaveAttribute("width", "168");
    await fireEvent.error(formula);
    expect(formula).not.toBeInTheDocument();
  });

  it("calls a place without a page by its chapter, and opens that chapter", async () => {
    const locator = { kind: "chapter", number: 3, label: null, paragraph: 12, part: 3 } as const;
    const { session, user } = await answered("Memory lasts [1].", {
      citations: [aCitation({ page: null, label: null, locator, boxes: [] })],
    });
    const chip = await screen.findByTestId("citation-chip");
    expect(chip).toHaveAccessibleName("Source 1: Psychology 2e, Chapter 3, paragraph 12");
    expect(screen.getByTestId("source")).toHaveTextContent("Chapter 3, paragraph 12");
    await user.click(chip);
    expect(session.screen).toBe("read");
    expect(session.viewer.page).toBe(3);
  });

  it("says where to look when the room has no answer", async () => {
    await answered("Nothing here answers that.", { answered: false, citations: [], further: [aCitation()] });
    expect(screen.getByText("The nearest places")).toBeInTheDocument();
    expect(screen.queryByTestId("source")).toBeNull();
  });

  it("marks words that are in an old edition, and opens their page without boxes", async () => {
    const { session, user } = await answered("Memory lasts [1].", {
      citations: [aCitation({ changed: true })],
    });
    const chip = await screen.findByTestId("citation-chip");
    expect(chip).toHaveAccessibleName(
      "Source 1: Psychology 2e, p. 4. The document has changed since; these words are in its old edition",
    );
    expect(screen.getByTestId("citation-changed")).toHaveTextContent("old edition");
    await user.click(chip);
    await waitFor(() => expect(session.viewer.page).toBe(12));
    expect(session.viewer.state).toBe("ready");
    expect(screen.queryByTestId("highlight")).toBeNull();
  });

  it("tells the shell which page is looked at, and that none is", async () => {
    const { backend, session, user } = await answered();
    await user.click(await screen.findByTestId("citation-chip"));
    const looks = () => backend.calls.filter(([name]) => name === "documentLook");
    await waitFor(() => expect(looks().at(-1)).toEqual(["documentLook", 1, 12]));
    session.closeDocument();
    await waitFor(() => expect(looks().at(-1)).toEqual(["documentLook", null, 1]), { timeout: 3000 });
  });

  it("says of a page that its text was recognised, or can't be searched yet", async () => {
    const { backend, session } = await open((backend) => {
      backend.pages.set(1, [
        ...somePages(1, { status: "scanned", confidence: 0.943 }),
        ...somePages(1, { number: 2, status: "scanned" }),
      ]);
    });
    session.show({ document: 1, title: "Scans", page: 1, boxes: [] });
    expect(await screen.findByTestId("page-recognised")).toHaveTextContent("Text recognised, 94 %");
    expect(screen.getByTestId("page-note")).toHaveTextContent("can’t be searched yet");
    expect(backend.calls).toContainEqual(["pageInfo", 1]);
  });

  it("keeps a number in brackets that is no source of ours", async () => {
    await answered("Shown before [12], and here [1].");
    expect(screen.getByTestId("answer").textContent?.replace(/\s+/g, " ")).toBe(
      "Shown before [12], and here1.",
    );
  });

  it("shows what a document says as text, never as markup", async () => {
    await answered("<img src=x onerror=alert(1)><b>bold</b> [1]");
    const answer = screen.getByTestId("answer");
    expect(answer.querySelector("img, b")).toBeNull();
    expect(answer).toHaveTextContent("<img src=x onerror=alert(1)><b>bold</b>");
  });

  it("asks for the password when a page's picture needs one", async () => {
    vi.stubGlobal("fetch", vi.fn().mockResolvedValue({ status: 403 }));
    const { backend, user } = await answered();
    await user.click(await screen.findByTestId("citation-chip"));
    const image = await waitFor(() => {
      const found = document.querySelector('img[src*="/1/12/"]');
      expect(found).not.toBeNull();
      return found as HTMLElement;
    });
    await fireEvent.error(image);
    await user.type(await screen.findByTestId("password-input"), "secret{Enter}");
    expect(backend.calls).toContainEqual(["documentUnlock", 1, "secret"]);
    await waitFor(() => expect(screen.queryByTestId("password-input")).toBeNull());
    vi.unstubAllGlobals();
  });
});

describe("files held over the window", () => {
  it("are counted, go to the room under them, and are taken when let go", async () => {
    const { backend } = await open();
    const rail = screen.getAllByTestId("room-item")[1]?.closest("li") as HTMLElement;
    document.elementFromPoint = () => rail;
    backend.on?.drag({ type: "enter", paths: ["/a.pdf", "/b.pdf"], x: 10, y: 10 });
    const overlay = await screen.findByTestId("drop-overlay");
    expect(overlay).toHaveAttribute("data-count", "2");
    expect(overlay).toHaveTextContent("Drop to add 2 items to Chemistry");
    expect(rail).toHaveClass("lifted");

    backend.on?.drag({ type: "drop", paths: ["/a.pdf", "/b.pdf"], x: 10, y: 10 });
    await waitFor(() => expect(backend.calls).toContainEqual(["importPaths", 2, ["/a.pdf", "/b.pdf"]]));
    expect(screen.queryByTestId("drop-overlay")).toBeNull();
  });

  it("go to the open room elsewhere, and nowhere when they leave", async () => {
    const { backend } = await open();
    document.elementFromPoint = () => document.body;
    backend.on?.drag({ type: "enter", paths: ["/a.pdf"], x: 10, y: 10 });
    expect(await screen.findByTestId("drop-overlay")).toHaveTextContent("“a.pdf” to Psychology");
    backend.on?.drag({ type: "leave" });
    await waitFor(() => expect(screen.queryByTestId("drop-overlay")).toBeNull());
    expect(backend.calls.some(([name]) => name === "importPaths")).toBe(false);
  });

  it("make a first room when there is none", async () => {
    const { backend } = await open((backend) => (backend.rooms = []));
    expect(screen.getByTestId("welcome")).toBeInTheDocument();
    backend.on?.drag({ type: "drop", paths: ["/a.pdf"], x: 1, y: 1 });
    await waitFor(() => expect(backend.calls.some(([name]) => name === "importPaths")).toBe(true));
    expect(backend.calls).toContainEqual(["roomCreate", "My room"]);
  });

  it("are not taken into a library that can only be read", async () => {
    const { backend } = await open((backend) => {
      backend.state.library = { state: "ready", writable: false };
      backend.state.message = "The library's folder can't be written to.";
    });
    expect(screen.getByTestId("library-notice")).toHaveTextContent("can't be written to");
    expect(screen.getByTestId("add-files")).toBeDisabled();
    backend.on?.drag({ type: "drop", paths: ["/a.pdf"], x: 1, y: 1 });
    expect(await screen.findByTestId("toast")).toHaveTextContent("can't be written to");
    expect(backend.calls.some(([name]) => name === "importPaths")).toBe(false);
  });

  it("that can't be taken are listed with their reasons", async () => {
    const { backend } = await open((backend) => {
      backend.outcomes = (paths) =>
        paths.map((path) => ({
          path,
          document: null,
          duplicate: false,
          error: { code: "not_a_pdf", message: "photo.pdf is a picture." },
        }));
    });
    backend.on?.drag({ type: "drop", paths: ["/x/photo.pdf"], x: 1, y: 1 });
    expect(await screen.findByTestId("not-added")).toHaveTextContent("photo.pdf is a picture.");
  });
});

describe("a document's card", () => {
  it("follows the shell's news", async () => {
    const { backend } = await open();
    const card = await screen.findByTestId("document-card");
    backend.on?.documentChanged(aDocument({ state: "reading", pages: 10, pages_read: 4 }), 60_000);
    await waitFor(() => expect(card).toHaveAttribute("data-state", "reading"));
    expect(screen.getByTestId("document-state")).toHaveTextContent("Reading page 5 of 10");
    expect(screen.getByTestId("status-line")).toHaveTextContent("Working on 1 document");
    backend.on?.documentChanged(aDocument({ state: "complete" }), null);
    await waitFor(() => expect(card).toHaveAttribute("data-searchable", "true"));
    expect(screen.queryByTestId("status-line")).toBeNull();
  });

  it("asks for its password when it is opened, and says when it is wrong", async () => {
    const locked = aDocument({ state: "failed", code: "encrypted", pages: null, pages_read: 0 });
    const { backend, user } = await open((backend) => {
      backend.documents = [locked];
    });
    expect(await screen.findByTestId("document-state")).toHaveTextContent("Needs its password");
    await user.click(screen.getByTestId("document-open"));
    await user.type(await screen.findByTestId("password-input"), "guess{Enter}");
    expect(backend.calls).toContainEqual(["documentRetry", 1, "guess"]);
    // It is tried in the background: only how the document comes back tells that it was wrong.
    backend.on?.documentChanged({ ...locked, state: "reading", code: null }, null);
    await waitFor(() => expect(screen.queryByTestId("password-input")).toBeNull());
    backend.on?.documentChanged(locked, null);
    expect(await screen.findByRole("alert")).toHaveTextContent("That password doesn’t open it.");
  });
});

describe("by keyboard alone", () => {
  it("one searches, walks the hits, opens one and comes back to it", async () => {
    const { backend, session, user } = await open();
    await user.keyboard("{Control>}f{/Control}");
    await waitFor(() => expect(screen.getByTestId("search-input")).toHaveFocus());
    await user.keyboard("hippocampus{Enter}");
    backend.searches.at(-1)?.resolve(
      someHits({
        hits: [aHit({ passage: 1, formulas: [aFormula()] }), aHit({ passage: 2, page_start: 40 })],
        degraded: "By words alone for now.",
      }),
    );
    const hits = await screen.findAllByTestId("search-hit");
    expect(screen.getByTestId("search-degraded")).toHaveTextContent("By words alone");
    expect(hits[0]?.querySelector("mark")).toHaveTextContent("hippocampus");
    expect(await within(hits[0] as HTMLElement).findByTestId("formula")).toHaveAttribute("alt", "E=mc2");
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(hits[1]).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(session.screen).toBe("read");
    await screen.findAllByTestId("highlight");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(hits[1]).toHaveFocus());
    expect(session.screen).toBe("search");
  });

  it("one chooses a part of the room, and sees why a place was found", async () => {
    const { backend, user } = await open((backend) => {
      backend.documents = [aDocument(), aDocument({ document: 2, title: "Sleep" })];
      backend.outlines.set(2, [
        { level: 1, title: "Dreams", page: 1 },
        { level: 2, title: "Nightmares", page: 4 },
      ]);
    });
    await user.type(screen.getByTestId("search-input"), "hippocampus");
    const filter = async (menu: string, keys: string) => {
      screen.getByTestId(menu).focus();
      await user.keyboard(keys);
    };
    // By its first letter; a list of several stays open until it is closed.
    await filter("filter-documents", "{Enter}s{Enter}{Escape}");
    expect(screen.getByTestId("filter-documents")).toHaveFocus();
    expect(screen.getByTestId("filter-documents")).toHaveAccessibleName("Documents: Sleep");
    await filter("filter-sections", "{Enter}{ArrowDown}{ArrowDown}{Enter}");
    await filter("filter-kinds", "{Enter}t{ArrowDown}{Enter}{Escape}");
    const asked = backend.searches.at(-1);
    expect(asked?.args).toMatchObject({ documents: [2], section: 1, kinds: ["definition"] });

    asked?.resolve(someHits({ hits: [] }));
    await user.click(await screen.findByRole("button", { name: "Search the whole room" }));
    expect(backend.searches.at(-1)?.args).toMatchObject({ documents: [], section: null, kinds: [] });
    backend.searches.at(-1)?.resolve(someHits());
    const why = await screen.findByTestId("search-why");
    await user.click(why);
    expect(why).toHaveAttribute("aria-expanded", "true");
    const panel = screen.getByTestId("search-explanation");
    expect(panel).toHaveTextContent("but not “sleep”");
    expect(within(panel).getByText("Closeness in meaning")).toBeInTheDocument();
  });

  it("one opens the best place by Enter once the query is finished, and clears it by Escape", async () => {
    const { backend, session, user } = await open();
    await user.type(screen.getByTestId("search-input"), "hippocampus");
    backend.searches.at(-1)?.resolve(someHits());
    await screen.findByTestId("search-hit");
    await user.keyboard("{Enter}");
    backend.searches.at(-1)?.resolve(someHits());
    await waitFor(() => expect(session.search.finished).toBe(true));
    expect(session.screen).toBe("search");
    await user.keyboard("{Enter}");
    expect(session.screen).toBe("read");
    screen.getByTestId("search-input").focus();
    await user.keyboard("{Escape}");
    expect(session.search.query).toBe("");
  });

  it("one makes, opens, renames and removes rooms", async () => {
    const { backend, session, user } = await open();
    await user.keyboard("{Control>}n{/Control}");
    await user.keyboard("Physics{Enter}");
    await waitFor(() => expect(session.rooms.current?.name).toBe("Physics"));
    await user.keyboard("{Control>}1{/Control}");
    await waitFor(() => expect(session.rooms.current?.name).toBe("Psychology"));

    const items = screen.getAllByTestId("room-item");
    items[0]?.focus();
    await user.keyboard("{ArrowDown}");
    expect(items[1]).toHaveFocus();
    await user.keyboard("{F2}");
    await user.clear(screen.getByTestId("room-rename"));
    await user.keyboard("Organic chemistry{Enter}");
    await waitFor(() => expect(backend.calls).toContainEqual(["roomRename", 2, "Organic chemistry"]));

    screen.getAllByTestId("room-item")[1]?.focus();
    await user.keyboard("{Delete}");
    await waitFor(() => expect(backend.calls).toContainEqual(["roomRemove", 2]));
  });

  it("one stays inside a dialog and moves in a menu with arrows", async () => {
    const { user } = await open((backend) => {
      backend.documents = [aDocument({ ledger: { ...aDocument().ledger, scanned: 2, recognised: 2 } })];
    });
    const menu = await screen.findByTestId("document-menu");
    menu.focus();
    await user.keyboard("{Enter}");
    await user.keyboard("{ArrowUp}");
    expect(screen.getByTestId("document-remove")).toHaveFocus();
    await user.keyboard("{Escape}");
    expect(menu).toHaveFocus();
    await user.keyboard("{Enter}{ArrowDown}{ArrowDown}");
    expect(screen.getByTestId("document-recognise")).toHaveFocus();
    await user.keyboard("{Enter}");
    const dialog = screen.getByTestId("recognise-dialog");
    await user.tab();
    await user.tab();
    await user.tab();
    expect(dialog).toContainElement(document.activeElement as HTMLElement);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(menu).toHaveFocus());
  });

  it("one asks, and Shift+Enter is a new line", async () => {
    const { backend, user } = await open();
    await user.keyboard("{Control>}j{/Control}");
    await waitFor(() => expect(screen.getByTestId("ask-input")).toHaveFocus());
    await user.keyboard("One{Shift>}{Enter}{/Shift}two{Enter}");
    expect(backend.asks[0]?.args).toMatchObject({ room: 1, conversation: null, text: "One\ntwo" });
    await user.click(screen.getByTestId("ask-stop"));
    backend.asks[0]?.args.tell({ type: "started", conversation: "1", turn: 2 });
    expect(backend.calls).toContainEqual(["askStop", 2]);
  });
});

describe("the whole window", () => {
  it("says why the library can't be opened, and tries again", async () => {
    const { backend, user } = await open((backend) => {
      backend.state.library = {
        state: "failed",
        fault: { code: "newer_library", message: "Written by version 9." },
      };
    });
    expect(await screen.findByTestId("library-failed")).toHaveTextContent("Written by version 9.");
    backend.state = { ...backend.state, library: { state: "ready", writable: true } };
    await user.click(screen.getByText("Try again"));
    expect(backend.calls).toContainEqual(["libraryReopen"]);
    expect(await screen.findByTestId("library")).toBeInTheDocument();
  });

  it("waits for a library that is still being opened", async () => {
    const backend = new Double();
    backend.rooms = [aRoom()];
    backend.state.library = { state: "opening" };
    render(App, { backend });
    expect(await screen.findByText("Opening your library")).toBeInTheDocument();
    backend.state = { ...backend.state, library: { state: "ready", writable: true } };
    backend.on?.statusChanged();
    expect(await screen.findByTestId("library")).toBeInTheDocument();
  });

  it("opens the room of the last time and keeps the theme that is chosen", async () => {
    const { backend, session, user } = await open((backend) => {
      backend.settings = { ...backend.settings, theme: "dark", glass: "solid", last_room: 2 };
    });
    expect(session.rooms.current?.name).toBe("Chemistry");
    expect(document.documentElement.dataset).toMatchObject({ theme: "dark", glass: "solid" });
    await user.click(screen.getByTestId("settings-open"));
    await user.click(within(screen.getByTestId("settings-theme")).getByText("Light"));
    expect(backend.settings.theme).toBe("light");
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe("light"));
  });

  it("keeps when background work is to be gentle", async () => {
    const { backend, user } = await open();
    await user.click(screen.getByTestId("settings-open"));
    const choice = within(screen.getByTestId("settings-gentleness"));
    expect(choice.getByLabelText("On battery")).toBeChecked();
    await user.click(choice.getByText("Always"));
    expect(backend.settings.gentleness).toBe("always");
  });

  it("offers files that were opened with the app to a room", async () => {
    const { backend, user } = await open((backend) => (backend.opened = ["/home/ada/paper.pdf"]));
    expect(await screen.findByTestId("offer-dialog")).toHaveTextContent("Add “paper.pdf”");
    await user.click(screen.getByTestId("offer-add"));
    await waitFor(() => expect(backend.calls).toContainEqual(["importPaths", 1, ["/home/ada/paper.pdf"]]));
  });

  it("has the desktop told of the end of long work, whether or not that can be", async () => {
    const { backend } = await open();
    backend.on?.workEnded?.({ kind: "documents", titles: ["Psychology 2e"], failed: 0 });
    await waitFor(() =>
      expect(backend.calls).toContainEqual(["notify", "A document is ready", "Psychology 2e"]),
    );
  });
});
