import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import type { Document } from "../src/backend/bindings";
import { aDocument } from "./double";
import { open } from "./open";

/** Opens the sheet of the one document that there is. */
async function details({ user }: Awaited<ReturnType<typeof open>>) {
  await user.click(await screen.findByTestId("document-menu"));
  await user.click(screen.getByTestId("document-details"));
  return screen.findByTestId("document-sheet");
}

const scanned = (over: Partial<Document> = {}, recognised = 0) =>
  aDocument({
    title: "Week 7",
    pages: 340,
    pages_read: 340,
    ledger: { text: 328, scanned: 12, garbled: 0, empty: 0, unreadable: 0, recognised },
    ...over,
  });

describe("a new edition", () => {
  const edition = (over: Partial<Document> = {}) =>
    aDocument({
      document: 9,
      title: "Psychology 3e",
      state: "reading",
      pages: 340,
      pages_read: 11,
      replaces: 1,
      ...over,
    });

  it("is the first of the files that are chosen", async () => {
    const { backend, user } = await open((backend) => (backend.picked = ["/a/3e.pdf", "/a/other.pdf"]));
    await user.click(await screen.findByTestId("document-menu"));
    await user.click(screen.getByTestId("document-replace"));
    await waitFor(() => expect(backend.calls).toContainEqual(["documentReplace", 1, "/a/3e.pdf", undefined]));
  });

  it("is none when no file is chosen", async () => {
    const { backend, user } = await open();
    await user.click(await screen.findByTestId("document-menu"));
    await user.click(screen.getByTestId("document-replace"));
    await waitFor(() => expect(backend.calls).toContainEqual(["pickFiles"]));
    expect(backend.calls.some(([name]) => name === "documentReplace")).toBe(false);
  });

  it("has its progress on the card of the old one, and no card of its own", async () => {
    const opened = await open();
    const { backend, session, user } = opened;
    backend.on?.documentChanged(edition(), 60_000);
    expect(await screen.findByTestId("document-edition")).toHaveTextContent(
      "New edition: reading page 12 of 340",
    );
    expect(screen.getAllByTestId("document-card")).toHaveLength(1);
    expect(screen.getByText("1 document · 685 pages")).toBeInTheDocument();
    backend.on?.documentChanged(aDocument({ state: "recognising" }), null);
    expect(await screen.findByTestId("status-line")).toHaveTextContent("Working on 1 document");

    await details(opened);
    await user.click(screen.getByTestId("edition-cancel"));
    expect(backend.calls).toContainEqual(["documentCancel", 1]);
    backend.on?.documentRemoved(9, 1);
    await waitFor(() => expect(screen.queryByTestId("document-edition")).toBeNull());
    expect(session.library.documents).toHaveLength(1);
  });

  it("shows its pages once it is in place", async () => {
    const { backend, session } = await open();
    session.show({ document: 1, title: "Psychology 2e", page: 1, boxes: [] });
    backend.on?.documentChanged(edition(), null);
    backend.on?.documentRemoved(9, 1);
    backend.on?.documentChanged(aDocument({ hash: "ff", state: "embedding" }), null);
    await waitFor(() =>
      expect(document.querySelector('img[src*="/1/1/"]')?.getAttribute("src")).toContain("ff"),
    );
  });

  it("that needs a password is read once it is given", async () => {
    const opened = await open((backend) => (backend.picked = ["/a/3e.pdf"]));
    const { backend, session, user } = opened;
    await session.library.pickEdition(1);
    const locked = aDocument({
      code: "encrypted",
      message: "The new edition could not take its place: it needs a password.",
    });
    backend.on?.documentChanged(locked, null);
    expect(await screen.findByTestId("document-state")).toHaveTextContent("Needs its password");
    await details(opened);
    expect(await screen.findByTestId("document-message")).toHaveTextContent("needs a password");
    await user.type(screen.getByTestId("password-input"), "secret{Enter}");
    expect(backend.calls).toContainEqual(["documentReplace", 1, "/a/3e.pdf", "secret"]);
    backend.on?.documentChanged(locked, null);
    expect(await screen.findByRole("alert")).toHaveTextContent("That password doesn’t open it.");
  });

  describe("that was dropped as a file of the same name", () => {
    async function dropped() {
      const opened = await open((backend) => {
        backend.outcomes = (paths) => {
          backend.documents = [...backend.documents, aDocument({ document: 5, added: 9 })];
          return paths.map((path) => ({ path, document: 5, duplicate: false, error: null }));
        };
      });
      opened.backend.on?.drag({ type: "drop", paths: ["/new/book.pdf"], x: 1, y: 1 });
      return { ...opened, offer: await screen.findByTestId("replace-instead") };
    }

    it("replaces the old one in place of being another document", async () => {
      const { backend, user, offer } = await dropped();
      expect(screen.getAllByTestId("document-card")).toHaveLength(2);
      await user.click(offer);
      await waitFor(() => expect(screen.getAllByTestId("document-card")).toHaveLength(1));
      const names = backend.calls.map(([name]) => name);
      expect(names.indexOf("documentRemove")).toBeLessThan(names.indexOf("documentReplace"));
      expect(backend.calls).toContainEqual(["documentRemove", 5]);
      expect(backend.calls).toContainEqual(["documentReplace", 1, "/new/book.pdf", undefined]);
    });

    it("stays another document when the old one can't be replaced", async () => {
      const { backend, user, offer } = await dropped();
      backend.faults.set("documentReplace", { code: "unreadable", message: "It is not there." });
      await user.click(offer);
      expect(await screen.findByText("It is not there.")).toBeInTheDocument();
      expect(backend.calls).toContainEqual(["documentBringBack", 5]);
    });

    it("is not offered for files that share a name with each other", async () => {
      const { session } = await open((backend) => {
        backend.outcomes = (paths) =>
          paths.map((path, index) => ({ path, document: 5 + index, duplicate: false, error: null }));
      });
      await session.take(["/a/book.pdf", "/b/book.pdf"]);
      expect(session.toasts.list).toEqual([]);
    });

    it("is not offered for the very same file", async () => {
      const { backend } = await open((backend) => {
        backend.outcomes = (paths) =>
          paths.map((path) => ({ path, document: 1, duplicate: true, error: null }));
      });
      backend.on?.drag({ type: "drop", paths: ["/new/book.pdf"], x: 1, y: 1 });
      expect(await screen.findByText("Already in this room")).toBeInTheDocument();
      expect(screen.queryByTestId("replace-instead")).toBeNull();
    });
  });
});

