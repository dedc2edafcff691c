import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { anImport, aPlan, aSource, DUE } from "./cardBuilders";
import type { Double } from "./double";
import { open } from "./open";
import { aGrade, answeredWith, aQuizTaken, SOME_ITEMS } from "./quizDouble";

const DAY = 86_400_000;

async function home(prepare: (backend: Double) => void = () => {}) {
  const opened = await open(prepare);
  await opened.user.click(screen.getByTestId("tab-cards"));
  return opened;
}

const rows = () => screen.getAllByTestId("card-row");

describe("the home of the cards", () => {
  it("says what cards are for while there are none", async () => {
    const { user } = await home();
    expect(await screen.findByTestId("cards-empty")).toHaveTextContent("Keep what you learn");
    await user.click(screen.getByTestId("cards-new"));
    expect(await screen.findByTestId("note-dialog")).toBeInTheDocument();
  });

  it("counts what waits, and says what wants a look", async () => {
    const { user } = await home((backend) => {
      backend.keepNote({ front: "One?" });
      backend.keepNote({ front: "Two?" }, DUE);
      backend.keepNote({ front: "Three?" }, { ...DUE, suspended: true, leech: true });
      backend.keepNote(
        { front: "Four?", source_changed: true, source: aSource() },
        { ...DUE, due: Date.now() + 9 * DAY },
      );
    });
    const today = await screen.findByTestId("cards-today");
    expect(today).toHaveAttribute("data-waiting", "2");
    expect(screen.getByTestId("cards-leeches")).toHaveTextContent("1 card is left out");
    await user.click(screen.getByTestId("cards-leeches-look"));
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(rows()[0]).toHaveTextContent("Three?");
    expect(rows()[0]).toHaveTextContent("Forgotten often, left out");
    await user.click(screen.getByTestId("cards-changed-look"));
    await waitFor(() => expect(rows()[0]).toHaveTextContent("Source changed"));
  });

  it("says when the next one comes, and the day of the exam", async () => {
    await home((backend) => {
      backend.plan = aPlan({ exam: "2001-01-01" });
      backend.keepNote({}, { ...DUE, due: Date.now() + 3 * DAY });
    });
    expect(await screen.findByTestId("cards-next")).toHaveTextContent("The next card comes on");
    expect(screen.getByTestId("cards-exam")).toHaveTextContent("The exam was on 1 January 2001");
    expect(screen.getByTestId("cards-review")).toBeDisabled();
  });

  it("shows in the rail how many wait in each room, and counts again when the window gets the focus", async () => {
    const { backend, session, user } = await home((backend) => {
      backend.keepNote({ room: 1 }, DUE);
      backend.keepNote({ room: 2 }, DUE);
      backend.keepNote({ room: 2 });
    });
    await waitFor(() =>
      expect(screen.getAllByTestId("room-due").map((it) => it.dataset.due)).toEqual(["1", "2"]),
    );
    expect(screen.getAllByTestId("room-item")[1]).toHaveAccessibleName(
      "Chemistry, 2 cards wait today, 0 documents",
    );
    backend.keepNote({ room: 2 });
    window.dispatchEvent(new Event("focus"));
    await waitFor(() => expect(session.cards.due.of(2)).toBe(3));
    await user.click(await screen.findByTestId("cards-review"));
    await screen.findByTestId("card-show");
    await user.keyboard(" 3");
    await waitFor(() => expect(session.cards.due.of(1)).toBe(0));
  });
});

