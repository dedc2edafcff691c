import { act, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { open } from "./open";
import { aDraft, anItem, SOME_ITEMS } from "./quizDouble";

const stems = ["Which part is first?", "Which part is second?", "Which part is third?"];

/** The window with three questions that wait. */
async function looking(bodies = stems.map((stem) => anItem({ stem, confidence: 0.5 }))) {
  const opened = await open((backend) => {
    backend.drafts = bodies.map((body, at) => aDraft({ item: at + 1, body }));
    backend.decisions = [
      {
        maker: "rules",
        kind: "choice",
        approved: 4,
        rejected: [
          ["ambiguous", 2],
          ["wrong-key", 1],
        ],
      },
    ];
  });
  await opened.user.click(screen.getByTestId("tab-quiz"));
  await opened.user.click(await screen.findByTestId("drafts-open"));
  await screen.findByTestId("draft");
  return opened;
}

const heading = () => within(screen.getByTestId("draft")).getByRole("heading", { level: 2 });
const shows = (stem: string | undefined) => waitFor(() => expect(heading()).toHaveTextContent(stem ?? ""));

describe("questions that wait for a look", () => {
  it("are shown with what counts as right, the words behind it, and how sure the app is", async () => {
    const { session, user } = await looking();
    const draft = screen.getByTestId("draft");
    expect(draft).toHaveTextContent("The app has doubts about this question.");
    expect(within(draft).getByText("Counts as right").parentElement).toHaveTextContent("the hippocampus");
    expect(screen.getByTestId("drafts-decided")).toHaveTextContent(
      "4 approved, 3 turned down (the answer is wrong: 1; more than one answer is right: 2)",
    );
    await user.click(screen.getByTestId("quiz-proof"));
    expect(session.screen).toBe("read");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.getByTestId("quiz-proof")).toHaveFocus());
  });

  it("are approved, turned down and taken back by keys alone", async () => {
    const { backend, user } = await looking();
    const decisions = () => backend.calls.filter(([name]) => /^draft[AR]/.test(name));
    await user.keyboard("{ArrowRight}");
    await shows(stems[1]);
    await user.keyboard("a");
    await shows(stems[2]);
    await user.keyboard("2");
    expect(decisions()).toEqual([["draftApprove", 2, null]]);
    await user.keyboard("r");
    expect(screen.getAllByTestId("draft-reason")).toHaveLength(4);
    await user.keyboard("2");
    await shows(stems[0]);
    await user.keyboard("u");
    await shows(stems[2]);
    await user.keyboard("u");
    await shows(stems[1]);
    expect(screen.queryByTestId("draft-undo")).toBeNull();
    expect(decisions().map(([name, item]) => [name, item])).toEqual([
      ["draftApprove", 2],
      ["draftReject", 3],
      ["draftReopen", 3],
      ["draftReopen", 2],
    ]);
    expect(screen.getByText("2 of 3")).toBeInTheDocument();
  });

  it("can be taken back when the last one was decided on", async () => {
    const { user } = await looking([anItem({ stem: "The only one?" })]);
    await user.click(screen.getByTestId("draft-reject"));
    await user.click(screen.getByText("Not worth asking"));
    expect(await screen.findByTestId("drafts-empty")).toBeInTheDocument();
    await waitFor(() => expect(screen.getByTestId("draft-undo")).toHaveFocus());
    await user.keyboard("u");
    await shows("The only one?");
  });

  it("are put right in fields, where letters are only letters, and approved with that", async () => {
    const { backend, user } = await looking();
    await user.keyboard("e");
    const stem = await screen.findByTestId("draft-stem");
    await waitFor(() => expect(stem).toHaveFocus());
    await user.clear(stem);
    await user.click(screen.getByTestId("draft-save"));
    expect(screen.getByRole("alert")).toHaveTextContent("Write what is asked.");
    await user.type(stem, "Are rare areas real?");
    const right = screen.getAllByTestId("draft-option")[1] as HTMLElement;
    await user.clear(right);
    await user.type(right, "the hippocampi ");
    await user.click(screen.getByTestId("draft-save"));
    await shows(stems[1]);
    expect(backend.calls.filter(([name]) => /^draft[AR]/.test(name))).toEqual([
      [
        "draftApprove",
        1,
        {
          ...anItem({ confidence: 0.5 }),
          stem: "Are rare areas real?",
          options: ["the cerebellum", "the hippocampi", "the amygdala", "the pons"],
          answer: "the hippocampi",
        },
      ],
    ]);
  });

  it("keep what was written when it can’t be saved", async () => {
    const { backend, user } = await looking();
    backend.faults.set("draftApprove", { code: "read_only", message: "" });
    await user.click(screen.getByTestId("draft-edit"));
    await user.type(await screen.findByTestId("draft-explanation"), " Indeed.");
    await user.click(screen.getByTestId("draft-save"));
    expect(await screen.findByText("The library can’t be written to")).toBeInTheDocument();
    expect(screen.getByTestId("draft-explanation")).toHaveValue(
      "The hippocampus is associated with memory. Indeed.",
    );
  });

  it("stay as they are when writing is given up", async () => {
    const { backend, user, session } = await looking([SOME_ITEMS.cloze]);
    await user.keyboard("e");
    await user.type(await screen.findByTestId("draft-answer"), "x{Escape}");
    await waitFor(() => expect(heading()).toHaveFocus());
    expect(screen.getByTestId("draft")).toHaveTextContent("hippocampus");
    expect(session.quizzes.view).toBe("drafts");
    expect(backend.calls.some(([name]) => name === "draftApprove")).toBe(false);
  });

  it("are decided on once, however long a key is held down", async () => {
    const { backend, session } = await looking();
    const { drafts } = session.quizzes;
    await Promise.all([drafts.approve(), drafts.approve()]);
    expect(backend.calls.filter(([name]) => name === "draftApprove")).toEqual([["draftApprove", 1, null]]);
    await act();
    await shows(stems[1]);
  });
});