describe("pages without text", () => {
  it("go on being recognised where that was stopped", async () => {
    const opened = await open((backend) => {
      backend.documents = [scanned({ code: "cancelled", message: "It was stopped after 5 pages." }, 5)];
    });
    const { backend, user } = opened;
    expect(await screen.findByTestId("document-state")).toHaveTextContent("7 pages without text");
    await details(opened);
    expect(await screen.findByTestId("document-message")).toHaveTextContent("stopped after 5 pages");
    await user.click(await screen.findByTestId("recognise-waiting"));
    expect(screen.getByTestId("document-ledger")).toHaveTextContent("12 of 340 pages are scans");
    expect(backend.calls).toContainEqual(["documentRetry", 1, undefined]);
  });

  it("are recognised in the languages that were chosen before", async () => {
    const opened = await open((backend) => {
      backend.documents = [
        scanned({ code: "native_part_missing", message: "Missing.", languages: "deu+eng" }),
      ];
    });
    const { backend, user } = opened;
    await details(opened);
    await user.click(await screen.findByTestId("recognise-waiting"));
    expect(backend.calls).toContainEqual(["documentRecognise", 1, ["deu", "eng"]]);
  });

  it("say once how to get Tesseract, and look for it again", async () => {
    const opened = await open((backend) => {
      backend.documents = [scanned({ code: "native_part_missing", message: "12 pages. Install Tesseract." })];
      backend.recognisable = { languages: [], message: "Install Tesseract: `apt install it`." };
    });
    const { backend, user } = opened;
    await details(opened);
    const missing = await screen.findByTestId("recognition-missing");
    expect(missing).toHaveTextContent("Install Tesseract: apt install it.");
    expect(missing.querySelector("code")).toHaveTextContent("apt install it");
    expect(screen.queryByTestId("document-message")).toBeNull();
    await user.click(screen.getByTestId("recognition-look"));
    expect(await screen.findByText("Still not found")).toBeInTheDocument();
    backend.recognisable = { languages: ["eng"], message: null };
    await user.click(screen.getByTestId("recognition-look"));
    expect(await screen.findByTestId("recognise-waiting")).toBeInTheDocument();
    expect(screen.queryByTestId("recognition-missing")).toBeNull();
  });

  it("need no answer about recognition where there are none", async () => {
    const { backend } = await open();
    await screen.findByTestId("document-card");
    expect(backend.calls.some(([name]) => name === "recognition")).toBe(false);
    expect(screen.queryByTestId("document-ledger")).toBeNull();
  });

  it("show how far recognition is, and then that it is done", async () => {
    const opened = await open((backend) => (backend.documents = [scanned({ state: "recognising" }, 3)]));
    const { backend } = opened;
    expect(await screen.findByTestId("document-state")).toHaveTextContent(
      "Recognising the text of scans, page 4 of 12",
    );
    await details(opened);
    backend.on?.documentChanged(scanned({}, 12), null);
    await waitFor(() =>
      expect(screen.getByTestId("document-ledger")).toHaveTextContent(
        "12 scanned pages, their text recognised",
      ),
    );
  });

  it("tell once that they could not be read, with what to do", async () => {
    const opened = await open((backend) => {
      const ledger = { ...aDocument().ledger, text: 8, unreadable: 2 };
      backend.documents = [
        aDocument({ ledger, code: "unreadable", message: "Save it anew and import that." }),
      ];
    });
    expect(await screen.findByTestId("document-state")).toHaveTextContent("2 pages could not be read");
    await details(opened);
    expect(await screen.findByTestId("document-message")).toHaveTextContent("Save it anew");
    expect(screen.queryByTestId("document-unreadable")).toBeNull();
  });
});

