import { act, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";

import type { Item } from "../src/backend/bindings";
import { open } from "./open";
import { aGrade, anItem, answeredWith, aQuizTaken, SOME_ITEMS } from "./quizDouble";

const WRONG = aGrade({ score: 0, verdict: "incorrect", feedback: "That is not it." });

/** The window with a quiz open. */
async function taking(asked: Item[], quiz = {}) {
  const opened = await open((backend) => (backend.quizzes = [aQuizTaken(asked, quiz)]));
  opened.session.screen = "quiz";
  await opened.session.quizzes.open(5);
  await screen.findByTestId("quiz-question");
  const answers = () =>
    opened.backend.calls.filter(([name]) => name === "quizAnswer").map((call) => call.slice(1, 4));
  return { ...opened, answers };
}

/** What the question on show asks. */
const asked = () => within(screen.getByTestId("quiz-question")).getByRole("heading", { level: 2 });

const toHome = async () => {
  screen.getByTestId("quiz-back").click();
  await screen.findByTestId("quiz-card");
};

describe("taking a quiz by keyboard", () => {
  it("chooses an option by its number or letter, answers with Enter and goes on with Enter", async () => {
    const second = anItem({ stem: "Which part keeps balance?", answer: "the cerebellum" });
    const { user, answers } = await taking([SOME_ITEMS.choice, second]);
    expect(asked()).toHaveFocus();
    await user.keyboard("4b");
    expect(screen.getByRole("radio", { name: /the hippocampus/ })).toBeChecked();
    await user.keyboard("{Enter}");
    expect(await screen.findByTestId("quiz-verdict")).toHaveTextContent("Right");
    await waitFor(() => expect(screen.getByTestId("quiz-next")).toHaveFocus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(asked()).toHaveFocus());
    expect(asked()).toHaveTextContent("Which part keeps balance?");
    await user.keyboard("2{Enter}");
    expect(await screen.findByTestId("quiz-verdict")).toHaveAttribute("data-verdict", "incorrect");
    expect(screen.getByText("The right answer")).toBeInTheDocument();
    await waitFor(() => expect(screen.getByTestId("quiz-next")).toHaveFocus());
    await user.keyboard("{Enter}");
    expect(await screen.findByTestId("quiz-result")).toHaveTextContent("1 of 2 right");
    expect(answers()).toEqual([
      [5, 1, ["the hippocampus"]],
      [5, 2, ["the hippocampus"]],
    ]);
  });

  it("fills a gap in the sentence; letters go into it and choose nothing", async () => {
    const { user, answers } = await taking([SOME_ITEMS.cloze]);
    await waitFor(() => expect(screen.getByTestId("quiz-gap")).toHaveFocus());
    expect(asked()).toHaveTextContent("The is associated with memory.");
    await user.keyboard("hippocampus{Enter}");
    expect(await screen.findByTestId("quiz-verdict")).toHaveTextContent("Right");
    expect(screen.getByTestId("quiz-gap")).toHaveValue("hippocampus");
    expect(answers()).toEqual([[5, 1, ["hippocampus"]]]);
  });

  it("tells true from false with T and F", async () => {
    const { user, answers } = await taking([SOME_ITEMS["true-false"]]);
    await user.keyboard("tf{Enter}");
    expect(await screen.findByTestId("quiz-verdict")).toHaveTextContent("Right");
    expect(screen.getByTestId("quiz-false")).toHaveTextContent("Your answer, right");
    expect(answers()).toEqual([[5, 1, ["false"]]]);
  });

  it("matches terms in lists, and says of each whether it goes together", async () => {
    const { user, answers } = await taking([SOME_ITEMS.matching]);
    const right = SOME_ITEMS.matching.answer as string[];
    const lists = screen.getAllByTestId("quiz-match");
    expect(lists[0]).toHaveAccessibleName("Encoding");
    await user.selectOptions(lists[0] as HTMLElement, right[0] as string);
    await user.selectOptions(lists[2] as HTMLElement, right[0] as string);
    screen.getByTestId("quiz-answer").focus();
    await user.keyboard("{Enter}");
    await screen.findByTestId("quiz-verdict");
    expect(answers()).toEqual([[5, 1, [right[0], "", right[0]]]]);
    expect(screen.getAllByText(/Right$|is right$/).map((mark) => mark.textContent?.trim())).toEqual([
      "Right",
      "A is right",
      "B is right",
    ]);
    expect(screen.getAllByTestId("quiz-proof")).toHaveLength(3);
  });

  it("shows the points of an answer in one's own words as they are decided", async () => {
    const { backend, user } = await taking([SOME_ITEMS.short]);
    backend.marks = null;
    await waitFor(() => expect(screen.getByTestId("quiz-text")).toHaveFocus());
    await user.keyboard("Input of information.{Enter}Or so.{Control>}{Enter}{/Control}");
    const sent = backend.answering[0];
    expect(sent?.args.given).toEqual(["Input of information.\nOr so."]);
    const point = {
      text: "Encoding is input.",
      met: "met" as const,
      evidence: "Input of information.",
    };
    sent?.args.tell(point);
    expect(await screen.findByTestId("quiz-points")).toHaveTextContent("You said this");
    const missed = { text: "It is into memory.", met: "missed" as const, evidence: null };
    const [question] = backend.quizzes[0]?.questions ?? [];
    if (!question) throw new Error("no question");
    sent?.resolve(
      answeredWith(
        question,
        ["Input of information.\nOr so."],
        aGrade({
          score: 0.5,
          verdict: "unsure",
          points: [point, missed],
          feedback: "A part of it is there.",
        }),
      ),
    );
    const verdict = await screen.findByTestId("quiz-verdict");
    expect(verdict).toHaveTextContent("Not sure");
    expect(verdict).toHaveTextContent("The app could not tell");
    expect(verdict).toHaveTextContent("This was missing");
    // What comes after the answer adds nothing to it.
    sent?.args.tell(missed);
    await act();
    expect(screen.getAllByTestId("quiz-points")).toHaveLength(1);
  });

  it("passes a question over with nothing", async () => {
    const { user, answers } = await taking([SOME_ITEMS.choice, SOME_ITEMS.cloze]);
    await user.click(screen.getByTestId("quiz-skip"));
    expect(await screen.findByTestId("quiz-verdict")).toHaveTextContent("Not answered");
    expect(answers()).toEqual([[5, 1, []]]);
  });

  it("says only that it was answered where it is told at the end what was right", async () => {
    const { user } = await taking([SOME_ITEMS.choice, SOME_ITEMS.short], { feedback: "at_the_end" });
    await user.keyboard("a{Enter}");
    expect(await screen.findByTestId("quiz-verdict")).toHaveTextContent(
      "Answered. You see at the end what is right.",
    );
    expect(screen.queryByTestId("quiz-proof")).toBeNull();
    expect(screen.queryByText("The right answer")).toBeNull();
    await waitFor(() => expect(screen.getByTestId("quiz-next")).toHaveFocus());
    await user.keyboard("{Enter}");
    await user.click(screen.getByTestId("quiz-skip"));
    expect(await screen.findByTestId("quiz-result")).toHaveTextContent("0 of 2 right");
    expect(screen.getAllByTestId("quiz-proof")).toHaveLength(2);
  });

  it("leaves keys alone that are pressed elsewhere", async () => {
    const { user } = await taking([SOME_ITEMS.choice]);
    await user.type(screen.getByTestId("ask-input"), "a b 1");
    expect(screen.getByTestId("ask-input")).toHaveValue("a b 1");
    const question = within(screen.getByTestId("quiz-question"));
    expect(question.getAllByRole("radio").length).toBeGreaterThan(0);
    expect(question.queryByRole("radio", { checked: true })).toBeNull();
  });
});

describe("the way to the page and back", () => {
  it("opens the page of the proof, and Escape comes back to it", async () => {
    const { session, user } = await taking([SOME_ITEMS.choice]);
    await user.keyboard("b{Enter}");
    const proof = await screen.findByTestId("quiz-proof");
    expect(proof).toHaveTextContent("p. 4");
    expect(proof).toHaveTextContent("The hippocampus is associated with memory.");
    await user.click(proof);
    expect(session.screen).toBe("read");
    expect(await screen.findAllByTestId("highlight")).toHaveLength(1);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(proof).toHaveFocus());
    expect(session.screen).toBe("quiz");
    expect(screen.getByTestId("quiz-verdict")).toBeVisible();
  });
});

