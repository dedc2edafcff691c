import { screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, describe, expect, it } from "vitest";

import type { Everything, FoundPassage } from "../src/backend/bindings";
import { showLanguage } from "../src/i18n/i18n.svelte";
import { aCitation, aDocument, type Double, someHits } from "./double";
import { someFound } from "./findDouble";
import { open } from "./open";

const runs = (text: string, found = "") =>
  text
    .split(found ? new RegExp(`(${found})`) : /(?!)/)
    .filter(Boolean)
    .map((part) => ({ text: part, found: part === found }));

const aPassage = (passage: Partial<FoundPassage> = {}): FoundPassage => ({
  passage: 1,
  document: 1,
  room: 1,
  title: "Psychology 2e",
  page: 12,
  label: "4",
  locator: null,
  headings: [],
  line: runs("The hippocampus is associated with memory.", "hippocampus"),
  boxes: [{ page: 12, x0: 0.1, y0: 0.5, x1: 0.6, y1: 0.52 }],
  ...passage,
});

/** The window with the palette open, over a shell that answers when a test says so. */
async function opened(prepare: (backend: Double) => void = () => {}) {
  const window = await open((backend) => {
    backend.everything = null;
    prepare(backend);
  });
  await window.user.keyboard("{Control>}k{/Control}");
  await waitFor(() => expect(screen.getByTestId("palette-input")).toHaveFocus());
  return window;
}

const rows = () => screen.queryAllByTestId("palette-row");
const texts = (group: string) =>
  [...document.querySelectorAll(`[data-group=${group}] [data-testid=palette-row]`)].map(
    (row) => row.textContent?.trim() ?? "",
  );
const active = () => {
  const id = screen.getByTestId("palette-input").getAttribute("aria-activedescendant");
  return id ? document.getElementById(id) : null;
};

afterEach(() => showLanguage("en"));

