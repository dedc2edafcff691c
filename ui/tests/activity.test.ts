import { screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, describe, expect, it } from "vitest";

import { isShort, meanings, sizesOf } from "../src/activity/health";
import { broughtUp, doing, held, shareOf, waits } from "../src/activity/works";
import { showLanguage } from "../src/i18n/i18n.svelte";
import { aDocument, type Double } from "./double";
import { aHealth, aLibraryCheck, aWork } from "./findDouble";
import { open } from "./open";

/** The window with what is at work on show. */
async function opened(prepare: (backend: Double) => void = () => {}) {
  const window = await open(prepare);
  window.session.screen = "activity";
  await waitFor(() => expect(window.session.activity.loaded || window.session.activity.fault).toBeTruthy());
  return window;
}

const row = (job: number) => document.querySelector(`[data-job="${job}"]`) as HTMLElement;
const listed = (backend: Double) => backend.calls.filter(([name]) => name === "worksList").length;

afterEach(() => showLanguage("en"));

describe("what is at work", () => {
  it("is nothing most of the time", async () => {
    await opened();
    expect(screen.getByTestId("works-calm")).toHaveTextContent("Nothing at work");
  });

  it("stands in groups, with the order of what waits", async () => {
    await opened((backend) => {
      backend.works = [
        aWork({ job: 1 }),
        aWork({ job: 2, document: 2, title: "Sleep", state: "queued" }),
        aWork({ job: 3, document: 3, title: "Dreams", state: "queued", stage: "embedding" }),
        aWork({ job: 4, document: 4, title: "Rest", state: "paused" }),
      ];
    });
    expect(screen.getByRole("heading", { name: "At work 1" })).toBeInTheDocument();
    expect(row(1)).toHaveTextContent("Reading page 121 of 685");
    expect(within(row(1)).getByRole("progressbar")).toHaveAttribute("aria-valuenow", "18");
    expect(row(2)).toHaveTextContent("Next in line, to be read");
    expect(row(3)).toHaveTextContent("Number 2 in line, for its meanings to be found");
    expect(row(4)).toHaveTextContent("Held by you at page 120 of 685");
  });

  it("moves on by what the shell tells, without being asked for again", async () => {
    const { backend } = await opened((backend) => (backend.works = [aWork({ pages_read: 1 })]));
    const asked = listed(backend);
    backend.on?.documentChanged(aDocument({ state: "reading", pages_read: 342 }), 42_000);
    await waitFor(() => expect(row(1)).toHaveTextContent("Reading page 343 of 685"));
    expect(row(1)).toHaveTextContent("45 s left");
    expect(listed(backend)).toBe(asked);
  });

  it("is read anew, once for several, when one of them stands elsewhere", async () => {
    const { backend } = await opened((backend) => {
      backend.works = [aWork(), aWork({ job: 2, document: 2, state: "queued" })];
    });
    const asked = listed(backend);
    backend.works = [aWork({ job: 2, document: 2 })];
    backend.on?.documentChanged(aDocument({ state: "complete" }), null);
    backend.on?.documentChanged(aDocument({ document: 2, state: "reading", pages_read: 0 }), null);
    await waitFor(() => expect(row(1)).toBeNull());
    expect(listed(backend)).toBe(asked + 1);
  });

  it("asks for nothing while it is not on show", async () => {
    const { backend, session } = await opened((backend) => (backend.works = [aWork()]));
    session.screen = "library";
    await waitFor(() => expect(screen.queryByTestId("works")).toBeNull());
    const asked = listed(backend);
    backend.on?.documentChanged(aDocument({ state: "complete" }), null);
    await new Promise((done) => setTimeout(done, 300));
    expect(listed(backend)).toBe(asked);
  });

  it("is held, gone on with and cancelled", async () => {
    const { backend, user } = await opened((backend) => {
      backend.works = [
        aWork({ job: 1 }),
        aWork({ job: 2, document: 2, state: "paused" }),
        aWork({ job: 3, document: 30, replaces: 3, state: "queued" }),
      ];
    });
    await user.click(screen.getAllByRole("button", { name: "Hold Psychology 2e" })[0] as HTMLElement);
    expect(backend.calls).toContainEqual(["documentPause", 1]);
    await user.click(screen.getByRole("button", { name: "Go on with Psychology 2e" }));
    expect(backend.calls).toContainEqual(["documentResume", 2]);
    // A new edition is given up by the document that it would have replaced.
    await user.click(screen.getByRole("button", { name: "Cancel New edition of Psychology 2e" }));
    expect(backend.calls).toContainEqual(["documentCancel", 3]);
  });

  it("shows the first of thousands", async () => {
    const { user } = await opened((backend) => {
      backend.works = Array.from({ length: 1000 }, (_, at) =>
        aWork({ job: at + 1, document: at + 1, state: "queued" }),
      );
    });
    expect(screen.getAllByTestId("work")).toHaveLength(25);
    await user.click(screen.getByRole("button", { name: "975 more" }));
    expect(screen.getAllByTestId("work")).toHaveLength(50);
    expect(document.activeElement?.closest("li")).toBe(row(26));
  });

  it("opens from the status line, and Escape leads back", async () => {
    const { backend, session, user } = await open();
    backend.on?.documentChanged(aDocument({ state: "reading", pages_read: 4 }), null);
    await user.click(await screen.findByTestId("status-open"));
    expect(session.screen).toBe("activity");
    expect(await screen.findByTestId("tab-activity")).toHaveAttribute("aria-selected", "true");
    await user.keyboard("{Escape}");
    expect(session.screen).toBe("library");
    expect(screen.queryByTestId("tab-activity")).toBeNull();
  });

  it("says why it can't be told, and looks again", async () => {
    const { backend, user } = await opened((backend) =>
      backend.faults.set("worksList", { code: "busy", message: "" }),
    );
    expect(await screen.findByTestId("works-fault")).toHaveTextContent("The library is in use");
    backend.faults.clear();
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByTestId("works-calm");
  });
});