describe("leaving and coming back", () => {
  it("goes on with the first question that is not answered", async () => {
    const { user } = await taking([SOME_ITEMS.choice, SOME_ITEMS["true-false"]]);
    await user.keyboard("b{Enter}");
    await screen.findByTestId("quiz-verdict");
    await user.keyboard("{Escape}");
    const card = await screen.findByTestId("quiz-card");
    await waitFor(() => expect(card).toHaveTextContent("1 of 2 answered"));
    await waitFor(() => expect(screen.getByTestId("quiz-open")).toHaveFocus());
    await user.click(within(card).getByRole("button", { name: "Go on" }));
    expect(await screen.findByTestId("quiz-question")).toHaveAttribute("data-ordinal", "2");
  });

  it("keeps what was typed and not sent, each with its question, until it is sent", async () => {
    const other = anItem({ ...SOME_ITEMS.cloze, stem: "The _____ keeps balance.", answer: "cerebellum" });
    const { backend, session, user } = await taking([SOME_ITEMS.matching, other]);
    const lists = () => screen.getAllByTestId<HTMLSelectElement>("quiz-match").map(({ value }) => value);
    await user.selectOptions(
      screen.getAllByTestId("quiz-match")[1] as HTMLElement,
      "getting information back out",
    );
    await toHome();
    await user.click(screen.getByTestId("quiz-open"));
    await screen.findByTestId("quiz-question");
    expect(lists()).toEqual(["", "getting information back out", ""]);
    await user.click(screen.getByTestId("quiz-skip"));
    await user.click(await screen.findByTestId("quiz-next"));
    await user.type(screen.getByTestId("quiz-gap"), "cereb");
    // Another room, and back: that is another place, but the same quiz.
    await act(() => session.enter(2));
    await act(() => session.enter(1));
    await act(() => session.quizzes.open(5));
    act(() => (session.screen = "quiz"));
    expect(await screen.findByTestId("quiz-gap")).toHaveValue("cereb");
    backend.faults.set("quizAnswer", { code: "busy", message: "" });
    await user.type(screen.getByTestId("quiz-gap"), "ellum{Enter}");
    await screen.findByTestId("quiz-fault");
    await toHome();
    await user.click(screen.getByTestId("quiz-open"));
    expect(await screen.findByTestId("quiz-gap")).toHaveValue("cerebellum");
    backend.faults.clear();
    await user.click(screen.getByTestId("quiz-answer"));
    await user.click(await screen.findByTestId("quiz-next"));
    expect(await screen.findByTestId("quiz-result")).not.toHaveTextContent("Not counted any more");
    // In another library the same number is another quiz.
    await act(() => session.enter(null));
    backend.quizzes = [aQuizTaken([other])];
    await act(() => session.enter(1));
    await act(() => session.quizzes.open(5));
    act(() => (session.screen = "quiz"));
    expect(await screen.findByTestId("quiz-gap")).toHaveValue("");
  });

  it("counts only the time in which a question can be seen", async () => {
    const clock = vi.spyOn(performance, "now").mockReturnValue(1000);
    const { backend, session, user } = await taking([SOME_ITEMS.choice]);
    await act();
    clock.mockReturnValue(4000);
    session.screen = "library";
    await act();
    clock.mockReturnValue(60_000);
    session.screen = "quiz";
    await act();
    clock.mockReturnValue(62_500);
    await user.keyboard("b{Enter}");
    const call = backend.calls.find(([name]) => name === "quizAnswer");
    expect(call?.slice(-2)).toEqual([5500, "en"]);
  });

  it("puts an answer that comes late to its own quiz and no other", async () => {
    const { backend, session, user } = await taking([SOME_ITEMS.choice]);
    backend.marks = null;
    backend.quizzes = [
      ...backend.quizzes,
      aQuizTaken([anItem({ stem: "Another question" })], { quiz: 6, title: "Another" }),
    ];
    await user.keyboard("a{Enter}");
    const late = backend.answering[0];
    await toHome();
    await session.quizzes.open(6);
    expect(await screen.findByText("Another question")).toBeInTheDocument();
    const [question] = backend.quizzes[0]?.questions ?? [];
    if (!question) throw new Error("no question");
    late?.resolve(answeredWith(question, ["the cerebellum"], WRONG));
    await act();
    expect(screen.getByText("Another question")).toBeInTheDocument();
    expect(screen.queryByTestId("quiz-verdict")).toBeNull();
    expect(screen.getByTestId("quiz-news")).toHaveTextContent(/^$/);
  });

  it("shows the quiz that was opened last, whichever comes first", async () => {
    const { backend, session } = await taking([SOME_ITEMS.choice]);
    const slow = aQuizTaken([SOME_ITEMS.cloze], { quiz: 6 });
    let come = () => {};
    const { quizOpen } = backend;
    backend.quizOpen = (quiz, language) =>
      quiz === 6 ? new Promise((resolve) => (come = () => resolve(slow))) : quizOpen(quiz, language);
    const opening = session.quizzes.open(6);
    await session.quizzes.open(5);
    come();
    await opening;
    expect(session.quizzes.taking?.quiz.quiz).toBe(5);
  });
});

