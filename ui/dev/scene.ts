/** Shows the whole app over the double in a chosen state: dev/index.html?scene=library&theme=dark */
import { mount } from "svelte";

import App from "../src/app/App.svelte";
import type { Session } from "../src/app/session.svelte";
import type { Glass, Theme } from "../src/backend/bindings";
import "../src/design/base.css";
import { aCitation, aDocument, aHit, anAnswer, aRoom, Double, somePages } from "../tests/double";
import { drawnPage, LINE } from "./page";

const wanted = new URLSearchParams(location.search);
const scene = wanted.get("scene") ?? "library";
const hue = Number(wanted.get("hue") ?? 262);
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
const now = Date.now();

const backend = new Double();
backend.image = (document, page) => (document === 9 ? "missing" : drawnPage(document, page));
backend.settings = {
  theme: (wanted.get("theme") ?? "light") as Theme,
  glass: (wanted.get("glass") ?? "baked") as Glass,
  last_room: 1,
};
if (scene !== "welcome") {
  backend.rooms = [
    aRoom({ room: 1, name: "Psychology", hue, documents: 6 }),
    aRoom({ room: 2, name: "Organic chemistry", hue: 165, documents: 12 }),
    aRoom({ room: 3, name: "History of ideas", hue: 40, documents: 4 }),
    aRoom({ room: 4, name: "Thesis", hue: 330, documents: 31 }),
  ];
}

const documents = [
  aDocument({ document: 1, title: "Psychology 2e", added: 6 }),
  aDocument({
    document: 2,
    title: "Working memory and attention: a review of four decades of evidence",
    pages: 42,
    pages_read: 42,
    passages: 180,
    embedded: 81,
    state: "embedding",
    bytes: 3_100_000,
    added: 7,
  }),
  aDocument({
    document: 3,
    title: "Principles of Neural Science",
    pages: 1240,
    pages_read: 412,
    passages: 900,
    embedded: 0,
    state: "reading",
    bytes: 182_000_000,
    added: 8,
  }),
  aDocument({
    document: 4,
    title: "Lecture notes, week 7",
    pages: 340,
    pages_read: 340,
    bytes: 21_000_000,
    ledger: { text: 328, scanned: 12, garbled: 0, empty: 0, unreadable: 0, recognised: 0 },
    added: 5,
  }),
  aDocument({
    document: 5,
    title: "Exam archive 2019–2025",
    state: "failed",
    code: "encrypted",
    pages: null,
    pages_read: 0,
    bytes: 900_000,
    added: 4,
  }),
  aDocument({
    document: 6,
    title: "scan-of-handout.pdf",
    state: "failed",
    code: "damaged",
    message: "scan-of-handout.pdf ends in the middle of a page. Fetch the file again and drop the new copy.",
    pages: null,
    pages_read: 0,
    bytes: 120_000,
    added: 3,
  }),
  aDocument({
    document: 7,
    title: "Handbook of Experimental Methods",
    state: "paused",
    pages: 512,
    pages_read: 120,
    passages: 300,
    embedded: 0,
    bytes: 44_000_000,
    added: 2,
  }),
  aDocument({ document: 8, title: "Seminar reader", state: "queued", pages: null, pages_read: 0, added: 1 }),
];
if (scene !== "empty" && scene !== "welcome") backend.documents = documents;
backend.pages.set(
  1,
  somePages(685).map((page) => ({
    ...page,
    label: page.number > 12 ? String(page.number - 12) : null,
    status: page.number === 40 ? "scanned" : "text",
  })),
);
backend.pages.set(9, somePages(3, { status: "scanned" }));

const line = (row: number, from = LINE.left, to = LINE.right) => ({
  page: 271,
  x0: from,
  y0: LINE.first + row * LINE.step - 0.001,
  x1: to,
  y1: LINE.first + row * LINE.step + 0.0145,
});
const citations = [
  aCitation({ page: 271, label: "259", boxes: [line(2, 0.31), line(3), line(4, LINE.left, 0.52)] }),
  aCitation({
    page: 272,
    label: "260",
    quote:
      "Storage is the creation of a permanent record of information: in order for a memory to go into storage, it has to pass through three distinct stages.",
    boxes: [],
  }),
  aCitation({
    document: 2,
    title: "Working memory and attention: a review of four decades of evidence",
    page: 8,
    label: null,
    quote: "Rehearsal moves information from short-term memory into long-term memory.",
    boxes: [],
  }),
];
const text =
  "Memory works as three processes: encoding takes information in, storage retains it, and retrieval brings it back into awareness [1]. To be stored, information passes through three stages: sensory memory, short-term memory and, finally, long-term memory [2].\n\nRehearsal is what moves information from the short-term to the long-term store, which is why repeating a name helps you keep it [3].";