describe("what did not end well", () => {
  const FAILED = aWork({
    state: "failed",
    code: "damaged",
    message: "book.pdf ends in the middle.",
    pages_read: 0,
  });

  it("says what happened, to which file, and is tried again", async () => {
    const { backend, user } = await opened((backend) => (backend.works = [FAILED]));
    expect(row(1)).toHaveTextContent("The file is damaged");
    expect(row(1)).toHaveTextContent("book.pdf ends in the middle.");
    await user.click(screen.getByRole("button", { name: "Try Psychology 2e again" }));
    expect(backend.calls).toContainEqual(["documentRetry", 1, undefined]);
  });

  it("says at its place why it can't be tried again", async () => {
    const { backend, user } = await opened((backend) => (backend.works = [FAILED]));
    backend.faults.set("documentRetry", { code: "unreadable", message: "book.pdf is gone." });
    await user.click(screen.getByTestId("work-retry"));
    expect(await within(row(1)).findByRole("alert")).toHaveTextContent("book.pdf is gone.");
  });

  it("takes a password where one is needed", async () => {
    const { backend, user } = await opened((backend) => {
      backend.works = [aWork({ state: "failed", code: "encrypted" })];
    });
    expect(screen.queryByTestId("work-retry")).toBeNull();
    await user.type(screen.getByTestId("password-input"), "guess{Enter}");
    expect(backend.calls).toContainEqual(["documentRetry", 1, "guess"]);
    expect(await screen.findByRole("alert")).toHaveTextContent("That password doesn’t open it.");
  });

  it("is forgotten; a document that goes with it can come back", async () => {
    const { backend, session, user } = await opened((backend) => (backend.works = [FAILED]));
    await user.click(screen.getByRole("button", { name: "Forget Psychology 2e" }));
    expect(backend.calls).toContainEqual(["worksClear", 1]);
    await waitFor(() => expect(row(1)).toBeNull());
    expect(session.library.shelf.has(1)).toBe(false);
    await user.click(await screen.findByTestId("works-undo"));
    expect(backend.calls).toContainEqual(["documentBringBack", 1]);
    await waitFor(() => expect(session.library.shelf.has(1)).toBe(true));
  });

  it("leaves a document alone of which something was read", async () => {
    const { session, user } = await opened((backend) => (backend.works = [{ ...FAILED, pages_read: 3 }]));
    await user.click(screen.getByTestId("work-forget"));
    await waitFor(() => expect(row(1)).toBeNull());
    expect(session.library.shelf.has(1)).toBe(true);
    expect(screen.queryByTestId("works-undo")).toBeNull();
  });
});