describe("a time limit", () => {
  afterEach(() => void vi.useRealTimers());

  it("ends the quiz at nothing, shows the result and what was not sent any more", async () => {
    const { backend, session } = await open();
    vi.useFakeTimers();
    backend.quizzes = [
      aQuizTaken([SOME_ITEMS.cloze], {
        time_limit_s: 120,
        created: Date.now() - 50_000,
        feedback: "at_the_end",
      }),
    ];
    session.screen = "quiz";
    await session.quizzes.open(5);
    await act();
    expect(screen.getByTestId("quiz-clock")).toHaveTextContent("1:10");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(screen.getByTestId("quiz-clock")).toHaveTextContent("1:00");
    expect(screen.getByTestId("quiz-news")).toHaveTextContent("1:00 left.");
    session.quizzes.taking?.give("hippoc");
    await vi.advanceTimersByTimeAsync(59_000);
    expect(screen.getByTestId("quiz-clock")).toHaveTextContent("0:01");
    expect(backend.calls.some(([name]) => name === "quizEnd")).toBe(false);
    await vi.advanceTimersByTimeAsync(2000);
    const result = screen.getByTestId("quiz-result");
    expect(result).toHaveTextContent("0 of 1 right");
    expect(result).toHaveTextContent("The time was up.");
    expect(result).toHaveTextContent("hippoc");
    expect(backend.calls.filter(([name]) => name === "quizEnd")).toEqual([["quizEnd", 5]]);
  });

  it("does nothing any more for a quiz that was left", async () => {
    const { backend, session } = await open();
    vi.useFakeTimers();
    backend.quizzes = [aQuizTaken([SOME_ITEMS.cloze], { time_limit_s: 60 })];
    await session.quizzes.open(5);
    await session.quizzes.home();
    await vi.advanceTimersByTimeAsync(90_000);
    expect(backend.calls.some(([name]) => name === "quizEnd")).toBe(false);
  });
});

