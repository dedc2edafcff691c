import { act, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";

import type { Suggestion } from "../src/backend/bindings";
import { aDocument, anAnswer, type Double } from "./double";
import { open } from "./open";
import { aDocumentProgress, aSection, aStanding, aStudyDay, someCards } from "./progressDouble";

const SECTIONS = [
  aSection(0, "8 Memory", 1, {
    read: 4,
    answered: 6,
    score: 0.4,
    cards: 2,
    due: 2,
    recall: 0.5,
    mastery: 0.38,
  }),
  aSection(1, "8.1 How memory functions", 2, { read: 10, asked: 1, mastery: 0.2 }),
  aSection(2, "8.2 Parts of the brain", 2, { read: 10, answered: 8, score: 1, mastery: 1 }),
  aSection(3, "9 Lifespan development", 1),
];

function studied(backend: Double): void {
  backend.progressed = [
    aDocumentProgress({
      whole: aStanding({ pages: 40, read: 24, asked: 1, answered: 14, score: 0.74, mastery: 0.6 }),
      sections: SECTIONS,
    }),
  ];
}

const suggestion = (over: Partial<Suggestion>): Suggestion => ({
  document: 1,
  entry: 1,
  title: "8.1 How memory functions",
  page: 11,
  why: [{ type: "unread", pages: 3 }],
  ...over,
});

async function openProgress(prepare: (backend: Double) => void = studied) {
  const opened = await open(prepare);
  await opened.user.keyboard("{Control>}p{/Control}");
  expect(opened.session.screen).toBe("progress");
  return opened;
}

const asked = (backend: Double) => backend.calls.filter(([name]) => name === "progress").length;
const rows = () => screen.getAllByTestId("progress-row");
const titles = () => rows().map((row) => row.querySelector(".title")?.textContent);

describe("what to do next", () => {
  it("is told with its reasons, and done by its button", async () => {
    const { backend, session, user } = await openProgress((backend) => {
      studied(backend);
      backend.outlines.set(
        1,
        SECTIONS.map(({ title, level, page }) => ({ title, level, page })),
      );
      backend.next = [
        suggestion({
          entry: 0,
          title: "8 Memory",
          why: [
            { type: "cards_due", cards: 2 },
            { type: "quiz_weak", score: 0.4 },
          ],
        }),
        suggestion({ entry: 2, title: "8.2 Parts of the brain", why: [{ type: "quiz_weak", score: 0.55 }] }),
        suggestion({}),
      ];
    });
    const found = await screen.findAllByTestId("suggestion");
    expect(found[0]).toHaveTextContent("2 cards due, quiz at 40 %");
    expect(found[2]).toHaveTextContent("3 pages left to read");

    await user.click(screen.getByRole("button", { name: "Quiz me: 8.2 Parts of the brain" }));
    expect(session.screen).toBe("quiz");
    await waitFor(() =>
      expect(screen.getByTestId("quiz-sections")).toHaveTextContent("8.2 Parts of the brain"),
    );
    await user.click(screen.getByTestId("quiz-make"));
    expect(backend.makes[0]?.args.wanted).toMatchObject({ documents: [1], section: 2 });

    await user.keyboard("{Control>}p{/Control}");
    await user.click(screen.getByRole("button", { name: "Read on: 8.1 How memory functions" }));
    expect(session.screen).toBe("read");
    expect(session.viewer.target?.page).toBe(11);
    await user.keyboard("{Escape}");
    expect(session.screen).toBe("progress");
    await waitFor(() =>
      expect(screen.getByRole("button", { name: "Read on: 8.1 How memory functions" })).toHaveFocus(),
    );

    await user.click(screen.getByRole("button", { name: "Review: 8 Memory" }));
    expect(session.screen).toBe("cards");
  });

  it("has the section told in short from its list of deeds", async () => {
    const { backend, user } = await openProgress((backend) => {
      studied(backend);
      backend.next = [suggestion({})];
    });
    await user.click(await screen.findByTestId("suggestion-menu"));
    await user.click(screen.getByTestId("suggestion-ask"));
    expect(backend.asks[0]?.args).toMatchObject({
      text: "Summarise “8.1 How memory functions, Psychology 2e”",
      mode: "summary",
      subject: { document: 1, section: 1 },
    });
  });

  it("is to begin where nothing was begun, and a quiz where nothing presses", async () => {
    const { backend, session, user } = await openProgress((backend) => {
      backend.progressed = [aDocumentProgress()];
    });
    expect(await screen.findByTestId("progress-untouched")).toHaveTextContent("Begin with “Psychology 2e”");
    await user.click(screen.getByTestId("progress-begin"));
    expect(session.viewer.open?.document).toBe(1);
    studied(backend);
    await user.keyboard("{Escape}");
    await user.click(await screen.findByTestId("progress-quiz"));
    expect(session.screen).toBe("quiz");
    expect(screen.getByTestId("quiz-documents")).toHaveTextContent("The whole room");
  });

  it("is to review where cards of no document are due", async () => {
    const { session, user } = await openProgress((backend) => {
      studied(backend);
      const cards = { cards: 3, new: 0, learning: 0, review: 3, due: 1, suspended: 0, leeches: 0 };
      backend.kept = someCards({ cards });
    });
    expect(await screen.findByTestId("progress-calm")).toHaveTextContent("1 card is due today.");
    await user.click(screen.getByTestId("progress-review"));
    expect(session.screen).toBe("cards");
  });
});

describe("the map of a room", () => {
  it("shows each section below its own, with a word for how it stands", async () => {
    await openProgress();
    await screen.findByRole("tree");
    expect(titles()).toEqual(["Psychology 2e", ...SECTIONS.map(({ title }) => title)]);
    expect(rows().map((row) => row.dataset.grade)).toEqual([
      "good",
      "shaky",
      "read",
      "mastered",
      "untouched",
    ]);
    const memory = screen.getByRole("treeitem", { name: /^8 Memory/ });
    expect(memory).toHaveTextContent("40 % read · 40 % right · 50 % recalled · 2 cards due");
    expect(memory).toHaveTextContent("Shaky");
    expect(memory).toHaveAttribute("aria-level", "2");
    expect(memory).toHaveAttribute("aria-setsize", "2");
    expect(screen.getByRole("treeitem", { name: /^8.1/ })).toHaveAttribute("aria-level", "3");
  });

  it("is gone through by keys, with one tab stop", async () => {
    const { user } = await openProgress();
    await screen.findByRole("tree");
    act(() => rows()[0]?.focus());
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(screen.getByRole("treeitem", { name: /^8 Memory/ })).toHaveFocus());
    await user.keyboard("{ArrowLeft}");
    expect(titles()).toEqual(["Psychology 2e", "8 Memory", "9 Lifespan development"]);
    expect(screen.getByRole("treeitem", { name: /^8 Memory/ })).toHaveAttribute("aria-expanded", "false");
    await user.keyboard("{ArrowRight}");
    expect(rows()).toHaveLength(5);
    await user.keyboard("{End}");
    await waitFor(() => expect(screen.getByRole("treeitem", { name: /^9 Lifespan/ })).toHaveFocus());
    await user.keyboard("{ArrowLeft}");
    await waitFor(() => expect(rows()[0]).toHaveFocus());
    expect(rows().filter((row) => row.tabIndex === 0)).toHaveLength(1);
  });

  it("tells all of a section when it is pressed, and leads on from there and back", async () => {
    const { session, user } = await openProgress();
    await screen.findByRole("tree");
    act(() => rows()[0]?.focus());
    await user.keyboard("{ArrowDown}{Enter}");
    const details = await screen.findByTestId("progress-details");
    expect(details).toHaveTextContent("38 % mastered");
    expect(details).toHaveTextContent("4 of 10 pages");
    expect(details).toHaveTextContent("6 questions answered, 40 % right");
    expect(details).toHaveTextContent("2 cards, 2 due today, 50 % recalled now");
    await user.keyboard("{Escape}");
    expect(screen.queryByTestId("progress-details")).toBeNull();
    expect(screen.getByRole("treeitem", { name: /^8 Memory/ })).toHaveFocus();

    await user.click(screen.getByRole("treeitem", { name: /^9 Lifespan/ }));
    expect(screen.queryByTestId("details-review")).toBeNull();
    await user.click(screen.getByTestId("details-open"));
    expect(session.screen).toBe("read");
    expect(session.viewer.target?.page).toBe(31);
    await user.keyboard("{Escape}");
    expect(session.screen).toBe("progress");
    await waitFor(() => expect(screen.getByRole("treeitem", { name: /^9 Lifespan/ })).toHaveFocus());
  });

  it("is folded where there are many documents, and holds a screenful of thousands of rows", async () => {
    const { user } = await openProgress((backend) => {
      backend.progressed = Array.from({ length: 200 }, (_, at) =>
        aDocumentProgress({
          document: at + 1,
          title: `Notes ${at + 1}`,
          sections: Array.from({ length: 2000 / 200 }, (_, entry) => aSection(entry, `Part ${entry + 1}`)),
        }),
      );
    });
    const tree = await screen.findByRole("tree");
    expect(titles().slice(0, 2)).toEqual(["Notes 1", "Notes 2"]);
    await user.click(screen.getByTestId("progress-fold"));
    expect(tree.style.height).toBe(`${2200 * 56}px`);
    expect(rows().length).toBeLessThan(40);
    // What is scrolled to comes into the page; what the focus would return to stays in it.
    const away = vi.spyOn(tree, "getBoundingClientRect").mockReturnValue(new DOMRect(0, -1100 * 56, 800, 0));
    act(() => void screen.getByTestId("progress").dispatchEvent(new Event("scroll")));
    await waitFor(() => expect(titles()).toContain("Notes 101"));
    expect(titles()[0]).toBe("Notes 1");
    expect(titles()).not.toContain("Notes 2");
    expect(rows().length).toBeLessThan(40);
    away.mockRestore();
    act(() => void screen.getByTestId("progress").dispatchEvent(new Event("scroll")));
    act(() => rows()[0]?.focus());
    await user.keyboard("{End}");
    await waitFor(() => expect(document.activeElement).toHaveTextContent("Part 10"));
    expect(document.activeElement).toHaveStyle({ top: `${2199 * 56}px` });
    await user.keyboard("{ArrowLeft}");
    await waitFor(() => expect(document.activeElement).toHaveTextContent("Notes 200"));
  });
});

