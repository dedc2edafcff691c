import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";

import { anAnswer, aTurn } from "./double";
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
    backend.asks[1]?.args.tell({ type: "started", conversation: "3", turn: 8 });
    backend.asks[1]?.resolve(anAnswer({ turn: 8 }));
    await screen.findByTestId("answer");
    // Only what was told to have begun has a version.
    expect(screen.queryByTestId("version")).toBeNull();
  });

  it("leads from one version to the other", async () => {
    const { backend, user } = await open((backend) => {
      backend.conversations = two;
      backend.turns = [aTurn({ versions: [5, 7] })];
    });
    expect(await screen.findByTestId("version")).toHaveTextContent("2 of 2");
    expect(screen.getByTestId("version-next")).toBeDisabled();
    await user.click(screen.getByTestId("version-before"));
    expect(backend.calls).toContainEqual(["conversationShow", 5]);
  });

  it("edits a question in its place; Escape leaves it as it was", async () => {
    const { backend, user } = await answered();
    await user.click(screen.getByTestId("ask-edit"));
    await user.keyboard("{Escape}");
    expect(screen.queryByTestId("edit-question")).toBeNull();
    await user.click(screen.getByTestId("ask-edit"));
    expect(screen.getByTestId("edit-ask")).toBeDisabled();
    await user.type(screen.getByTestId("edit-question"), " else?{Enter}");
    expect(backend.asks[1]?.args).toMatchObject({ text: "How? else?", beside: 7 });
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
    expect(backend.calls).toContainEqual(["conversationTurns", "4"]);
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