describe("when an answer can't be stored", () => {
  it("keeps what was typed, says why, and takes it again", async () => {
    const { backend, user } = await taking([SOME_ITEMS.short]);
    backend.faults.set("quizAnswer", { code: "read_only", message: "" });
    await user.type(screen.getByTestId("quiz-text"), "Input into memory");
    await user.click(screen.getByTestId("quiz-answer"));
    const fault = await screen.findByTestId("quiz-fault");
    expect(fault).toHaveTextContent("The library can’t be written to");
    expect(fault).toHaveTextContent("What you typed is still here");
    expect(screen.getByTestId("quiz-text")).toHaveValue("Input into memory");
    backend.faults.clear();
    await user.click(screen.getByTestId("quiz-answer"));
    expect(await screen.findByTestId("quiz-verdict")).toBeInTheDocument();
    expect(screen.queryByTestId("quiz-fault")).toBeNull();
  });

  it("says that the quiz has ended meanwhile, and leads to the result", async () => {
    const { backend, user } = await taking([SOME_ITEMS.cloze]);
    await backend.quizEnd(5);
    backend.faults.set("quizAnswer", { code: "invalid", message: "The time of this test is up." });
    await user.type(screen.getByTestId("quiz-gap"), "hippocampus{Enter}");
    expect(await screen.findByTestId("quiz-fault")).toHaveTextContent("What you typed was not counted");
    expect(screen.getByTestId("quiz-gap")).toHaveValue("hippocampus");
    expect(screen.queryByTestId("quiz-answer")).toBeNull();
    await user.click(screen.getByTestId("quiz-next"));
    expect(await screen.findByTestId("quiz-result")).toHaveTextContent("0 of 1 right");
  });
});