describe("how the library is", () => {
  it("tells its sizes, its parts and the last backup", async () => {
    await opened((backend) => {
      backend.condition = aHealth({
        free: 400_000_000,
        parts: [{ part: "tesseract", found: false, message: "Install `tesseract-ocr`." }],
      });
    });
    const health = await screen.findByTestId("health");
    expect(health).toHaveTextContent("12 documents in 3 rooms, 4,210 pages");
    expect(screen.getByTestId("health-sizes")).toHaveTextContent(/^Copies of your files\s*640 MB/);
    expect(screen.getByTestId("health-short")).toBeInTheDocument();
    expect(screen.getByTestId("health-parts")).toHaveTextContent("Recognising the text of scans is missing");
    expect(health).toHaveTextContent("Install tesseract-ocr.");
    expect(health).toHaveTextContent("None from this library yet");
  });

  it("is checked, and put right", async () => {
    const { backend, user } = await opened((backend) => {
      backend.soundness = aLibraryCheck({ sound: false, problems: ["3 vectors belong to no place."] });
    });
    expect(await screen.findByTestId("health")).toHaveTextContent("Not checked since the window opened");
    await user.click(screen.getByTestId("health-check"));
    expect(await screen.findByTestId("health-problems")).toHaveTextContent("3 vectors belong to no place.");
    expect(screen.getByTestId("health")).toHaveTextContent("1 thing is not as it should be, just now");
    await user.click(screen.getByTestId("health-repair"));
    expect(backend.calls.some(([name]) => name === "libraryRepair")).toBe(true);
    await waitFor(() =>
      expect(screen.getByTestId("health")).toHaveTextContent("1 thing was put right, just now"),
    );
    expect(screen.queryByTestId("health-repair")).toBeNull();
  });

  it("is all in another language", async () => {
    await opened((backend) => (backend.works = [aWork()]));
    await screen.findByTestId("health");
    await showLanguage("id");
    expect(await screen.findByRole("heading", { name: "Aktivitas" })).toBeInTheDocument();
    expect(row(1)).toHaveTextContent("Membaca halaman 121 dari 685");
    expect(screen.getByTestId("health")).toHaveTextContent("12 dokumen di 3 ruang, 4.210 halaman");
  });
});

describe("the words of a job", () => {
  it("tell how far it is in what it is at", () => {
    expect(doing(aWork({ pages: null }))).toBe("Opening");
    expect(doing(aWork({ pages: 10, pages_read: 10 }))).toBe("Reading page 10 of 10");
    expect(doing(aWork({ stage: "embedding", passages: 200, embedded: 99 }))).toContain("49%");
    expect(doing(aWork({ stage: "recognising", to_recognise: 4, recognised: 1 }))).toContain("page 2 of 4");
    expect(shareOf(aWork({ stage: "indexing" }))).toBeNull();
    expect(held(aWork({ stage: "embedding" }))).toBe("Held by you");
  });

  it("tell when one that failed for a while is tried again", () => {
    const now = Date.UTC(2026, 4, 3, 12, 0);
    expect(waits(aWork({ not_before: now + 60_000 }), 0, now)).toMatch(/^Is tried again at \d\d:\d\d$/);
    expect(waits(aWork({ not_before: now - 60_000 }), 0, now)).toBe("Next in line, to be read");
  });

  it("follow its document as long as it stands where it stood", () => {
    const work = aWork({ pages_read: 1 });
    expect(broughtUp(work, aDocument({ state: "embedding", embedded: 7 }))).toMatchObject({
      stage: "embedding",
      embedded: 7,
    });
    expect(broughtUp(work, aDocument({ state: "paused" }))).toBeNull();
    expect(broughtUp(work, aDocument({ state: "complete" }))).toBeNull();
  });

  it("leave out what takes no room, and tell how much is found by meaning", () => {
    const sizes = { database: 3, vectors: 0, originals: 5, models: 0, logs: 1, total: 9 };
    expect(sizesOf(sizes).map(({ name }) => name)).toEqual(["originals", "database", "logs"]);
    expect(meanings({ rooms: 1, documents: 1, pages: 1, passages: 200, embedded: 199 })).toContain("99%");
    expect(meanings({ rooms: 1, documents: 1, pages: 1, passages: 0, embedded: 0 })).toBeNull();
    expect(isShort(aHealth({ free: null }))).toBe(false);
  });
});
