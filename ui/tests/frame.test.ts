import { cleanup, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, describe, expect, it } from "vitest";

import { showLanguage } from "../src/i18n/i18n.svelte";
import { settingsList } from "../src/settings/sections";
import { aCitation, aDocument, anAnswer, aRoom, somePages, type Double } from "./double";
import { answered, open } from "./open";

const titles = ["One", "Two", "Three"];

/** Three documents lie open; the last one is on show. */
async function withTabs() {
  const opened = await open((backend) => {
    backend.documents = titles.map((title, at) => aDocument({ document: at + 1, title }));
    for (const at of titles.keys()) backend.pages.set(at + 1, somePages(20));
  });
  for (const [at, title] of titles.entries())
    opened.session.show({ document: at + 1, title, page: 3 + at, boxes: [] });
  await screen.findByTestId("viewer");
  return opened;
}

const documents = () =>
  screen.getAllByRole("tab").flatMap((tab) => (titles.includes(tab.textContent.trim()) ? [tab] : []));
const names = () => documents().map((tab) => tab.textContent.trim());
const pressed = (keys: string) => `{Control>}{Shift>}${keys}{/Shift}{/Control}`;

describe("the tabs", () => {
  it("show each open document, and lead back to where reading stood in it", async () => {
    const { session, user } = await withTabs();
    expect(names()).toEqual(["One", "Two", "Three"]);
    await user.click(documents()[0] as HTMLElement);
    expect(session.viewer.open?.title).toBe("One");
    expect(session.viewer.place()?.page).toBe(3);
    expect(documents()[0]).toHaveAttribute("aria-selected", "true");
  });

  it("are moved by keys, and go round", async () => {
    const { user } = await withTabs();
    await user.keyboard(pressed("{PageUp}"));
    expect(names()).toEqual(["One", "Three", "Two"]);
    await user.keyboard("{Control>}{Tab}{/Control}");
    expect(screen.getByRole("tab", { selected: true })).toHaveTextContent("Two");
    await user.keyboard("{Control>}{Tab}{/Control}");
    expect(screen.getByRole("tab", { selected: true })).toHaveTextContent("Library");
  });

  it("close by Ctrl+W or a middle press, and the last one opens again", async () => {
    const { session, user } = await withTabs();
    await user.keyboard("{Control>}w{/Control}");
    expect(names()).toEqual(["One", "Two"]);
    expect(session.viewer.open?.title).toBe("Two");
    await user.pointer({ keys: "[MouseMiddle]", target: documents()[0] as HTMLElement });
    expect(names()).toEqual(["Two"]);
    await user.keyboard(pressed("t"));
    expect(names()).toEqual(["Two", "One"]);
    expect(session.viewer.open?.title).toBe("One");
  });

  it("go with a document that is removed", async () => {
    const { backend } = await withTabs();
    backend.on?.documentRemoved(3, 1);
    await waitFor(() => expect(names()).toEqual(["One", "Two"]));
  });
});

describe("what lies beside the surface", () => {
  it("is traded with it by keys, and the document keeps its place", async () => {
    const { session, user } = await withTabs();
    await user.keyboard(pressed("b"));
    expect(session.screen).toBe("ask");
    expect(session.beside).toBe("document");
    expect(screen.getAllByTestId("viewer")).toHaveLength(1);
    expect(session.viewer.place()?.page).toBe(5);
    await user.keyboard(pressed("b"));
    expect(session.screen).toBe("read");
    expect(session.beside).toBe("ask");
  });

  it("shows a document beside a quiz", async () => {
    const { session } = await withTabs();
    session.screen = "quiz";
    session.openBeside({ document: 2, title: "Two", page: 7, boxes: [] });
    expect(session.screen).toBe("quiz");
    const beside = await screen.findByRole("complementary", { name: "What lies beside" });
    expect(await within(beside).findByTestId("viewer")).toBeInTheDocument();
    expect(session.documentSeen).toBe(true);
  });

  it("shows the page of a source where the answers have the surface, and Escape leads back", async () => {
    const { session, user } = await answered();
    session.trade();
    expect(session.screen).toBe("ask");
    const surface = await screen.findByRole("tabpanel", { name: "Ask" });
    const chip = await within(surface).findByTestId("citation-chip");
    await user.click(chip);
    expect(session.screen).toBe("ask");
    expect(session.documentSide).toBe("companion");
    expect(await screen.findByTestId("viewer")).toBeInTheDocument();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(chip).toHaveFocus());
  });
});

