import { act, createEvent, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";

import { showLanguage } from "../src/i18n/i18n.svelte";
import { aCitation, anAnswer, aProvenance, aTurn, type Double } from "./double";
import { answered, open } from "./open";

const conversation = (id: string, title = "Memory") => ({
  conversation: id,
  room: 1,
  title,
  created: 0,
  updated: 10 - Number(id),
  turns: 1,
});

/** A conversation of so many turns, each a question with its number. */
const long = (count: number) => (backend: Double) => {
  backend.conversations = [conversation("3")];
  backend.turns = Array.from({ length: count }, (_, at) =>
    aTurn({
      turn: at + 1,
      ordinal: at + 1,
      question: `Question ${at + 1}?`,
      answer: at === 4 ? "About Café culture [1]." : "Yes [1].",
    }),
  );
};

const written = (text: string) => (backend: Double) => {
  backend.conversations = [conversation("3")];
  backend.turns = [aTurn({ answer: text, provenance: aProvenance({ model: "m", written: text.length }) })];
};

const questions = () =>
  screen.getAllByTestId("exchange").map((exchange) => exchange.querySelector("h3")?.textContent?.trim());

afterEach(() => showLanguage("en"));

describe("a conversation of 20,000 turns", () => {
  it("opens at its end, with a few of them in the tree, and tells how many there are", async () => {
    await open(long(20_000));
    await screen.findByText("Question 20000?");
    expect(screen.getAllByTestId("exchange").length).toBeLessThan(30);
    const last = screen.getAllByTestId("exchange").at(-1);
    expect(last).toHaveAttribute("aria-posinset", "20000");
    expect(last).toHaveAttribute("aria-setsize", "20000");
    expect(screen.getByRole("feed", { name: "Conversation" })).toHaveAttribute("tabindex", "0");
  });

  it("is read as far back as somebody goes, and no further", async () => {
    const { backend, session } = await open(long(1000));
    await screen.findByText("Question 1000?");
    const reads = () => backend.calls.filter(([name]) => name === "conversationTurns");
    expect(reads()).toEqual([["conversationTurns", "3", null, 200]]);
    await act(() => session.ask.seek(810));
    await screen.findByText("Question 810?");
    await waitFor(() => expect(reads()).toHaveLength(2));
    expect(reads()[1]).toEqual(["conversationTurns", "3", 801, 200]);
    // What is read has stayed where it was.
    expect(screen.getByText("Question 810?")).toBeInTheDocument();
    const shown = screen.getAllByTestId("exchange").find((it) => it.textContent?.includes("Question 810?"));
    expect(shown).toHaveAttribute("aria-posinset", "810");
    expect(shown).toHaveAttribute("aria-setsize", "1000");
    expect(session.ask.earlier).toBe(600);
    await act(() => session.ask.seek(1));
    await screen.findByText("Question 1?");
    expect(session.ask.earlier).toBe(0);
    expect(reads().slice(2)).toEqual([["conversationTurns", "3", 601, 1000]]);
  });

  it("leads to the turns that have the words looked for, the last ones first, whatever their accents", async () => {
    const { user } = await open(long(3000));
    await screen.findByText("Question 3000?");
    await user.click(screen.getByTestId("ask-find-open"));
    await user.type(screen.getByTestId("ask-find"), "question 12");
    const told = () => expect(screen.getByTestId("ask-find-told")).toHaveTextContent("1 of 111");
    // It reads the whole of it once.
    await waitFor(told, { timeout: 5000 });
    expect(questions()).toContain("Question 1299?");
    await user.keyboard("{Shift>}{Enter}{/Shift}");
    expect(screen.getByTestId("ask-find-told")).toHaveTextContent("111 of 111");
    await waitFor(() => expect(questions()).toContain("Question 12?"));
    await user.clear(screen.getByTestId("ask-find"));
    await user.type(screen.getByTestId("ask-find"), "cafe CULTURE");
    await waitFor(() => expect(questions()).toContain("Question 5?"));
    await user.keyboard("{Escape}");
    expect(screen.queryByTestId("ask-find")).toBeNull();
    await waitFor(() => expect(screen.getByTestId("ask-find-open")).toHaveFocus());
  });

  it("is where it was left when one comes back to it", async () => {
    const { session, user } = await open((backend) => {
      long(3000)(backend);
      backend.conversations = [conversation("3"), conversation("4", "Sleep")];
    });
    await screen.findByText("Question 3000?");
    await act(() => session.ask.seek(1500));
    await waitFor(() => expect(questions()).toContain("Question 1500?"));
    await user.click(screen.getByTestId("conversations-toggle"));
    await user.click(screen.getByTestId("conversations-toggle"));
    await waitFor(() => expect(questions()).toContain("Question 1500?"));
    await act(() => session.ask.open("4"));
    expect(screen.queryByTestId("exchange")).toBeNull();
    await act(() => session.ask.open("3"));
    await waitFor(() => expect(questions()).toContain("Question 1500?"));
  });
});

it("a conversation that is on its way has its shape", async () => {
  await open((backend) => {
    backend.conversations = [conversation("3")];
    backend.conversationTurns = () => new Promise(() => {});
  });
  const shape = await screen.findByTestId("thread-loading");
  expect(within(shape).getByRole("status")).toHaveTextContent("Opening the conversation");
  expect(screen.getByTestId("thread")).toHaveAttribute("aria-busy", "true");
});

describe("a link in an answer", () => {
  const LINK = "Read [on](https://bank.example@evil.example/a).";

  it("is followed by nothing before it was looked at, with where it leads set off", async () => {
    const { backend, user } = await open(written(LINK));
    await user.click(await screen.findByTestId("answer-link"));
    const dialog = screen.getByRole("dialog", { name: "Open this in the browser?" });
    expect(within(dialog).getByTestId("link-address")).toHaveTextContent(
      "https://bank.example@evil.example/a",
    );
    expect(within(dialog).getByTestId("link-host")).toHaveTextContent(/^evil\.example$/);
    expect(backend.calls.some(([name]) => name === "linkOpen")).toBe(false);
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).toBeNull();
    await waitFor(() => expect(screen.getByTestId("answer-link")).toHaveFocus());
    expect(backend.calls.some(([name]) => name === "linkOpen")).toBe(false);
  });

  it("is opened by the system, or copied", async () => {
    const { backend, user } = await open(written(LINK));
    const copied = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    await user.click(await screen.findByTestId("answer-link"));
    await user.click(screen.getByTestId("link-open"));
    expect(backend.calls).toContainEqual(["linkOpen", "https://bank.example@evil.example/a"]);
    expect(screen.queryByTestId("link-dialog")).toBeNull();
    await user.click(screen.getByTestId("answer-link"));
    await user.click(screen.getByTestId("link-copy"));
    expect(copied).toHaveBeenCalledWith("https://bank.example@evil.example/a");
  });
});