describe("the list of all cards", () => {
  it("finds by words and by how cards stand", async () => {
    const { user } = await home((backend) => {
      backend.keepNote({ front: "What is osmosis?" });
      backend.keepNote({ front: "What is mitosis?" }, DUE);
      backend.keepNote({ front: "Where is Rome?" }, DUE);
    });
    await waitFor(() => expect(rows()).toHaveLength(3));
    await user.type(screen.getByTestId("cards-search"), "osis");
    await waitFor(() => expect(rows()).toHaveLength(2));
    await user.click(screen.getByTestId("cards-filter"));
    await user.click(screen.getByTestId("cards-filter-review"));
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(rows()[0]).toHaveTextContent("What is mitosis?");
    await user.type(screen.getByTestId("cards-search"), "x");
    expect(await screen.findByTestId("cards-none")).toBeInTheDocument();
  });

  it("comes 200 at a time", async () => {
    const { user, backend } = await home((backend) => {
      for (let at = 0; at < 250; at++) backend.keepNote({ front: `Question ${at}?` });
    });
    await waitFor(() => expect(rows()).toHaveLength(200));
    await user.click(screen.getByTestId("cards-more"));
    await waitFor(() => expect(rows()).toHaveLength(250));
    expect(backend.calls).toContainEqual(["cardsList", 1, {}, 200]);
    expect(screen.queryByTestId("cards-more")).toBeNull();
  });

  it("shows one whole, leaves it out and takes it in again, and opens its page with a way back", async () => {
    const { user, backend, session } = await home((backend) =>
      backend.keepNote({ front: "Which part?", source: aSource(), document: 1 }, DUE),
    );
    await user.click(await screen.findByTestId("card-row"));
    const whole = screen.getByTestId("card-whole");
    expect(whole).toHaveTextContent("The movement of water");
    await user.click(within(whole).getByTestId("card-leave-out"));
    await waitFor(() => expect(backend.cards[0]?.suspended).toBe(true));
    await user.click(await screen.findByTestId("card-take-in"));
    await waitFor(() => expect(backend.cards[0]?.suspended).toBe(false));
    await user.click(screen.getByTestId("card-page"));
    expect(session.screen).toBe("read");
    await user.keyboard("{Escape}");
    expect(session.screen).toBe("cards");
  });

  it("hides what is removed, and removes it for good once nobody can take it back", async () => {
    const { user, backend } = await home((backend) => {
      backend.keepNote({ kind: "reversed", front: "One?" });
      backend.keepNote({ front: "Two?" });
    });
    const remove = async () => {
      if (!screen.queryByTestId("card-whole"))
        await user.click((await screen.findAllByTestId("card-row"))[0] as HTMLElement);
      await user.click(screen.getByTestId("card-remove"));
      await waitFor(() => expect(screen.getAllByTestId("card-row")).toHaveLength(1));
      expect(screen.getByTestId("card-row")).toHaveTextContent("Two?");
      expect(screen.getByText("1 card")).toBeInTheDocument();
      await waitFor(() => expect(screen.getByTestId("card-row")).toHaveFocus());
    };
    await remove();
    expect(screen.getByTestId("toast")).toHaveTextContent("the cards made with it");
    expect(backend.notes).toHaveLength(2);
    await user.click(screen.getByTestId("undo"));
    await waitFor(() => expect(screen.getAllByTestId("card-row")).toHaveLength(3));
    await waitFor(() => expect(screen.getAllByTestId("card-row")[0]).toHaveFocus());
    await remove();
    await user.click(within(screen.getByTestId("toast")).getByRole("button", { name: "Close" }));
    await waitFor(() => expect(backend.notes.map(({ front }) => front)).toEqual(["Two?"]));
  });

  it("comes back where it can't be removed", async () => {
    const { user, backend } = await home((backend) => backend.keepNote({ front: "One?" }));
    backend.faults.set("noteRemove", { code: "no_space", message: "The disk is full." });
    await user.click(await screen.findByTestId("card-row"));
    await user.click(screen.getByTestId("card-remove"));
    await waitFor(() => expect(screen.queryByTestId("card-row")).toBeNull());
    await user.click(within(screen.getByTestId("toast")).getByRole("button", { name: "Close" }));
    expect(await screen.findByTestId("card-row")).toBeInTheDocument();
    expect(await screen.findByTestId("toast")).toHaveTextContent("The disk is full.");
  });

  it("is carried into other programs as text, and copied, with its source", async () => {
    const { user } = await home((backend) =>
      backend.keepNote({ front: "Where to & <how>?", back: "Down.", source: aSource(), document: 1 }),
    );
    const row = await screen.findByTestId("card-row");
    const carried = new Map<string, string>();
    const dataTransfer = { setData: (kind: string, text: string) => carried.set(kind, text) };
    fireEvent.dragStart(row, { dataTransfer });
    expect(carried.get("text/plain")).toMatch(/^Where to & <how>\?\n\nDown\.\n\n— .+, p\. 4$/);
    expect(carried.get("text/html")).toContain(
      "<p><strong>Where to &amp; &lt;how&gt;?</strong></p><p>Down.</p>",
    );
    await user.click(row);
    await user.click(screen.getByTestId("card-copy"));
    expect(await screen.findByText("Copied with its source")).toBeInTheDocument();
    expect(await navigator.clipboard.readText()).toBe(carried.get("text/plain"));
  });
});