describe("the languages of recognition", () => {
  async function asked(over: Partial<Document> = {}) {
    const opened = await open((backend) => (backend.documents = [scanned(over, 12)]));
    await opened.user.click(await screen.findByTestId("document-menu"));
    await opened.user.click(screen.getByTestId("document-recognise"));
    await screen.findByTestId("recognise-auto");
    return opened;
  }

  it("are found out unless some are chosen", async () => {
    const { backend, user } = await asked();
    expect(screen.getByLabelText("Find out by itself")).toBeChecked();
    await user.click(screen.getByTestId("recognise-start"));
    expect(backend.calls).toContainEqual(["documentRecognise", 1, []]);
    expect(screen.queryByTestId("recognise-dialog")).toBeNull();
  });

  it("are chosen by their names, those that are installed", async () => {
    const { backend, user } = await asked({ languages: "fra+xyz" });
    const dialog = within(screen.getByTestId("recognise-dialog"));
    expect(dialog.getByLabelText("French")).toBeChecked();
    await user.click(dialog.getByLabelText("German"));
    expect(dialog.getByLabelText("Find out by itself")).not.toBeChecked();
    await user.click(screen.getByTestId("recognise-start"));
    expect(backend.calls).toContainEqual(["documentRecognise", 1, ["fra", "deu"]]);
  });

  it("are found out again when that is chosen back, which can't be taken away", async () => {
    const { user } = await asked({ languages: "fra" });
    const auto = screen.getByLabelText("Find out by itself");
    await user.click(auto);
    expect(screen.getByLabelText("French")).not.toBeChecked();
    await user.click(auto);
    expect(auto).toBeChecked();
  });

  it("can't be chosen before Tesseract is there", async () => {
    const { backend, user } = await open((backend) => {
      backend.documents = [scanned({}, 12)];
      backend.recognisable = { languages: [], message: "Install Tesseract." };
    });
    await user.click(await screen.findByTestId("document-menu"));
    await user.click(screen.getByTestId("document-recognise"));
    expect(await screen.findByRole("alert")).toHaveTextContent("Install Tesseract.");
    backend.recognisable = { languages: ["eng"], message: null };
    await user.click(screen.getByTestId("recognise-look"));
    expect(await screen.findByLabelText("English")).toBeInTheDocument();
  });

  it("are not asked of a document that is still being read", async () => {
    const { user } = await open((backend) => (backend.documents = [scanned({ state: "reading" })]));
    await user.click(await screen.findByTestId("document-menu"));
    expect(screen.queryByTestId("document-recognise")).toBeNull();
  });
});

describe("a list that was asked for", () => {
  it("does not take back what was told while it was under way", async () => {
    const { backend, session } = await open();
    let answer: (documents: Document[]) => void = () => {};
    backend.documentsList = () => new Promise((resolve) => (answer = resolve));
    const listed = session.library.open(1);
    backend.on?.documentChanged(aDocument({ state: "complete" }), null);
    backend.on?.documentRemoved(2, 1);
    const older = [
      aDocument({ state: "embedding" }),
      aDocument({ document: 2 }),
      aDocument({ document: 3, state: "embedding" }),
    ];
    answer(older);
    await listed;
    const shown = session.library.documents.map(({ document }) => [document.document, document.state]);
    expect(shown.sort()).toEqual([
      [1, "complete"],
      [3, "embedding"],
    ]);
  });
});
