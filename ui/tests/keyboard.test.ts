import { screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, describe, expect, it } from "vitest";

import { showLanguage } from "../src/i18n/i18n.svelte";
import { DUE } from "./cardBuilders";
import { open } from "./open";
import { aDocumentProgress, aSection } from "./progressDouble";
import { aQuizTaken, SOME_ITEMS } from "./quizDouble";

const focused = (testid: string) => waitFor(() => expect(screen.getByTestId(testid)).toHaveFocus());

describe("by keyboard alone", () => {
  it("a quiz is begun, answered in each of its kinds and seen through to its result", async () => {
    const kinds = ["choice", "true-false", "cloze", "matching", "short"] as const;
    const { user, backend } = await open((backend) => {
      backend.quizzes = [aQuizTaken(kinds.map((kind) => SOME_ITEMS[kind]))];
    });
    screen.getByTestId("tab-quiz").focus();
    await user.keyboard("{Enter}");
    await screen.findByTestId("quiz-card");
    while (document.activeElement !== screen.queryByTestId("quiz-open")) await user.tab();
    await user.keyboard("{Enter}");
    const next = async () => {
      await focused("quiz-next");
      await user.keyboard("{Enter}");
    };
    const asked = (kind: string) =>
      waitFor(() => expect(screen.getByTestId("quiz-question").dataset.kind).toBe(kind));

    await asked("choice");
    await user.keyboard("4{Enter}");
    await next();
    await asked("true-false");
    await user.keyboard("f{Enter}");
    await next();
    await focused("quiz-gap");
    await user.keyboard("hippocampus{Enter}");
    await next();
    await asked("matching");
    for (const [at, list] of screen.getAllByTestId("quiz-match").entries()) {
      await user.tab();
      expect(list).toHaveFocus();
      await user.selectOptions(list, SOME_ITEMS.matching.answer[at] ?? "");
    }
    while (document.activeElement !== screen.getByTestId("quiz-answer")) await user.tab();
    await user.keyboard("{Enter}");
    await next();
    await focused("quiz-text");
    await user.keyboard("It is input.{Control>}{Enter}{/Control}");
    await next();
    const result = await screen.findByTestId("quiz-result");
    await waitFor(() => expect(within(result).getByRole("heading")).toHaveFocus());
    expect(backend.calls.filter(([name]) => name === "quizAnswer")).toHaveLength(5);
  });

  it("cards are reviewed, one of them is written anew and one removed, which U takes back", async () => {
    const { user, backend } = await open((backend) => {
      backend.keepNote({ front: "First?", back: "One." }, DUE);
      backend.keepNote({ front: "Second?", back: "Two." });
    });
    screen.getByTestId("tab-cards").focus();
    await user.keyboard("{Enter}");
    await screen.findByTestId("cards-review");
    while (document.activeElement !== screen.getByTestId("cards-review")) await user.tab();
    await user.keyboard("{Enter}");
    await focused("card-show");

    await user.keyboard("e");
    await focused("note-front");
    await user.keyboard("{Control>}a{/Control}Which?{Control>}{Enter}{/Control}");
    await waitFor(() => expect(screen.queryByTestId("note-dialog")).toBeNull());
    await waitFor(() => expect(screen.getByTestId("card-question")).toHaveTextContent("Which?"));
    await focused("card-show");

    while (document.activeElement !== screen.getByTestId("review-menu")) await user.tab({ shift: true });
    await user.keyboard("{Enter}");
    while (document.activeElement !== screen.getByTestId("review-remove")) await user.keyboard("{ArrowDown}");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByTestId("card-question")).toHaveTextContent("Second?"));
    expect(screen.getByTestId("toast")).toHaveTextContent("Card removed");
    await focused("card-show");
    await user.keyboard("u");
    await waitFor(() => expect(screen.getByTestId("card-question")).toHaveTextContent("Which?"));
    expect(screen.queryByTestId("toast")).toBeNull();
    expect(backend.notes.map(({ front }) => front)).toEqual(["Which?", "Second?"]);
    await focused("card-show");
    await user.keyboard(" ");
    await focused("card-rate-good");
    await user.keyboard("3");
    await waitFor(() => expect(screen.getByTestId("card-question")).toHaveTextContent("Second?"));
  });

  it("a card that was removed in a review is gone for good when its toast goes", async () => {
    const { user, backend, session } = await open((backend) => {
      backend.keepNote({ front: "First?" }, DUE);
      backend.keepNote({ front: "Second?" });
    });
    await session.review();
    await screen.findByTestId("review");
    await user.click(screen.getByTestId("review-menu"));
    await user.click(screen.getByTestId("review-remove"));
    await waitFor(() => expect(screen.getByTestId("card-question")).toHaveTextContent("Second?"));
    expect(backend.notes).toHaveLength(2);
    await user.click(within(screen.getByTestId("toast")).getByRole("button", { name: "Close" }));
    await waitFor(() => expect(backend.notes.map(({ front }) => front)).toEqual(["Second?"]));
    expect(screen.getByTestId("review-undo")).toBeDisabled();
    expect(screen.getByTestId("card-question")).toHaveTextContent("Second?");
  });

  it("a removed card comes back by Ctrl+Z, and is not asked while it is being removed", async () => {
    const { user, backend, session } = await open((backend) => {
      backend.keepNote({ front: "First?" }, DUE);
      backend.keepNote({ front: "Second?" });
    });
    session.screen = "cards";
    const remove = async () => {
      if (!screen.queryByTestId("card-whole"))
        await user.click((await screen.findAllByTestId("card-row"))[0] as HTMLElement);
      await user.click(screen.getByTestId("card-remove"));
      await waitFor(() => expect(screen.getAllByTestId("card-row")).toHaveLength(1));
    };
    await remove();
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(screen.getAllByTestId("card-row")).toHaveLength(2));
    await remove();
    await user.click(screen.getByTestId("cards-review"));
    expect(await screen.findByTestId("card-question")).toHaveTextContent("Second?");
    expect(backend.notes).toHaveLength(1);
    expect(screen.queryByTestId("toast")).toBeNull();
  });
});

describe("in Indonesian", () => {
  afterEach(() => showLanguage("en"));

  it("are the quizzes, the cards and the progress of a room", async () => {
    const { backend, session, user } = await open((backend) => {
      backend.quizzes = [aQuizTaken([SOME_ITEMS.choice])];
      backend.keepNote({ front: "First?" }, DUE);
      backend.progressed = [aDocumentProgress({ sections: [aSection(0, "8 Memory", 1, { read: 4 })] })];
    });
    await showLanguage("id");
    session.screen = "quiz";
    expect(await screen.findByRole("heading", { name: "Kuis" })).toBeInTheDocument();
    expect(screen.getByTestId("quiz-card")).toHaveTextContent("1 soal, belum dimulai");
    await session.quizzes.open(5);
    await screen.findByTestId("quiz-question");
    await user.keyboard("a{Enter}");
    await screen.findByTestId("quiz-verdict");
    const told = backend.calls.filter(([name]) => name === "quizOpen" || name === "quizAnswer");
    expect(told.map((call) => call.at(-1))).toEqual(["id", "id"]);
    session.screen = "cards";
    expect(await screen.findByTestId("cards-today")).toHaveTextContent("dikuasai, ditanyakan lagi");
    expect(screen.getByTestId("card-row")).toHaveTextContent("saatnya");
    session.screen = "progress";
    expect(await screen.findByRole("heading", { name: "Kemajuan" })).toBeInTheDocument();
    expect(screen.getAllByTestId("progress-row")[1]).toHaveTextContent("40% dibaca");
  });
});