describe("a source", () => {
  it("shows its words while its number has the focus, until Escape", async () => {
    const { user } = await answered("Memory lasts [1].", {
      citations: [aCitation({ quote: "Memory lasts.\n  A while." })],
    });
    const chip = screen.getByTestId("citation-chip");
    const focused = vi.spyOn(chip, "matches").mockReturnValue(true);
    await act(() => chip.focus());
    const card = await screen.findByRole("tooltip");
    expect(card).toHaveTextContent("Psychology 2e p. 4 Memory lasts. A while.");
    expect(chip).toHaveAccessibleDescription(/A while/);
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("tooltip")).toBeNull();
    expect(chip).toHaveFocus();
    focused.mockRestore();
  });

  it("is dragged out as a quotation with its place, from its number and from its card", async () => {
    await answered("Memory lasts [1].", { citations: [aCitation({ quote: "Memory lasts." })] });
    for (const source of [
      screen.getByTestId("citation-chip"),
      screen.getByTestId("source").closest("li") as Element,
    ]) {
      expect(source).toHaveAttribute("draggable", "true");
      const given = new Map<string, string>();
      const event = createEvent.dragStart(source);
      Object.assign(event, {
        dataTransfer: { setData: (type: string, text: string) => given.set(type, text) },
      });
      await fireEvent(source, event);
      expect(given.get("text/plain")).toBe("“Memory lasts.” (Psychology 2e, p. 4)");
      expect(given.get("text/html")).toContain("<cite>Psychology 2e</cite>, p. 4");
    }
  });

  it("goes onto a card with the answer", async () => {
    const { session, user } = await answered("Memory *lasts* [1].");
    await user.click(screen.getByTestId("answer-card"));
    expect(session.cards.editor).toMatchObject({ kind: "basic", front: "How?", back: "Memory \\*lasts\\*." });
    expect(session.cards.editor?.source).toMatchObject({ title: "Psychology 2e" });
  });
});

describe("what a screen reader is told", () => {
  it("is that an answer comes, and then the whole of it, once", async () => {
    const { backend, session, user } = await open();
    await user.type(screen.getByTestId("ask-input"), "How?{Enter}");
    const told: string[] = [];
    const listen = () => {
      const words = screen.getByTestId("ask-announcement").textContent?.trim() ?? "";
      if (words !== told.at(-1)) told.push(words);
    };
    listen();
    for (const text of ["Memory ", "lasts ", "[1]."]) {
      await act(() => backend.asks[0]?.args.tell({ type: "delta", text, markdown: false }));
      listen();
    }
    await act(() => backend.asks[0]?.resolve(anAnswer({ text: "Memory lasts [1]." })));
    await waitFor(() => expect(session.ask.running).toBe(false));
    listen();
    expect(told).toEqual(["Looking through your documents.", "Answering.", "Memory lasts. One source."]);
    expect(screen.getByTestId("ask-alarm")).toHaveTextContent(/^$/);
  });

  it("is told at once, and once, when none can be made; asking again is a press away", async () => {
    const { backend, user } = await open();
    await user.type(screen.getByTestId("ask-input"), "How?{Enter}");
    backend.asks[0]?.reject({ code: "executor_failed", message: "The model gave up." });
    expect(await screen.findByTestId("ask-failed")).toHaveTextContent("The model gave up.");
    const alarm = screen.getByTestId("ask-alarm");
    expect(alarm).toHaveTextContent(/^No answer could be made\. The model gave up\.$/);
    expect(alarm).toHaveAttribute("aria-live", "assertive");
    // What is on show says nothing by itself: it comes and goes as the view moves.
    expect(screen.getByTestId("ask-failed").closest("[role=alert], [aria-live]")).toBeNull();
    expect(screen.getByTestId("ask-announcement")).toHaveTextContent(/^$/);
    await waitFor(() => expect(screen.getByTestId("ask-input")).toHaveValue("How?"));
    await user.click(screen.getByTestId("ask-retry"));
    expect(backend.asks[1]?.args).toMatchObject({ text: "How?", beside: null });
    expect(screen.getByTestId("ask-input")).toHaveValue("");
    expect(screen.getByTestId("ask-alarm")).toHaveTextContent(/^$/);
    expect(screen.getAllByTestId("exchange")).toHaveLength(1);
  });

  it("leads to the settings where asking again mends nothing", async () => {
    const { backend, session, user } = await open();
    await user.type(screen.getByTestId("ask-input"), "How?{Enter}");
    backend.asks[0]?.reject({ code: "native_part_missing", message: "The model is not there." });
    await user.click(await screen.findByTestId("ask-settings"));
    expect(session.screen).toBe("settings");
  });
});