const further = [
  aCitation({
    page: 279,
    label: "267",
    quote: "The amygdala, hippocampus, cerebellum and prefrontal cortex each take part in memory.",
  }),
  aCitation({
    page: 290,
    label: "278",
    quote: "Chunking, elaborative rehearsal and mnemonic devices make memory more reliable.",
  }),
];
const turn = (over: object) => ({
  turn: 1,
  conversation: 1,
  ordinal: 0,
  question: "How does memory work, and what makes it stick?",
  standalone_question: null,
  answer: text,
  state: "complete" as const,
  answered: true,
  executor: "extractive",
  citations,
  further,
  degraded: null,
  created: now,
  elapsed_ms: 300,
  ...over,
});
if (
  ["library", "read", "ask", "list", "search", "narrow", "refused", "failed", "drop", "settings"].includes(
    scene,
  )
) {
  backend.conversations = [
    { conversation: 1, room: 1, title: "How memory works", created: now, updated: now - 60_000, turns: 1 },
    {
      conversation: 2,
      room: 1,
      title: "Classical and operant conditioning",
      created: now,
      updated: now - 90_000_000,
      turns: 4,
    },
    {
      conversation: 3,
      room: 1,
      title: "What Piaget meant by stages",
      created: now,
      updated: now - 400_000_000,
      turns: 2,
    },
  ];
  backend.turns = [turn({})];
}
if (scene === "refused") {
  backend.turns = [
    turn({
      question: "What is the boiling point of ethanol?",
      answer: "I found nothing in this room that answers this.",
      answered: false,
      citations: [],
    }),
  ];
}
if (scene === "broken") {
  backend.state = {
    ...backend.state,
    library: {
      state: "failed",
      fault: {
        code: "newer_library",
        message:
          "The library in /home/ada/.local/share/app.smartstudyroom.desktop was written by version 0.9.",
      },
    },
  };
}

let session: Session | undefined;
mount(App, {
  target: document.getElementById("app") as HTMLElement,
  props: { backend, onsession: (made: Session) => (session = made) },
});

void play();
async function play(): Promise<void> {
  await wait(150);
  if (!session) return;
  for (const document of backend.documents) {
    const eta = document.state === "reading" ? 128_000 : document.state === "embedding" ? 14_000 : null;
    if (document.state === "reading" || document.state === "embedding")
      backend.on?.documentChanged(document, eta);
  }
  const press = (testid: string) => document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.click();
  if (scene === "read") press("citation-chip");
  if (scene === "broken-page") session.show({ document: 9, title: "Handout", page: 1, boxes: [] });
  if (scene === "scan") session.show({ document: 1, title: "Psychology 2e", page: 40, boxes: [] });
  if (scene === "list") press("conversations-toggle");
  if (scene === "settings") session.screen = "settings";
  if (scene === "sheet") session.layout.sheetOpen = true;
  if (scene === "menu") press("document-menu");
  if (scene === "confirm") {
    press("document-menu");
    await wait(50);
    press("document-remove");
  }
  if (scene === "offer") session.offer(["/home/ada/Downloads/attention.pdf"]);
  if (scene === "drop") {
    const paths = ["/a/one.pdf", "/a/two.pdf", "/a/three.pdf"];
    backend.on?.drag({ type: "enter", paths, x: 100, y: 150 });
  }
  if (scene === "notadded") {
    session.library.notAdded = [
      {
        path: "/a/holiday.jpg",
        reason: "holiday.jpg is a picture, not a PDF. Save or export it as a PDF and drop that.",
      },
      { path: "/a/empty.pdf", reason: "empty.pdf has no bytes. Fetch the file again." },
    ];
    session.toasts.show("info", "Already in this room", "book.pdf");
    session.toasts.show("bad", "2 files not added", "The library says why.");
  }
  if (scene === "failed") {
    session.ask.draft = "And what makes it fail?";
    void session.ask.send();
    await wait(30);
    backend.asks[0]?.reject({
      code: "executor_failed",
      message: "The answer could not be written down: the disk is full.",
    });
  }
  if (scene === "streaming") {
    session.ask.draft = "How does memory work, and what makes it stick?";
    void session.ask.send();
    await wait(30);
    const asked = backend.asks[0];
    asked?.args.tell({ type: "started", conversation: 9, turn: 9 });
    asked?.args.tell({ type: "citation", index: 1, citation: citations[0] ?? aCitation() });
    for (const piece of text.slice(0, 230).match(/.{1,12}/gs) ?? [])
      asked?.args.tell({ type: "delta", text: piece });
    if (wanted.has("done")) asked?.resolve(anAnswer({ text, citations, further }));
  }
  if (scene === "search" || scene === "nothing") {
    session.search.type(scene === "search" ? "hippocampus memory" : "quantum chromodynamics");
    session.screen = "search";
    await wait(150);
    const hits = [
      aHit({ passage: 1, label: "266" }),
      aHit({
        passage: 2,
        label: "267",
        headings: ["8 Memory", "8.2 Parts of the brain involved with memory", "The hippocampus"],
        snippet: [
          {
            text: "Another group of researchers also experimented with rats to learn how the ",
            marked: false,
          },
          { text: "hippocampus", marked: true },
          { text: " functions in ", marked: false },
          { text: "memory", marked: true },
          {
            text: " processing. They created lesions in the hippocampi of the rats, and found that the rats demonstrated impairment on various tasks.",
            marked: false,
          },
        ],
      }),
      aHit({
        passage: 3,
        title: "Principles of Neural Science",
        label: null,
        page_start: 402,
        headings: ["Learning and Memory"],
      }),
      aHit({ passage: 4, label: "92", headings: ["3 Biopsychology", "3.4 The brain and spinal cord"] }),
    ];
    backend.searches.at(-1)?.resolve({
      hits: scene === "search" ? hits : [],
      degraded: "Meanings are still being found for one document; until then it is searched by words alone.",
      elapsed_ms: 12,
    });
  }
}