describe("an answer that was marked otherwise", () => {
  it("counts as the person says, and as before once that is taken back", async () => {
    const { backend, user } = await taking([SOME_ITEMS.choice]);
    await user.keyboard("a{Enter}");
    await user.click(await screen.findByTestId("quiz-appeal"));
    await user.click(screen.getByTestId("quiz-appeal-correct"));
    const verdict = screen.getByTestId("quiz-verdict");
    await waitFor(() => expect(verdict).toHaveAttribute("data-verdict", "correct"));
    expect(verdict).toHaveTextContent("You marked it yourself. The app said: wrong.");
    await user.click(screen.getByTestId("quiz-next"));
    expect(await screen.findByTestId("quiz-result")).toHaveTextContent("1 of 1 right");
    expect(screen.queryByTestId("quiz-again")).toBeNull();
    await user.click(screen.getByTestId("quiz-appeal"));
    await user.click(screen.getByTestId("quiz-appeal-none"));
    await waitFor(() => expect(screen.getByTestId("quiz-result")).toHaveTextContent("0 of 1 right"));
    expect(backend.calls.filter(([name]) => name === "quizAppeal").map((call) => call.at(-1))).toEqual([
      "correct",
      null,
    ]);
  });
});

describe("the result", () => {
  it("asks the wrong ones again in a quiz of their own", async () => {
    const { session, user } = await taking([SOME_ITEMS.choice, SOME_ITEMS["true-false"]]);
    await user.keyboard("b{Enter}");
    await user.click(await screen.findByTestId("quiz-next"));
    await user.keyboard("t{Enter}");
    await user.click(await screen.findByTestId("quiz-next"));
    const questions = await screen.findAllByTestId("quiz-result-question");
    expect(questions.map((question) => question.dataset.verdict)).toEqual(["correct", "incorrect"]);
    expect(questions[1]).toHaveTextContent(/You\s*True\s*Right\s*False/);
    await user.click(screen.getByTestId("quiz-again"));
    expect(await screen.findByTestId("quiz-question")).toHaveTextContent("The pons");
    expect(session.quizzes.taking?.questions).toHaveLength(1);
  });

  it("offers another quiz like it", async () => {
    const { user, session } = await taking([SOME_ITEMS.choice, SOME_ITEMS["true-false"]], {
      feedback: "at_the_end",
      time_limit_s: 300,
    });
    await user.click(screen.getByTestId("quiz-end"));
    await user.click(screen.getByTestId("confirm-deed"));
    await user.click(await screen.findByTestId("quiz-another"));
    await screen.findByTestId("quiz-make");
    expect(session.quizzes.form.request(1)).toMatchObject({
      documents: [1],
      kinds: ["choice", "true-false"],
      count: 2,
      manner: { feedback: "at_the_end", time_limit_s: 300 },
      language: "en",
    });
  });
});