describe("what is being written", () => {
  it("belongs to its conversation, and outlives the window", async () => {
    const { session, user } = await open((backend) => {
      backend.conversations = [conversation("3"), conversation("4", "Sleep")];
      backend.turns = [aTurn()];
    });
    const field = screen.getByTestId("ask-input");
    await user.type(field, "And sleep");
    await act(() => session.ask.open("4"));
    expect(field).toHaveValue("");
    await user.type(field, "Why");
    await act(() => session.ask.fresh());
    expect(field).toHaveValue("");
    await act(() => session.ask.open("3"));
    expect(field).toHaveValue("And sleep");
    await waitFor(() => expect(localStorage.getItem("drafts")).toContain("And sleep"));
    const { session: again } = await open((backend) => {
      backend.conversations = [conversation("4", "Sleep")];
    });
    await waitFor(() => expect(again.ask.draft).toBe("Why"));
  });

  it("brings earlier questions back into an empty field, and never replaces what was written", async () => {
    const { user } = await open((backend) => {
      backend.conversations = [conversation("3")];
      backend.turns = ["One?", "Two?", "One?"].map((question, at) => aTurn({ turn: at + 1, question }));
    });
    await screen.findAllByTestId("exchange");
    const field = screen.getByTestId("ask-input");
    field.focus();
    await user.keyboard("{ArrowUp}");
    expect(field).toHaveValue("One?");
    await user.keyboard("{ArrowUp}{ArrowUp}");
    expect(field).toHaveValue("Two?");
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(field).toHaveValue("");
    await user.type(field, "Mine{ArrowUp}");
    expect(field).toHaveValue("Mine");
  });
});

describe("a conversation that has not begun", () => {
  it("offers questions about sections that are really there", async () => {
    const { backend, user } = await open((backend) => {
      backend.outlines.set(1, [
        { level: 1, title: "Contents", page: 1 },
        { level: 1, title: "8.1 Encoding", page: 10 },
        { level: 1, title: "8.2 Storage", page: 20 },
        { level: 1, title: "8.3 Retrieval", page: 30 },
      ]);
    });
    const starts = await screen.findAllByTestId("ask-start");
    expect(starts.map((start) => start.textContent?.trim())).toEqual([
      "Summarise “Encoding”",
      "Explain “Storage” simply",
      "Quiz me on “Retrieval”",
    ]);
    await user.click(starts[0] as HTMLElement);
    expect(backend.asks[0]?.args).toMatchObject({
      text: "Summarise “Encoding”",
      mode: "summary",
      subject: { document: 1, section: 1 },
    });
  });

  it("says what to drop into a room that holds nothing", async () => {
    const { backend, user } = await open((backend) => (backend.documents = []));
    expect(screen.getByTestId("ask-empty")).toHaveTextContent("Drop a PDF");
    expect(screen.queryByTestId("ask-start")).toBeNull();
    await user.click(screen.getByTestId("ask-add"));
    expect(backend.calls).toContainEqual(["pickFiles"]);
  });
});

it("asking is in Indonesian as soon as that is chosen", async () => {
  const { backend, user } = await answered("Memory lasts [1].");
  await act(() => showLanguage("id"));
  expect(screen.getByRole("feed", { name: "Percakapan" })).toBeInTheDocument();
  expect(screen.getByRole("region", { name: "Sumber" })).toBeInTheDocument();
  expect(screen.getByTestId("ask-input")).toHaveAttribute("placeholder", "Ajukan pertanyaan lanjutan");
  await user.click(screen.getByTestId("ask-mode"));
  expect(screen.getByTestId("ask-mode-steps")).toHaveTextContent("Langkah demi langkah");
  await user.type(screen.getByTestId("ask-input"), "Apa itu memori?{Enter}");
  expect(backend.asks.map(({ args }) => args.language)).toEqual(["en", "id"]);
});
