import { act, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";

import { aCitation, anAnswer, aTurn } from "./double";
import { answered, open } from "./open";

const two = [
  { conversation: "3", room: 1, title: "Memory", created: 0, updated: 2, turns: 1 },
  { conversation: "4", room: 1, title: "Sleep", created: 0, updated: 1, turns: 1 },
];

describe("versions of a question", () => {
  it("asks again in another way, and shows which of the versions is on show", async () => {
    const { backend, user } = await answered();
    await user.click(screen.getByTestId("ask-otherwise"));
    await user.click(screen.getByTestId("mode-simply"));
    expect(backend.asks[1]?.args).toMatchObject({ mode: "simply", text: "How?", beside: 7 });
    expect(screen.getByTestId("exchange-mode")).toHaveTextContent("Explain simply");
    expect(screen.getByTestId("ask-input")).toHaveFocus();
    backend.asks[1]?.args.tell({ type: "started", conversation: "3", turn: 8 });
    backend.asks[1]?.resolve(anAnswer({ turn: 8 }));
    await screen.findByTestId("answer");
    expect(screen.getByTestId("version")).toHaveTextContent("2 of 2");
  });

  it("leads from one version to the other", async () => {
    const { backend, user } = await open((backend) => {
      backend.conversations = two;
      backend.turns = [aTurn({ versions: [5, 7] })];
    });
    expect(await screen.findByTestId("version")).toHaveTextContent("2 of 2");
    expect(screen.getByTestId("version-next")).toBeDisabled();
    backend.turns = [aTurn({ turn: 5, versions: [5, 7] })];
    await user.click(screen.getByTestId("version-before"));
    expect(backend.calls).toContainEqual(["conversationShow", 5]);
    expect(screen.getByTestId("version")).toHaveTextContent("1 of 2");
    // The one it was on leads nowhere any more.
    await waitFor(() => expect(screen.getByTestId("version-next")).toHaveFocus());
  });

  it("says why there is no answer in another way, beside the one that there is", async () => {
    const { backend, user } = await open((backend) => {
      backend.conversations = two;
      backend.turns = [aTurn({ versions: [5, 7], answer: "Memory lasts [1]." })];
    });
    await user.click(await screen.findByTestId("ask-again"));
    backend.asks[0]?.reject({ code: "busy", message: "Another window is using the library." });
    expect(await screen.findByText("Another window is using the library.")).toBeInTheDocument();
    expect(screen.getByTestId("answer")).toHaveTextContent("Memory lasts");
    expect(screen.getByTestId("version")).toHaveTextContent("2 of 2");
    await user.click(screen.getByTestId("ask-again"));
    backend.asks[1]?.args.tell({ type: "started", conversation: "3", turn: 9 });
    backend.asks[1]?.reject({ code: "executor_failed", message: "The model gave up." });
    expect(await screen.findByTestId("ask-failed")).toHaveTextContent("The model gave up.");
    expect(screen.getByTestId("version")).toHaveTextContent("3 of 3");
  });

  it("edits a question in its place; Escape leaves it as it was", async () => {
    const { backend, user } = await answered();
    await user.click(screen.getByTestId("ask-edit"));
    await user.keyboard("{Escape}");
    expect(screen.queryByTestId("edit-question")).toBeNull();
    await waitFor(() => expect(screen.getByTestId("ask-edit")).toHaveFocus());
    await user.keyboard("{Enter}");
    expect(screen.getByTestId("edit-question")).toHaveFocus();
    expect(screen.getByTestId("edit-ask")).toBeDisabled();
    await user.type(screen.getByTestId("edit-question"), " else?{Enter}");
    expect(backend.asks[1]?.args).toMatchObject({ text: "How? else?", beside: 7 });
    await waitFor(() => expect(screen.getByTestId("ask-input")).toHaveFocus());
  });

  it("keeps a question that is being edited when its panel is closed or moved", async () => {
    const { backend, session, user } = await answered();
    await user.click(screen.getByTestId("ask-edit"));
    await user.type(screen.getByTestId("edit-question"), " else");
    await user.keyboard("{Control>}b{/Control}");
    expect(screen.queryByTestId("edit-question")).toBeNull();
    await user.keyboard("{Control>}b{/Control}");
    const field = await screen.findByTestId("edit-question");
    expect(field).toHaveValue("How? else");
    expect(field).toHaveFocus();
    backend.turns = [aTurn({ question: "How?" })];
    await act(() => session.ask.open("3"));
    await user.type(screen.getByTestId("edit-question"), "where{Enter}");
    expect(backend.asks[1]?.args).toMatchObject({ text: "How? elsewhere", beside: 7 });
    expect(screen.queryByTestId("edit-question")).toBeNull();
  });

  it("edits a question with Tab and Enter alone, and cancels with them", async () => {
    const { backend, user } = await answered();
    screen.getByTestId("ask-edit").focus();
    await user.keyboard("{Enter} else?{Shift>}{Enter}{/Shift}And why?{Tab}");
    expect(screen.getByTestId("edit-ask")).toHaveFocus();
    await user.keyboard("{Tab}{Enter}");
    expect(screen.queryByTestId("edit-question")).toBeNull();
    expect(backend.asks).toHaveLength(1);
    await waitFor(() => expect(screen.getByTestId("ask-edit")).toHaveFocus());
    await user.keyboard("{Enter}!{Tab}{Enter}");
    expect(backend.asks[1]?.args).toMatchObject({ text: "How?!", beside: 7 });
  });

  it("hides where the answers of a quiz are until they are asked for", async () => {
    await open((backend) => {
      backend.conversations = two;
      backend.turns = [aTurn({ mode: "quiz" })];
    });
    expect(await screen.findByTestId("quiz-answers")).not.toHaveAttribute("open");
  });

  it("copies an answer with its sources", async () => {
    const { user } = await answered();
    const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    await user.click(screen.getByTestId("answer-copy"));
    expect(write).toHaveBeenCalledWith(expect.stringMatching(/^Memory lasts \[1\]\.\n\n\[1\] .+: “.+”$/));
  });
});

describe("a long summary", () => {
  it("shows which part is being read, before its first words and below them", async () => {
    const { backend, user } = await open();
    await user.click(screen.getByTestId("document-menu"));
    await user.click(screen.getByTestId("document-summary"));
    const { tell } = backend.asks[0]?.args ?? {};
    const progress = (part: number) => ({ title: "Sleep", part, parts: 12, request: 1, requests: 1 });
    tell?.({ type: "started", conversation: "3", turn: 7 });
    expect(screen.getByTestId("ask-progress")).toHaveTextContent("Looking through your documents");
    tell?.({ type: "progress", progress: progress(1) });
    await waitFor(() =>
      expect(screen.getByTestId("ask-progress")).toHaveTextContent("Reading part 1 of 12: Sleep"),
    );
    tell?.({ type: "delta", text: "- Memory: It lasts.", markdown: false });
    tell?.({ type: "progress", progress: progress(2) });
    await screen.findByTestId("answer");
    expect(screen.getByTestId("ask-progress")).toHaveTextContent("Reading part 2 of 12: Sleep");
    expect(screen.getByTestId("ask-announcement")).toHaveTextContent("Reading part 1 of 12");
    backend.asks[0]?.resolve(anAnswer());
    await waitFor(() => expect(screen.queryByTestId("ask-progress")).toBeNull());
  });
});

describe("all conversations", () => {
  it("are searched by their words, and lead to the turn that has them", async () => {
    const { backend, user } = await open((backend) => {
      backend.conversations = two;
      backend.turns = [aTurn()];
      backend.found = [
        {
          conversation: two[1] as (typeof two)[0],
          turn: 9,
          created: 0,
          question: [{ text: "Why do we sleep?", found: false }],
          excerpt: [
            { text: "Because of ", found: false },
            { text: "adenosine", found: true },
          ],
        },
      ];
    });
    await user.click(screen.getByTestId("conversations-toggle"));
    await user.type(screen.getByTestId("conversations-search"), "adeno");
    const hit = await screen.findByTestId("conversation-found");
    expect(within(hit).getByText("adenosine").tagName).toBe("MARK");
    await user.click(hit);
    await waitFor(() => expect(backend.calls).toContainEqual(["conversationShow", 9]));
    expect(backend.calls).toContainEqual(["conversationTurns", "4", null, 200]);
  });

  it("are exported as Markdown", async () => {
    const { backend, user } = await open((backend) => {
      backend.conversations = two;
      backend.turns = [aTurn()];
    });
    await user.click(screen.getByTestId("conversations-toggle"));
    await user.click(screen.getAllByTestId("conversation-menu")[0] as HTMLElement);
    await user.click(screen.getByTestId("conversation-export"));
    expect(await screen.findByText("/notes/How memory works.md")).toBeInTheDocument();
    expect(backend.calls).toContainEqual(["conversationExport", "3"]);
  });

  it("say why an export could not be written, and where", async () => {
    const { backend, user } = await open((backend) => {
      backend.conversations = two;
      backend.turns = [aTurn()];
    });
    const message = "/media/stick/Memory.md could not be written: Permission denied. Choose another place.";
    backend.faults.set("conversationExport", { code: "unreadable", message });
    await user.click(screen.getByTestId("conversations-toggle"));
    await user.click(screen.getAllByTestId("conversation-menu")[0] as HTMLElement);
    await user.click(screen.getByTestId("conversation-export"));
    expect(await screen.findByText(message)).toBeInTheDocument();
    expect(screen.getByText("Not exported")).toBeInTheDocument();
  });

  it("say what remote models have cost", async () => {
    await open((backend) => {
      backend.conversations = two;
      backend.turns = [aTurn()];
      backend.spent = { conversation: 1200, day: 5000, budgets: { conversation: 100_000, day: 500_000 } };
    });
    expect(await screen.findByTestId("ask-spent")).toHaveTextContent("1,200 of 100,000");
  });
});

describe("a document in short", () => {
  it("is summarised from its card", async () => {
    const { backend, user } = await open();
    await user.click(screen.getByTestId("document-menu"));
    await user.click(screen.getByTestId("document-summary"));
    expect(backend.asks[0]?.args).toMatchObject({ mode: "summary", subject: { document: 1, section: null } });
  });
});

describe("an answer", () => {
  it("can be asked about: the quiz is of what it cites", async () => {
    const { backend, session, user } = await open((backend) => {
      backend.conversations = two;
      backend.turns = [aTurn({ turn: 7, answer: "Memory lasts [1].", citations: [aCitation()] })];
    });
    await user.click(await screen.findByTestId("answer-quiz"));
    expect(await screen.findByTestId("quiz-documents")).toHaveTextContent("What the answer cites");
    expect(session.quizzes.form.request(1)).toMatchObject({ turn: 7, documents: [], section: null });
    await session.quizzes.form.choose([1]);
    expect(session.quizzes.form.request(1)).toMatchObject({ turn: null, documents: [1] });
    expect(backend.asks).toHaveLength(0);
  });
});

describe("the section on show", () => {
  /** The menu of what can be made of the section that is read. */
  async function studied() {
    const opened = await open((backend) => {
      backend.outlines.set(1, [
        { level: 1, title: "Memory", page: 1 },
        { level: 2, title: "Encoding", page: 10 },
        { level: 2, title: "Storage", page: 20 },
      ]);
    });
    opened.session.show({ document: 1, title: "Psychology 2e", page: 12, boxes: [] });
    await opened.user.click(await screen.findByTestId("section-study"));
    return opened;
  }

  it("is what a quiz from the page is of", async () => {
    const { session, user } = await studied();
    await user.click(screen.getByTestId("section-quiz"));
    await waitFor(() => expect(session.quizzes.form.section).toBe(1));
    expect([session.screen, session.quizzes.view]).toEqual(["quiz", "form"]);
  });

  it("is what a summary from the page is of", async () => {
    const { backend, user } = await studied();
    await user.click(screen.getByTestId("section-guide"));
    await waitFor(() => expect(backend.asks).toHaveLength(1));
    expect(backend.asks[0]?.args).toMatchObject({
      mode: "guide",
      subject: { document: 1, section: 1 },
      text: "Study guide to “Encoding, Psychology 2e”",
    });
  });
});