describe("the next start", () => {
  it("finds the documents, the screen and the companion as they were left", async () => {
    const first = await withTabs();
    first.session.screen = "quiz";
    first.session.layout.resize(480);
    await first.session.desk.write();
    const { session } = await open((backend) => {
      backend.desk = first.backend.desk;
      backend.documents = first.backend.documents;
    });
    expect(session.open.list.map(({ title }) => title)).toEqual(titles);
    expect(session.viewer.open?.title).toBe("Three");
    expect(session.screen).toBe("quiz");
    expect(session.layout.width).toBe(480);
  });

  it("finds the library as it was shown, and of each room the tags that were chosen there", async () => {
    const withRooms = (backend: Double) => {
      backend.documents = [
        aDocument({ document: 1, title: "One", tags: ["exam"] }),
        aDocument({ document: 2, title: "Two" }),
      ];
    };
    const { backend, session: before } = await open(withRooms);
    before.library.arrangement.show("list");
    before.library.arrangement.sortBy("title");
    before.library.arrangement.toggle("tags", "exam");
    before.library.arrangement.toggle("standings", "ready");
    await before.enter(2);
    expect(before.library.arrangement.isFiltered).toBe(false);
    await before.desk.write();
    expect(backend.desk.library).toEqual({ layout: "list", sort: "title", reversed: false });
    cleanup();
    const { session } = await open((next) => {
      withRooms(next);
      next.desk = backend.desk;
    });
    const { arrangement } = session.library;
    expect([arrangement.view, arrangement.sort.by]).toEqual(["list", "title"]);
    expect(arrangement.filter).toEqual({ standings: [], tags: ["exam"], formats: [] });
    expect(screen.getAllByTestId("document-card")).toHaveLength(1);
  });

  it("does without what can’t be read", async () => {
    const { session } = await open((backend) => {
      backend.deskGet = () => Promise.reject(new Error("unreadable"));
    });
    expect(session.screen).toBe("library");
    expect(session.open.list).toEqual([]);
  });
});

describe("the settings", () => {
  afterEach(() => showLanguage("en"));

  it("are all found by their ids", async () => {
    const { user } = await open();
    await user.click(screen.getByTestId("settings-open"));
    const lacking = settingsList().filter(({ id }) => document.getElementById(id) === null);
    expect(lacking).toEqual([]);
  });

  it("say in the chosen language what went wrong, and keep the shell’s own words below", async () => {
    const { session, user } = await open();
    await user.click(screen.getByTestId("settings-open"));
    await user.click(screen.getByText("Bahasa Indonesia"));
    await screen.findByRole("heading", { name: "Pengaturan", level: 1 }, { timeout: 5000 });
    session.toasts.fault({ code: "no_space", message: "/media/disk: free some space." });
    const toast = await screen.findByTestId("toast");
    expect(toast).toHaveTextContent("Penyimpanan penuh");
    expect(within(toast).getByText("/media/disk: free some space.")).toHaveAttribute("lang", "en");
  });
});

describe("the first start", () => {
  afterEach(() => showLanguage("en"));

  const fresh = () =>
    open((backend) => {
      backend.rooms = [];
      backend.documents = [];
      backend.settings = { ...backend.settings, first_run_done: false };
    });

  it("leads from the language to a question that is answered on its page", async () => {
    const { backend, session, user } = await fresh();
    await user.click(screen.getByText("Bahasa Indonesia"));
    await user.click(await screen.findByText("Lanjut"));
    expect(backend.settings.language).toBe("id");
    expect(document.documentElement.lang).toBe("id");
    await user.type(screen.getByTestId("first-name"), "Psikologi");
    await user.click(screen.getByTestId("first-sample"));
    await waitFor(() => expect(session.viewer.open?.title).toBe("Cara belajar agar melekat"));
    expect(backend.calls).toContainEqual(["sampleAdd", session.rooms.currentId, "id"]);
    expect(screen.getByTestId("tab-library")).toHaveTextContent("Pustaka");
    await user.click((await screen.findAllByTestId("first-ask"))[0] as HTMLElement);
    const [asked] = backend.asks;
    expect(asked?.args.text).toContain("Mengapa");
    const sample = session.open.current ?? 0;
    asked?.resolve(anAnswer({ citations: [aCitation({ document: sample, page: 2 })] }));
    await user.click(await screen.findByTestId("first-run-done"));
    expect(session.viewer.target?.page ?? session.viewer.page).toBe(2);
    expect(backend.settings.first_run_done).toBe(true);
    expect(screen.queryByTestId("first-question")).toBeNull();
  });

  it("is left at any moment, and does not come again", async () => {
    const { backend, session, user } = await fresh();
    await user.click(screen.getByTestId("first-run-skip"));
    expect(await screen.findByTestId("welcome")).toBeInTheDocument();
    expect(backend.settings.first_run_done).toBe(true);
    session.firstRun.begin();
    expect(session.firstRun.step).toBeNull();
  });

  it("is nothing for who has rooms already", async () => {
    const { session } = await open((backend) => {
      backend.rooms = [aRoom()];
      backend.settings = { ...backend.settings, first_run_done: false };
    });
    expect(session.firstRun.step).toBeNull();
  });
});