describe("ways to cards", () => {
  it("say that a file comes in where that takes a while, and not while it is chosen", async () => {
    let come: (report: ReturnType<typeof anImport>) => void = () => {};
    const { user, backend } = await home((backend) => {
      backend.cardsImport = () => new Promise((done) => (come = done));
    });
    const pick = backend.pickCards;
    let choose = () => {};
    backend.pickCards = async () => {
      await new Promise<void>((chosen) => (choose = chosen));
      return pick();
    };
    await user.click(await screen.findByTestId("cards-import"));
    expect(screen.getByTestId("cards-import")).toBeEnabled();
    choose();
    await waitFor(() => expect(screen.getByTestId("cards-import")).toBeDisabled());
    const sign = await screen.findByTestId("cards-working", {}, { timeout: 3000 });
    expect(within(sign).getByRole("progressbar", { name: "Bringing in Biology.apkg…" })).toBeInTheDocument();
    come(anImport({ added: 2 }));
    expect(await screen.findByTestId("cards-imported")).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByTestId("cards-working")).toBeNull());
  });

  it("brings a file in, and says what came and what was left out", async () => {
    const { user, backend } = await home((backend) => {
      backend.imported = anImport({
        added: 2,
        left_out: 1,
        skipped: [{ place: 7, why: "The cloze has no gap." }],
      });
    });
    await user.click(await screen.findByTestId("cards-import"));
    const said = await screen.findByTestId("cards-imported");
    expect(said).toHaveTextContent("Biology.apkg");
    expect(said).toHaveTextContent("2 notes came in.");
    expect(said).toHaveTextContent("Note 7: The cloze has no gap.");
    expect(backend.calls).toContainEqual(["cardsImport", 1, "/home/ada/Biology.apkg", expect.any(Number)]);
    await user.click(screen.getByTestId("cards-imported-close"));
    expect(screen.queryByTestId("cards-imported")).toBeNull();
  });

  it("says why a file can't be read, and does nothing when the dialog is closed", async () => {
    const { user, backend } = await home();
    backend.faults.set("cardsImport", { code: "damaged", message: "Biology.apkg can't be read." });
    await user.click(await screen.findByTestId("cards-import"));
    expect(await screen.findByTestId("toast")).toHaveTextContent("Biology.apkg can't be read.");
    backend.cardsFile = null;
    await user.click(screen.getByTestId("cards-import"));
    expect(backend.calls.filter(([name]) => name === "cardsImport")).toHaveLength(1);
  });

  it("writes all cards into a file", async () => {
    const { user, backend } = await home((backend) => backend.keepNote());
    await user.click(await screen.findByTestId("cards-menu"));
    await user.click(screen.getByTestId("cards-export"));
    expect(await screen.findByTestId("toast")).toHaveTextContent("1 note written");
    expect(backend.calls).toContainEqual(["cardsExport", 1, "/home/ada/Biology.apkg", expect.any(Number)]);
  });

  it("offers the terms of documents, and makes cards of the chosen ones", async () => {
    const { user, backend } = await home((backend) => {
      backend.suggested = ["Storage", "Encoding", "Retrieval"].map((front, at) => ({
        note: { guid: front, kind: "basic", front, back: `${front} is a process.`, source: aSource() },
        known: at === 1,
      }));
    });
    await user.click(await screen.findByTestId("cards-terms"));
    const terms = await screen.findAllByTestId("term");
    expect(terms[1]).toBeDisabled();
    await user.click(terms[2] as HTMLElement);
    await user.click(screen.getByRole("button", { name: "Make 1 card" }));
    expect(await screen.findByTestId("toast")).toHaveTextContent("1 card made");
    expect(backend.notes.map(({ front }) => front)).toEqual(["Storage"]);
    await waitFor(() => expect(rows()).toHaveLength(1));
  });

  it("offers the terms of the document that was asked for", async () => {
    const { user, backend } = await open();
    await user.click(await screen.findByTestId("document-menu"));
    await user.click(screen.getByTestId("document-cards"));
    expect(await screen.findByTestId("terms-none")).toBeInTheDocument();
    expect(screen.getByTestId("terms-document")).toHaveTextContent("Psychology 2e");
    expect(backend.calls).toContainEqual(["notesOfTerms", 1, 1]);
  });

  it("makes cards of what was wrong in a quiz, and counts what is there already", async () => {
    const { user, backend, session } = await open((backend) => {
      const taken = aQuizTaken([SOME_ITEMS.choice, SOME_ITEMS.cloze, SOME_ITEMS.short]);
      const wrong = aGrade({ score: 0, verdict: "incorrect" });
      taken.questions = taken.questions.map((question, at) =>
        answeredWith(question, ["x"], at === 0 ? aGrade() : wrong),
      );
      taken.quiz = { ...taken.quiz, ended: Date.now(), answered: 3 };
      backend.quizzes = [taken];
    });
    session.screen = "quiz";
    await session.quizzes.open(5);
    await user.click((await screen.findAllByTestId("quiz-card-make"))[1] as HTMLElement);
    expect(await screen.findByText("1 card made")).toBeInTheDocument();
    await user.click(screen.getByTestId("quiz-cards"));
    expect(await screen.findByText("1 was there already.")).toBeInTheDocument();
    expect(backend.calls).toContainEqual(["notesFromQuestions", 5, [2, 3]]);
    await user.click(screen.getAllByTestId("cards-go")[0] as HTMLElement);
    await waitFor(() => expect(rows()).toHaveLength(2));
    await waitFor(() => expect(session.cards.due.of(1)).toBe(2));
  });
});

