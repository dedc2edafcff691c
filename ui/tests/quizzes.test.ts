import { act, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { open } from "./open";
import { aQuiz, aQuizTaken, SOME_ITEMS } from "./quizDouble";

describe("making a quiz", () => {
  it("says what it is for while there is none, and asks for the whole room as it stands", async () => {
    const { backend, user } = await open();
    await user.click(screen.getByTestId("tab-quiz"));
    expect(await screen.findByTestId("quiz-empty")).toHaveTextContent("See what you know");
    await user.click(screen.getByTestId("quiz-new"));
    await user.click(screen.getByTestId("quiz-kind-short"));
    await user.click(screen.getByRole("radio", { name: "20" }));
    await user.click(screen.getByRole("radio", { name: "Hard" }));
    await user.click(screen.getByRole("radio", { name: "At the end" }));
    await user.click(screen.getByRole("radio", { name: "10 min" }));
    await user.click(screen.getByTestId("quiz-make"));
    expect(backend.makes[0]?.args.wanted).toEqual({
      room: 1,
      documents: [],
      section: null,
      turn: null,
      kinds: ["choice", "cloze", "true-false", "short"],
      count: 20,
      difficulty: "hard",
      manner: { feedback: "at_the_end", time_limit_s: 600 },
      language: "en",
    });
  });

  it("shows how far it is, stops on request, and begins with what there is", async () => {
    const { backend, user } = await open();
    await user.keyboard("{Control>}e{/Control}");
    await user.click(await screen.findByTestId("quiz-new"));
    await user.click(screen.getByTestId("quiz-make"));
    const making = backend.makes[0];
    making?.args.tell(4);
    expect(await screen.findByText("4 of 10 questions")).toBeInTheDocument();
    await user.keyboard("{Enter}");
    expect(backend.calls).toContainEqual(["quizMakeStop"]);
    expect(screen.getByTestId("quiz-stop")).toBeDisabled();
    const made = aQuizTaken([SOME_ITEMS.choice]);
    backend.quizzes = [made];
    making?.resolve({
      quiz: made.quiz,
      drafts: 3,
      rejected: [["another_fits", 2]],
      note: "Only one question could be made of this.",
    });
    expect(await screen.findByTestId("quiz-question")).toHaveTextContent("Which part of the brain");
    expect(await screen.findByTestId("quiz-outcome")).toHaveTextContent(
      "Only one question could be made of this.",
    );
    expect(screen.getByTestId("quiz-dropped")).toHaveTextContent(
      "2 questions did not pass the checks: 2 have another right answer.",
    );
    expect(screen.getByTestId("drafts-open")).toHaveTextContent("3 questions wait for your look");
  });

  it("says why there is no quiz when nothing passed, and what to do when the making failed", async () => {
    const { backend, user } = await open();
    await user.click(screen.getByTestId("tab-quiz"));
    await user.click(await screen.findByTestId("quiz-new"));
    await user.click(screen.getByTestId("quiz-make"));
    backend.makes[0]?.resolve({
      quiz: null,
      drafts: 0,
      rejected: [["too_unsure", 7]],
      note: "The document is too short.",
    });
    expect(await screen.findByTestId("quiz-nothing")).toHaveTextContent("The document is too short.");
    await user.click(screen.getByTestId("quiz-make"));
    backend.makes[1]?.reject({ code: "no_space", message: "" });
    expect(await screen.findByTestId("quiz-make-failed")).toHaveTextContent("Free some space");
  });

  it("is about the document that it was asked for from, and a section of it", async () => {
    const { backend, user } = await open((backend) =>
      backend.outlines.set(1, [
        { title: "8 Memory", level: 1, page: 270 },
        { title: "8.1 How memory functions", level: 2, page: 271 },
      ]),
    );
    await user.click(await screen.findByTestId("document-menu"));
    await user.click(screen.getByTestId("document-quiz"));
    expect(await screen.findByTestId("quiz-documents")).toHaveTextContent("Psychology 2e");
    await user.click(await screen.findByTestId("quiz-sections"));
    await user.click(screen.getByRole("menuitemradio", { name: "8.1 How memory functions" }));
    await user.click(screen.getByTestId("quiz-make"));
    expect(backend.makes[0]?.args.wanted).toMatchObject({ documents: [1], section: 1 });
  });

  it("takes no number of questions that can't be made", async () => {
    const { backend, user } = await open();
    await user.click(screen.getByTestId("tab-quiz"));
    await user.click(await screen.findByTestId("quiz-new"));
    await user.click(within(screen.getByTestId("quiz-count")).getByRole("radio", { name: "Other" }));
    const field = screen.getByTestId("quiz-count-other");
    await user.clear(field);
    await user.type(field, "51{Tab}");
    expect(field).toHaveValue(50);
    await user.clear(field);
    await user.type(field, "12{Tab}");
    await user.click(screen.getByTestId("quiz-make"));
    expect(backend.makes[0]?.args.wanted.count).toBe(12);
  });

  it("goes on while one looks at something else, and is not opened over that", async () => {
    const { backend, session, user } = await open();
    await user.click(screen.getByTestId("tab-quiz"));
    await user.click(await screen.findByTestId("quiz-new"));
    await user.click(screen.getByTestId("quiz-make"));
    await user.keyboard("{Escape}");
    backend.makes[0]?.args.tell(6);
    expect(await screen.findByTestId("quiz-progress")).toHaveTextContent("6 of 10 questions");
    backend.quizzes = [aQuizTaken([SOME_ITEMS.choice])];
    backend.makes[0]?.resolve({ quiz: aQuiz(), drafts: 0, rejected: [], note: "The section is short." });
    expect(await screen.findByTestId("quiz-card")).toHaveTextContent("Psychology 2e");
    expect(screen.getByTestId("quiz-outcome")).toHaveTextContent("The section is short.");
    expect(session.quizzes.view).toBe("home");
    expect(screen.queryByTestId("quiz-progress")).toBeNull();
  });

  it("doesn't open what was made for a room that was left", async () => {
    const { backend, session, user } = await open();
    await user.click(screen.getByTestId("tab-quiz"));
    await user.click(await screen.findByTestId("quiz-new"));
    await user.click(screen.getByTestId("quiz-make"));
    await session.enter(2);
    expect(backend.calls).toContainEqual(["quizMakeStop"]);
    backend.quizzes = [aQuizTaken([SOME_ITEMS.choice])];
    backend.makes[0]?.resolve({ quiz: aQuiz(), drafts: 0, rejected: [], note: null });
    await act();
    expect(session.quizzes.taking).toBeNull();
    expect(session.quizzes.list).toEqual([]);
  });
});

describe("the room's quizzes", () => {
  it("are listed with how they went, and removed as soon as nobody can take it back", async () => {
    const { backend, user } = await open((backend) => {
      backend.quizzes = [
        { quiz: aQuiz({ quiz: 6, questions: 4, answered: 4, correct: 3, ended: 1 }), questions: [] },
        aQuizTaken([SOME_ITEMS.choice]),
      ];
      backend.statistics = [
        { kind: "choice", answered: 8, correct: 5, partial: 1, incorrect: 2, unsure: 0, appealed: 1 },
        { kind: "short", answered: 0, correct: 0, partial: 0, incorrect: 0, unsure: 0, appealed: 0 },
      ];
    });
    await user.click(screen.getByTestId("tab-quiz"));
    const cards = await screen.findAllByTestId("quiz-card");
    expect(cards[0]).toHaveTextContent("3 of 4 right");
    expect(cards[1]).toHaveTextContent("1 question, not begun");
    const rows = within(screen.getByTestId("quiz-statistics")).getAllByRole("row");
    expect(rows.map((row) => row.textContent?.replace(/\s+/g, " ").trim())).toHaveLength(2);
    expect(
      within(rows[1] as HTMLElement)
        .getAllByRole("cell")
        .map((cell) => cell.textContent?.trim()),
    ).toEqual(["63%", "5", "1", "2", "0", "1"]);
    const remove = async () => {
      await user.click(screen.getAllByTestId("quiz-menu")[0] as HTMLElement);
      await user.click(screen.getByTestId("quiz-remove"));
      await waitFor(() => expect(screen.getAllByTestId("quiz-card")).toHaveLength(1));
      await waitFor(() => expect(screen.getByTestId("quiz-menu")).toHaveFocus());
      expect(backend.calls.some(([name]) => name === "quizRemove")).toBe(false);
    };
    await remove();
    await user.click(screen.getByTestId("undo"));
    await waitFor(() => expect(screen.getAllByTestId("quiz-card")).toHaveLength(2));
    await waitFor(() => expect(screen.getAllByTestId("quiz-menu")[0]).toHaveFocus());
    await remove();
    await user.click(within(screen.getByTestId("toast")).getByRole("button", { name: "Close" }));
    await waitFor(() => expect(backend.calls).toContainEqual(["quizRemove", 6]));
    expect(screen.getAllByTestId("quiz-card")).toHaveLength(1);
  });
});
