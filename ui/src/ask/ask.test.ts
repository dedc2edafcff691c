import { describe, expect, it } from "vitest";

import { aCitation, anAnswer, aProvenance, aTurn, Double } from "../../tests/double";
import { Ask } from "./ask.svelte";
import type { Exchange } from "./exchange.svelte";

const aDelta = (text: string, markdown = false) => ({ type: "delta" as const, text, markdown });
const settled = () => new Promise((done) => setTimeout(done));

async function asking(question = "How does memory work?") {
  const backend = new Double();
  const frames: (() => void)[] = [];
  const ask = new Ask(backend, (run) => frames.push(run));
  await ask.enter(1);
  ask.draft = question;
  const sent = ask.send();
  const frame = () => frames.splice(0).forEach((run) => run());
  return { backend, ask, frame, sent, asked: backend.asks[0] as Double["asks"][number] };
}

/** The same, once it has its answer. */
async function answered() {
  const { backend, ask, asked, sent } = await asking();
  asked.args.tell({ type: "started", conversation: "3", turn: 7 });
  asked.resolve(anAnswer());
  await sent;
  return { backend, ask, first: ask.exchanges[0] as Exchange };
}

describe("asking", () => {
  it("shows where the words of an answer stand now, once a document has changed", async () => {
    const { ask, backend, asked, sent } = await asking();
    asked.args.tell({ type: "started", conversation: "3", turn: 7 });
    asked.resolve(anAnswer({ conversation: "3", turn: 7, citations: [aCitation({ page: 5 })] }));
    await sent;
    const changed = aCitation({ page: null, changed: true });
    backend.turns = [aTurn({ citations: [changed] })];
    await ask.refresh();
    expect(ask.exchanges[0]).toMatchObject({ citations: [changed] });
  });

  it("shows the question at once and the text as its frames come", async () => {
    const { ask, asked, frame } = await asking();
    expect(ask.exchanges[0]).toMatchObject({ question: "How does memory work?", state: "waiting", text: "" });
    asked.args.tell({ type: "started", conversation: "3", turn: 7 });
    asked.args.tell(aDelta("Memory "));
    asked.args.tell(aDelta("encodes"));
    expect(ask.exchanges[0]?.text).toBe("");
    frame();
    expect(ask.exchanges[0]).toMatchObject({ state: "streaming", text: "Memory encodes" });
    expect(ask.conversation).toBe("3");
  });

  it("ends with the answer that the command returns, whatever the preview was", async () => {
    const { ask, asked, sent } = await asking();
    asked.args.tell(aDelta("Mem"));
    asked.resolve(anAnswer({ text: "Memory lasts [1]." }));
    await sent;
    expect(ask.exchanges[0]).toMatchObject({ state: "complete", text: "Memory lasts [1].", answered: true });
    expect(ask.announcement).toBe("Memory lasts. One source.");
  });

  it("shows text in order that came out of order, and what came twice once", async () => {
    const { ask, asked, frame } = await asking();
    for (const seq of [3, 1, 2, 2, 4, 3])
      asked.args.send({ seq, event: aDelta(["Memory ", "works ", "in ", "steps."][seq - 1] ?? "") });
    frame();
    expect(ask.exchanges[0]?.text).toBe("Memory works in steps.");
  });

  it("shows no text behind a gap, and the whole answer at the end", async () => {
    const { ask, asked, frame, sent } = await asking();
    for (const [seq, text] of [
      [1, "Memory "],
      [3, "steps"],
      [4, "."],
    ] as const)
      asked.args.send({ seq, event: aDelta(text) });
    frame();
    expect(ask.exchanges[0]).toMatchObject({ state: "streaming", text: "Memory " });
    asked.resolve(anAnswer({ text: "Memory works in steps." }));
    await sent;
    asked.args.send({ seq: 2, event: aDelta("works in ") });
    frame();
    expect(ask.exchanges[0]).toMatchObject({ state: "complete", text: "Memory works in steps." });
  });

  it("knows which of its text a model wrote, while it comes and when it is whole", async () => {
    const { ask, asked, frame, sent } = await asking();
    asked.args.tell(aDelta("**Ice** 🧊 floats. [1]", true));
    asked.args.tell(aDelta(" It * is * light. [2]"));
    frame();
    const written = "**Ice** 🧊 floats. [1]".length;
    expect(ask.exchanges[0]?.written).toBe(written);
    const text = "**Ice** 🧊 floats. [1] It * is * light. [2]";
    asked.resolve(anAnswer({ text, provenance: aProvenance({ model: "m", written: written - 1 }) }));
    await sent;
    expect(ask.exchanges[0]?.written).toBe(written);
    expect(ask.announcement).toContain("Ice 🧊 floats. It * is * light.");
  });

  it("takes a citation as soon as it comes, counted from 1", async () => {
    const { ask, asked } = await asking();
    const citation = aCitation({ page: 99 });
    asked.args.tell({ type: "citation", index: 1, citation });
    expect(ask.exchanges[0]?.citations[0]).toEqual(citation);
  });

  it("gives the question back when it fails", async () => {
    const { ask, asked, sent } = await asking("Why?");
    expect(ask.draft).toBe("");
    asked.reject({ code: "executor_failed", message: "No." });
    await sent;
    expect(ask.draft).toBe("Why?");
    expect(ask.exchanges[0]).toMatchObject({ state: "failed", fault: { message: "No." } });
  });

  it("does not write over what was typed meanwhile", async () => {
    const { ask, asked, sent } = await asking("Why?");
    ask.draft = "Another";
    asked.reject({ code: "executor_failed", message: "No." });
    await sent;
    expect(ask.draft).toBe("Another");
  });

  it("stops the turn, even when stop is pressed before the turn is known", async () => {
    const { backend, ask, asked, sent } = await asking();
    await ask.stop();
    expect(backend.calls.some(([name]) => name === "askStop")).toBe(false);
    asked.args.tell({ type: "started", conversation: "3", turn: 7 });
    expect(backend.calls).toContainEqual(["askStop", 7]);
    asked.resolve(anAnswer({ text: "Memory", state: "stopped" }));
    await sent;
    expect(ask.exchanges[0]).toMatchObject({ state: "stopped", text: "Memory" });
  });

  it("continues the conversation with the next question", async () => {
    const { backend, ask, asked, sent } = await asking();
    asked.resolve(anAnswer({ conversation: "3" }));
    await sent;
    ask.draft = "And what causes it?";
    void ask.send();
    expect(backend.calls).toContainEqual([
      "ask",
      expect.objectContaining({ room: 1, conversation: "3", beside: null, text: "And what causes it?" }),
    ]);
  });

  it("keeps one question under way at a time", async () => {
    const { backend, ask } = await asking();
    ask.draft = "Second";
    await ask.send();
    expect(backend.asks).toHaveLength(1);
    expect(ask.draft).toBe("Second");
  });

  it("finds an answer that is still coming when its conversation is opened again", async () => {
    const { backend, ask, asked, frame } = await asking();
    asked.args.tell({ type: "started", conversation: "3", turn: 7 });
    backend.turns = [aTurn({ state: "streaming", answer: "" })];
    ask.fresh();
    await ask.open("3");
    asked.args.tell(aDelta("Memory"));
    frame();
    expect(ask.exchanges[0]).toMatchObject({ state: "streaming", text: "Memory" });
  });

  it("leaves another conversation alone when a late answer comes", async () => {
    const { backend, ask, asked, sent } = await asking();
    backend.conversations = [{ conversation: "5", room: 1, title: "Old", created: 0, updated: 0, turns: 0 }];
    await ask.open("5");
    asked.args.tell({ type: "started", conversation: "3", turn: 7 });
    asked.resolve(anAnswer({ conversation: "3" }));
    await sent;
    await settled();
    expect(ask.conversation).toBe("5");
    expect(ask.exchanges).toEqual([]);
    expect(ask.announcement).not.toContain("Memory");
  });

  it("asks again beside the answer, and takes what followed it off the screen", async () => {
    const { backend, ask, asked, sent } = await asking();
    asked.args.tell({ type: "started", conversation: "3", turn: 7 });
    asked.resolve(anAnswer());
    await sent;
    ask.draft = "And what causes it?";
    const second = ask.send();
    backend.asks[1]?.args.tell({ type: "started", conversation: "3", turn: 8 });
    backend.asks[1]?.resolve(anAnswer({ turn: 8 }));
    await second;
    const first = ask.exchanges[0];
    if (!first) throw new Error("no exchange");
    const again = ask.again(first, "simply");
    expect(backend.asks[2]?.args).toMatchObject({ beside: 7, mode: "simply", text: "How does memory work?" });
    expect(ask.exchanges).toHaveLength(1);
    backend.asks[2]?.args.tell({ type: "started", conversation: "3", turn: 9 });
    backend.asks[2]?.resolve(anAnswer({ turn: 9 }));
    await again;
    expect(ask.exchanges[0]).toMatchObject({ turn: 9, versions: [7, 9], mode: "simply" });
  });

  it("edits a question into another version of it, and goes back to the first", async () => {
    const { backend, ask, first } = await answered();
    void ask.edit(first, " How does sleep work? ");
    expect(backend.asks[1]?.args).toMatchObject({
      beside: 7,
      text: "How does sleep work?",
      conversation: "3",
    });
    backend.turns = [aTurn({ versions: [7, 8] }), aTurn({ turn: 10, question: "Why?" })];
    await ask.show(7);
    expect(backend.calls).toContainEqual(["conversationShow", 7]);
    expect(ask.exchanges.map(({ question }) => question)).toEqual(["How does memory work?", "Why?"]);
  });

  it("answers in the way that was chosen, once", async () => {
    const { backend, ask, asked, sent } = await asking();
    asked.resolve(anAnswer());
    await sent;
    ask.mode = "steps";
    ask.draft = "How does it fade?";
    void ask.send();
    expect(backend.asks[1]?.args.mode).toBe("steps");
    expect(ask.mode).toBe("plain");
  });

  it("shows what a long summary has come to, and speaks of it now and then", async () => {
    const { ask, asked, frame, sent } = await asking("Summarise it");
    const progress = (part: number) => ({ title: "Memory", part, parts: 12, request: 1, requests: 1 });
    const spoken = new Set<string>();
    for (let part = 1; part <= 12; part++) {
      asked.args.tell({ type: "progress", progress: progress(part) });
      spoken.add(ask.announcement);
      expect(ask.exchanges[0]?.progress?.part).toBe(part);
    }
    expect([...spoken]).toEqual([1, 4, 7, 10].map((part) => `Reading part ${part} of 12: Memory.`));
    expect(ask.exchanges[0]?.state).toBe("waiting");
    asked.args.tell(aDelta("Memory lasts."));
    frame();
    expect(ask.exchanges[0]).toMatchObject({ state: "streaming", progress: progress(12) });
    asked.resolve(anAnswer());
    await sent;
    expect(ask.exchanges[0]?.progress).toBeNull();
  });

  it("takes nothing for new that comes behind a fault", async () => {
    const { ask, asked, frame, sent } = await asking("Why?");
    asked.reject({ code: "executor_failed", message: "No." });
    await sent;
    asked.args.tell(aDelta("Because"));
    frame();
    expect(ask.exchanges[0]).toMatchObject({ state: "failed", text: "" });
    expect(ask.running).toBe(false);
  });

  it("leaves the answer on show when another version of it could not even begin", async () => {
    const { backend, ask, first } = await answered();
    const edited = ask.edit(first, "How does sleep work?");
    backend.asks[1]?.reject({ code: "invalid", message: "The model is not there." });
    await expect(edited).rejects.toMatchObject({ message: "The model is not there." });
    expect(ask.exchanges).toMatchObject([{ turn: 7, state: "complete", text: anAnswer().text }]);
    expect(ask.draft).toBe("How does sleep work?");
  });

  it("keeps a version that failed after it had begun beside the first one", async () => {
    const { backend, ask, first } = await answered();
    const again = ask.again(first, "simply");
    backend.asks[1]?.args.tell({ type: "started", conversation: "3", turn: 9 });
    backend.asks[1]?.reject({ code: "executor_failed", message: "No." });
    await again;
    expect(ask.exchanges).toMatchObject([{ turn: 9, versions: [7, 9], state: "failed" }]);
  });
});