describe("activity", () => {
  const active = (backend: Double) => {
    studied(backend);
    backend.studied = {
      days: [
        aStudyDay(100, { reviewed: 7 }),
        aStudyDay(9, { read_ms: 1_800_000, reviewed: 40 }),
        aStudyDay(1, { read_ms: 3_600_000, asked: 2 }),
        aStudyDay(0, { read_ms: 60_000, answered: 1 }),
      ],
      streak: 2,
    };
    backend.kept = someCards(
      {
        cards: { cards: 9, new: 0, learning: 0, review: 9, due: 3, suspended: 0, leeches: 0 },
        retention: { answers: 20, known: 17, share: 0.85 },
        young: { answers: 20, known: 17, share: 0.85 },
      },
      [3, 0, 5],
    );
  };
  const view = async (user: Awaited<ReturnType<typeof open>>["user"]) =>
    user.click(await screen.findByRole("radio", { name: "Activity" }));

  it("shows the last weeks as days to go through, and as a table", async () => {
    const { backend, user } = await openProgress(active);
    await view(user);
    expect(backend.calls).toContainEqual(["activity", 1, 366, -new Date().getTimezoneOffset()]);
    expect(screen.getByTestId("streak")).toHaveTextContent("2 days in a row");
    const chart = screen.getByTestId("activity-calendar");
    // The week is from Monday on; what was before the twelve weeks is not counted.
    expect(screen.getByTestId("activity-week")).toHaveTextContent(
      /1 h 1 min of reading\s*2 questions asked\s*1 question answered\s*0 cards reviewed/,
    );
    expect(chart).toHaveTextContent("On 3 days: 1 h 31 min of reading");
    const grid = within(chart).getByRole("grid");
    act(() =>
      within(grid)
        .getByRole("gridcell", { name: /^Today/ })
        .focus(),
    );
    await user.keyboard("{ArrowUp}");
    expect(document.activeElement).toHaveAccessibleName("Yesterday: 1\u00a0h of reading, 2 questions asked");
    await user.keyboard("{ArrowLeft}");
    expect(document.activeElement).toHaveAccessibleName(
      expect.stringMatching(/^Saturday,? 14 November: nothing$/),
    );
    await user.click(within(chart).getByRole("radio", { name: "Cards" }));
    const full = within(grid).getByRole("gridcell", { name: /^Friday,? 13 November/ });
    expect(full).toHaveAttribute("data-level", "4");
    await user.click(within(chart).getByRole("button", { name: "Show as table" }));
    const table = within(chart).getByRole("table");
    expect(within(table).getAllByRole("row")).toHaveLength(4);
    expect(within(table).getByRole("row", { name: /^13 Nov/ })).toHaveTextContent(/30 min\s*0\s*0\s*40/);
  });

  it("says how much is recalled, and which days bring how many cards", async () => {
    const { user } = await openProgress(active);
    await view(user);
    expect(screen.getByRole("meter", { name: "All cards" })).toHaveAttribute(
      "aria-valuetext",
      "85\u00a0% recalled",
    );
    expect(screen.getByTestId("progress-recalled")).toHaveTextContent("You aim to know 90 %");
    const forecast = screen.getByTestId("progress-forecast");
    expect(forecast).toHaveTextContent(/8 cards in 30 days; the most are 5, on Tuesday,? 24 November\./);
    act(() => within(forecast).getByRole("img", { name: "Today: 3 cards" }).focus());
    await user.keyboard("{ArrowRight}");
    expect(within(forecast).getByRole("img", { name: "Tomorrow: 0 cards" })).toHaveFocus();
    await user.click(within(forecast).getByRole("button", { name: "Show as table" }));
    expect(within(forecast).getByRole("row", { name: "24 Nov 5" })).toBeInTheDocument();
  });

  it("says what will show while there is nothing, and speaks of no lost days", async () => {
    const { user } = await openProgress();
    await view(user);
    expect(screen.getByTestId("activity-empty")).toHaveTextContent("No day to show yet");
    expect(screen.getByTestId("progress-recalled")).toHaveTextContent("When you keep something on cards");
    expect(screen.queryByTestId("streak")).toBeNull();
    expect(screen.queryByTestId("progress-forecast")).toBeNull();
  });
});