describe("the palette", () => {
  it("is a combobox over a list in groups, and keeps the focus in its field", async () => {
    const { user } = await opened();
    const field = screen.getByRole("combobox", { name: "Find or do anything" });
    expect(field).toHaveAttribute("aria-expanded", "true");
    const list = screen.getByRole("listbox");
    expect(field).toHaveAttribute("aria-controls", list.id);
    expect(within(list).getByRole("group", { name: "Actions" })).toBeInTheDocument();
    const first = active();
    expect(first).toHaveAttribute("aria-selected", "true");
    await user.keyboard("{ArrowDown}");
    expect(active()).not.toBe(first);
    expect(field).toHaveFocus();
    await user.keyboard("{ArrowUp}{ArrowUp}");
    expect(active()).toBe(rows().at(-1));
    await user.keyboard("{Home}");
    expect(active()).toBe(rows()[0]);
    await user.keyboard("{End}");
    expect(active()).toBe(rows().at(-1));
    await user.keyboard("{Tab}");
    expect(field).toHaveFocus();
  });

  it("gives the focus back by Escape, and closes by the keys that opened it", async () => {
    const { session, user } = await open();
    screen.getByTestId("tab-quiz").focus();
    for (const keys of ["{Escape}", "{Control>}k{/Control}", "{Control>}{Shift>}P{/Shift}{/Control}"]) {
      await user.keyboard("{Control>}{Shift>}P{/Shift}{/Control}");
      await waitFor(() => expect(session.palette.isOpen).toBe(true));
      await screen.findByTestId("palette-input");
      await user.keyboard(keys);
      await waitFor(() => expect(screen.queryByTestId("palette")).toBeNull());
      expect(screen.getByTestId("tab-quiz")).toHaveFocus();
    }
  });

  it("does what is chosen, and shows it first the next time", async () => {
    const { session, user } = await opened();
    await user.keyboard("progr");
    expect(active()).toHaveTextContent("See your progress");
    expect(active()).toHaveTextContent("CtrlP");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(session.screen).toBe("progress"));
    await user.keyboard("{Control>}k{/Control}");
    await screen.findByTestId("palette-input");
    expect(texts("actions")[0]).toContain("See your progress");
  });

  it("gives the focus to what an action opens", async () => {
    const { user } = await opened();
    await user.keyboard("new room{Enter}");
    await waitFor(() => expect(screen.getByTestId("room-name")).toHaveFocus());
  });

  it("offers only what is possible", async () => {
    const { session, user } = await opened();
    await user.keyboard(">zoom");
    expect(rows()).toHaveLength(0);
    await user.keyboard("{Escape}");
    session.show({ document: 1, title: "Psychology 2e", page: 12, boxes: [] });
    await screen.findAllByTestId("page");
    await user.keyboard("{Control>}k{/Control}");
    await user.keyboard(">zoom");
    expect(texts("actions")[0]).toMatch(/^Zoom/);
  });

  it("knows titles at once, and finds the rest in a moment", async () => {
    const { backend, user } = await opened((backend) => {
      backend.documents = [aDocument(), aDocument({ document: 2, title: "Sleep and memory" })];
    });
    await user.keyboard("memory");
    expect(texts("documents")).toEqual(["Sleep and memory"]);
    expect(backend.jumps.map(({ args }) => args.query)).toEqual([
      "m",
      "me",
      "mem",
      "memo",
      "memor",
      "memory",
    ]);
    backend.jumps.at(-1)?.resolve(someFound({ passages: [aPassage()] }));
    await waitFor(() => expect(texts("places")).toHaveLength(2));
    const [place, all] = texts("places");
    expect(place).toContain("Psychology 2e, p. 4");
    expect(document.querySelector("[data-group=places] mark")).toHaveTextContent("hippocampus");
    expect(all).toBe("All places for “memory” in this room");
  });

  it("shows at most ten lines of a group", async () => {
    const { backend, user } = await opened((backend) => {
      backend.documents = Array.from({ length: 40 }, (_, at) =>
        aDocument({ document: at + 1, title: `Cell biology ${at + 1}` }),
      );
    });
    await user.keyboard("cell");
    expect(texts("documents")).toHaveLength(10);
    expect(backend.jumps.at(-1)?.args.limit).toBe(10);
  });

  it("never shows a late answer, and keeps what is there until the next one comes", async () => {
    const { backend, user } = await opened();
    await user.keyboard("hip");
    const [h, hi, hip] = backend.jumps;
    hi?.resolve(someFound({ passages: [aPassage({ title: "stale" })] }));
    await new Promise((done) => setTimeout(done));
    expect(texts("places")).toEqual([]);
    hip?.resolve(someFound({ passages: [aPassage({ title: "now" })] }));
    await waitFor(() => expect(texts("places")[0]).toContain("now"));
    h?.resolve(someFound({ passages: [aPassage({ title: "late" })] }));
    await user.keyboard("p");
    expect(texts("places")[0]).toContain("now");
    expect(screen.getByTestId("palette-list")).toHaveAttribute("aria-busy", "true");
  });

  it("opens the place once it is found where Enter came before the answer", async () => {
    const { backend, session, user } = await opened();
    await user.keyboard("hippocampus{Enter}");
    expect(session.palette.isOpen).toBe(true);
    backend.jumps.at(-1)?.resolve(someFound({ passages: [aPassage()] }));
    await waitFor(() => expect(session.screen).toBe("read"));
    expect(session.viewer.target).toMatchObject({ page: 12, boxes: [{ page: 12 }] });
    await screen.findAllByTestId("highlight");
  });

  it("asks once more when the shell took a later query for an earlier one, then says that it failed", async () => {
    const { backend, user } = await opened();
    await user.keyboard("x");
    backend.jumps[0]?.reject({ code: "cancelled", message: "" });
    await waitFor(() => expect(backend.jumps).toHaveLength(2));
    backend.jumps[1]?.reject({ code: "corrupt", message: "" });
    expect(await screen.findByRole("alert")).toHaveTextContent("The library is damaged");
    await user.keyboard("{Backspace}");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("says in a sentence that nothing was found", async () => {
    const { backend, user } = await opened((backend) => (backend.documents = []));
    await user.keyboard("zzz");
    backend.jumps.at(-1)?.resolve(someFound());
    expect(await screen.findByTestId("palette-nothing")).toHaveTextContent("Nothing here has “zzz”.");
    await waitFor(() => expect(screen.getByTestId("palette-news")).toHaveTextContent("Nothing found"), {
      timeout: 3000,
    });
  });

  it("looks only for actions, documents or tags and notes behind a sign", async () => {
    const { backend, user } = await opened((backend) => {
      backend.documents = [aDocument({ tags: ["exam"] }), aDocument({ document: 2, title: "Exam papers" })];
    });
    await user.keyboard(">");
    expect(backend.jumps).toHaveLength(0);
    expect(rows().length).toBeGreaterThan(10);
    await user.keyboard("{Backspace}@exam");
    expect(texts("documents")).toEqual(["Exam papers"]);
    expect(texts("actions")).toEqual([]);
    await user.clear(screen.getByTestId("palette-input"));
    await user.keyboard("#exam");
    expect(texts("documents")).toEqual([expect.stringContaining("Psychology 2e")]);
  });
});

describe("what the palette opens", () => {
  async function choose(found: Partial<Everything>, query = "memory") {
    const made = await opened();
    await made.user.keyboard(query);
    made.backend.jumps.at(-1)?.resolve(someFound(found));
    await waitFor(() => expect(screen.getByTestId("palette-list")).toHaveAttribute("aria-busy", "false"));
    return made;
  }
  const press = async (user: Awaited<ReturnType<typeof opened>>["user"], key: string) =>
    user.click(document.querySelector(`[data-key="${key}"]`) as HTMLElement);

  it("is a conversation at the turn", async () => {
    const conversation = { conversation: "9", room: 1, title: "Storage", created: 0, updated: 0, turns: 2 };
    const { backend, session, user } = await choose({
      turns: [
        { conversation, turn: 41, created: 0, question: runs("What is memory?", "memory"), excerpt: [] },
      ],
    });
    await press(user, "turn 41");
    await waitFor(() => expect(backend.calls).toContainEqual(["conversationShow", 41]));
    expect(session.ask.conversation).toBe("9");
    await waitFor(() => expect(session.ask.sought).toEqual({ turn: 41 }));
  });

  it("is a highlight on its page, or the list of notes where its document is gone", async () => {
    const annotation = {
      annotation: 5,
      room: 1,
      document: 1,
      citation: aCitation(),
      page: 12,
      start: 0,
      colour: "yellow" as const,
      note: "",
      created: 0,
      updated: 0,
    };
    const gone = { ...annotation, annotation: 6, document: null };
    const { session, user } = await choose({
      annotations: [annotation, gone].map((one) => ({
        annotation: one,
        quote: runs("Memory lasts"),
        note: [],
      })),
    });
    await press(user, "annotation 6");
    await waitFor(() => expect(session.screen).toBe("notes"));
    await user.keyboard("{Control>}k{/Control}");
    expect(session.viewer.open).toBeNull();
  });

  it("is a place in another room, which is entered first", async () => {
    const { session, user } = await choose({
      passages: [aPassage({ room: 2, document: 8, title: "Acids" })],
    });
    expect(document.querySelector('[data-key="passage 1"]')).toHaveTextContent("Chemistry");
    await press(user, "passage 1");
    await waitFor(() => expect(session.viewer.open?.title).toBe("Acids"));
    expect(session.rooms.currentId).toBe(2);
    expect(session.canGoBack).toBe(false);
  });

  it("is a place from which Escape leads back", async () => {
    const { session, user } = await choose({ passages: [aPassage()] });
    await press(user, "passage 1");
    await waitFor(() => expect(session.screen).toBe("read"));
    await user.keyboard("{Escape}");
    expect(session.screen).toBe("library");
  });

  it("is all places in the results", async () => {
    const { backend, session, user } = await choose({});
    await press(user, "results");
    await waitFor(() => expect(session.screen).toBe("search"));
    expect(session.search.query).toBe("memory");
    backend.searches.at(-1)?.resolve(someHits());
    await screen.findByTestId("search-hit");
  });

  it("is another room, and a setting", async () => {
    const { session, user } = await choose({}, "chem");
    await press(user, "room 2");
    await waitFor(() => expect(session.rooms.currentId).toBe(2));
    await user.keyboard("{Control>}k{/Control}");
    await user.keyboard(">glass");
    await press(user, "setting setting-glass");
    await waitFor(() => expect(session.screen).toBe("settings"));
  });
});

describe("in another language", () => {
  it("the palette is all in it", async () => {
    await opened();
    await showLanguage("id");
    await waitFor(() =>
      expect(screen.getByRole("combobox")).toHaveAccessibleName("Temukan atau lakukan apa saja"),
    );
    expect(screen.getByRole("group", { name: "Tindakan" })).toBeInTheDocument();
  });
});
