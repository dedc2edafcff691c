/** Scenes of asking: a very long conversation, ways to begin, links, the words of a source. */
import type { Session } from "../src/app/session.svelte";
import type { Turn } from "../src/backend/bindings";
import { aCitation, aProvenance, aTurn, type Double } from "../tests/double";

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
const wanted = new URLSearchParams(location.search);

const QUESTIONS = [
  "How does memory work, and what makes it stick?",
  "And what makes it fail?",
  "Which parts of the brain take part?",
  "What did Ebbinghaus find about forgetting over days and weeks, and how was it measured?",
  "Why?",
];
const SENTENCES = [
  "Encoding takes information in, and gives it a form that can be kept [1].",
  "Storage retains it, for seconds or for years [2].",
  "Retrieval brings it back into awareness, and changes it a little each time [1].",
  "What is repeated at growing intervals is forgotten more slowly [2].",
];

/** Turns of very different lengths. */
export function manyTurns(count: number): Turn[] {
  const citations = [aCitation({ page: 271, label: "259" }), aCitation({ page: 272, label: "260" })];
  return Array.from({ length: count }, (_, at) => {
    const sentences = Array.from({ length: 1 + ((at * 7) % 19) }, (_, s) => SENTENCES[(at + s) % 4] ?? "");
    return aTurn({
      turn: at + 1,
      conversation: "1",
      ordinal: at + 1,
      question: `${at + 1}. ${QUESTIONS[at % QUESTIONS.length] ?? ""}`,
      answer: sentences.join(at % 3 === 0 ? "\n\n" : " "),
      citations: citations.slice(0, 1 + (at % 2)),
    });
  });
}

const LINKS =
  "The course has a [page of its own](https://psychology.example.edu/memory/8-1?lesson=encoding), and its author can be written to at <mailto:ada@example.edu>. A [lure](https://bank.example.com@evil.example/login) shows where it leads, and [this](javascript:alert(1)) leads nowhere. ![A leaf](https://example.org/leaf.png) is never loaded.";

export function prepareAsk(backend: Double, scene: string): void {
  const now = Date.now();
  const conversation = {
    conversation: "1",
    room: 1,
    title: "How memory works",
    created: now,
    updated: now,
    turns: 1,
  };
  backend.outlines.set(1, [
    { level: 1, title: "8 Memory", page: 265 },
    { level: 2, title: "8.1 How memory functions", page: 266 },
    { level: 2, title: "8.2 Parts of the brain involved with memory", page: 273 },
    { level: 2, title: "8.3 Problems with memory", page: 278 },
    { level: 2, title: "8.4 Ways to enhance memory", page: 288 },
  ]);
  backend.outlines.set(2, [{ level: 1, title: "The central executive", page: 4 }]);
  if (scene === "ask-starts" || scene === "ask-drop") return;
  backend.conversations = [conversation];
  if (scene === "ask-long") backend.turns = manyTurns(Number(wanted.get("turns") ?? 20_000));
  if (scene === "ask-link")
    backend.turns = [
      aTurn({
        conversation: "1",
        question: "Where can I read on?",
        answer: LINKS,
        provenance: aProvenance({ model: "a model", written: LINKS.length }),
      }),
    ];
  if (scene === "ask-source" || scene === "ask-find") backend.turns = manyTurns(40);
  if (scene === "ask-loading") backend.conversationTurns = () => new Promise(() => {});
}

export async function playAsk(backend: Double, session: Session, scene: string): Promise<void> {
  const press = (testid: string) => document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.click();
  if (wanted.has("sheet")) session.layout.sheetOpen = true;
  // A conversation of thousands takes a moment.
  while (backend.turns.length > 0 && session.ask.exchanges.length === 0) await wait(50);
  await wait(100);
  if (scene === "ask-link" && wanted.has("asked")) press("answer-link");
  if (scene === "ask-source")
    [...document.querySelectorAll("[data-testid=citation-chip]")]
      .at(-5)
      ?.dispatchEvent(new PointerEvent("pointerenter", { pointerType: "mouse" }));
  if (scene === "ask-find") {
    press("ask-find-open");
    await wait(50);
    const field = document.querySelector<HTMLInputElement>("[data-testid=ask-find]");
    if (field) field.value = "Ebbinghaus";
    field?.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (scene === "ask-long" && wanted.has("at")) session.ask.seek(Number(wanted.get("at")));
}