describe("progress as a whole", () => {
  it("says what will show in a room without documents", async () => {
    await openProgress((backend) => (backend.documents = []));
    expect(await screen.findByTestId("progress-empty")).toHaveTextContent("Add a document");
  });

  it("shows its shape while it has to be waited for", async () => {
    let tell: () => void = () => {};
    await openProgress((backend) => {
      studied(backend);
      const { progress } = backend;
      backend.progress = async (...asked) => {
        await new Promise<void>((done) => (tell = done));
        return progress(...asked);
      };
    });
    expect(await screen.findByText("Working out your progress")).toBeInTheDocument();
    tell();
    expect(await screen.findByRole("tree")).toBeInTheDocument();
    expect(screen.queryByTestId("progress-opening")).toBeNull();
  });

  it("says why it can’t be told, and tries again", async () => {
    const { backend, user } = await openProgress((backend) => {
      studied(backend);
      backend.faults.set("activity", { code: "busy", message: "" });
    });
    expect(await screen.findByTestId("progress-failed")).toHaveTextContent("Close the other window");
    backend.faults.clear();
    await user.click(screen.getByTestId("progress-again"));
    expect(await screen.findByRole("tree")).toBeInTheDocument();
  });

  it("keeps what it has told when it can’t be read anew", async () => {
    const { backend, session, user } = await openProgress();
    await screen.findByRole("tree");
    backend.faults.set("progress", { code: "busy", message: "" });
    await user.click(screen.getByTestId("tab-library"));
    await user.click(screen.getByTestId("tab-progress"));
    expect(await screen.findByTestId("progress-stale")).toHaveTextContent("may be out of date");
    expect(rows()).toHaveLength(5);
    backend.faults.clear();
    await user.click(screen.getByTestId("progress-again"));
    await waitFor(() => expect(session.progress.fault).toBeNull());
    expect(screen.queryByTestId("progress-stale")).toBeNull();
  });

  it("is read anew when it is entered, after the look at the page has ended", async () => {
    const { backend, session, user } = await openProgress();
    await screen.findByRole("tree");
    act(() => session.show({ document: 1, title: "Psychology 2e", page: 12, boxes: [] }));
    await waitFor(() => expect(backend.calls).toContainEqual(["documentLook", 1, 12]));
    const before = asked(backend);
    const read = vi.fn();
    const { documentLook } = backend;
    backend.documentLook = async (...look) => {
      await documentLook(...look);
      read(asked(backend));
    };
    await user.click(screen.getByTestId("tab-progress"));
    await waitFor(() => expect(asked(backend)).toBe(before + 1));
    // What was looked at is known to the shell before progress is asked for.
    expect(read).toHaveBeenCalledWith(before);
    expect(backend.calls.filter(([name]) => name === "documentLook").at(-1)?.[1]).toBeNull();
  });

  it("is read anew when an answer beside it has come, and when a document is ready, but not for each page", async () => {
    const { backend, user } = await openProgress();
    await screen.findByRole("tree");
    let before = asked(backend);
    await user.type(screen.getByTestId("ask-input"), "How?{Enter}");
    act(() => backend.asks[0]?.resolve(anAnswer()));
    await waitFor(() => expect(asked(backend)).toBe(before + 1));
    const reading = aDocument({ document: 2, title: "Handout", state: "reading", pages_read: 3 });
    act(() => backend.on?.documentChanged(reading, null));
    await waitFor(() => expect(asked(backend)).toBe(before + 2));
    before = asked(backend);
    act(() => backend.on?.documentChanged({ ...reading, pages_read: 9 }, null));
    act(() => backend.on?.documentChanged({ ...reading, pages_read: 12, state: "complete" }, null));
    await waitFor(() => expect(asked(backend)).toBe(before + 1));
  });

  it("is that of the room that is open", async () => {
    const { backend, session } = await openProgress();
    await screen.findByRole("tree");
    backend.progressed = [];
    await act(() => session.enter(2));
    expect(session.progress.standing).toBeNull();
    act(() => (session.screen = "progress"));
    await waitFor(() =>
      expect(backend.calls.filter(([name]) => name === "progress").at(-1)).toEqual([
        "progress",
        2,
        -new Date().getTimezoneOffset(),
      ]),
    );
  });
});