describe("how a room is studied", () => {
  const plan = async (prepare: (backend: Double) => void = () => {}) => {
    const opened = await home((backend) => {
      backend.keepNote();
      prepare(backend);
    });
    await opened.user.click(await screen.findByTestId("cards-menu"));
    await opened.user.click(screen.getByTestId("cards-plan"));
    await screen.findByTestId("plan-new");
    return opened;
  };
  const type = async (user: Awaited<ReturnType<typeof plan>>["user"], id: string, text: string) => {
    await user.clear(screen.getByTestId(id));
    await user.type(screen.getByTestId(id), `${text}{Tab}`);
  };

  it("stores what is chosen at once", async () => {
    const { user, backend } = await plan();
    await type(user, "plan-new", "7");
    await waitFor(() => expect(backend.plan.new_per_day).toBe(7));
    await type(user, "plan-steps", "5 25");
    await waitFor(() => expect(backend.plan.learning_steps).toEqual([300, 1500]));
    await type(user, "plan-exam", "2090-05-03");
    await waitFor(() => expect(backend.plan.exam).toBe("2090-05-03"));
    await user.click(screen.getByTestId("plan-exam-none"));
    await waitFor(() => expect(backend.plan.exam).toBeNull());
    expect(backend.plan.new_per_day).toBe(7);
  });

  it("says what can't be, and leaves the rest as it was", async () => {
    const { user, backend } = await plan();
    await type(user, "plan-retention", "50");
    expect(await screen.findByTestId("plan-fault")).toHaveTextContent(
      "The retention must be between 0.7 and 0.99.",
    );
    expect(backend.plan.retention).toBe(0.9);
    await type(user, "plan-exam", "2001-01-01");
    expect(screen.getByTestId("plan-fault")).toHaveTextContent("That day is over");
    expect(backend.plan.exam).toBeNull();
    await type(user, "plan-steps", "soon");
    expect(screen.getByTestId("plan-fault")).toHaveTextContent("Write the pauses as minutes");
  });

  it("fits what foretells forgetting to the person, and goes back", async () => {
    const { user, backend } = await plan((backend) => {
      const fitted = {
        parameters: [0.2],
        reviews: 900,
        log_loss: 0.3,
        default_log_loss: 0.4,
        fitted: Date.now(),
      };
      backend.fit = { type: "better", fitted };
    });
    expect(screen.getByTestId("plan-memory")).toHaveTextContent("The usual numbers");
    await user.click(screen.getByTestId("plan-fit"));
    expect(await screen.findByTestId("plan-fit-said")).toHaveTextContent("foretold better");
    expect(screen.getByTestId("plan-memory")).toHaveTextContent("Fitted to 900 answers of yours");
    await user.click(screen.getByTestId("plan-reset"));
    await waitFor(() => expect(screen.getByTestId("plan-memory")).toHaveTextContent("The usual numbers"));
    expect(backend.calls).toContainEqual(["memoryReset", 1]);
    await user.keyboard("{Escape}");
    expect(await screen.findByTestId("cards-today")).toBeInTheDocument();
  });
});
