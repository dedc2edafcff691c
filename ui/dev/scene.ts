/** Shows the whole app over the double in a chosen state: dev/index.html?scene=library&theme=dark */
import { mount } from "svelte";

import App from "../src/app/App.svelte";
import type { Session } from "../src/app/session.svelte";
import type { Glass, InterfaceLanguage, Theme, Turn } from "../src/backend/bindings";
import "../src/design/base.css";
import { showLanguage, type UiLanguage } from "../src/i18n/i18n.svelte";
import { ANSWER } from "../src/gallery/answer";
import { aCitation, aHit, anAnswer, aProvenance, aRoom, aTurn, Double, somePages } from "../tests/double";
import { playAsk, prepareAsk } from "./ask";
import { playCards, prepareCards } from "./cards";
import { documents, EDITION, NO_TESSERACT, TEXT } from "./documents";
import { playFind, prepareFind } from "./find";
import { playLibrary, prepareLibrary } from "./library";
import { playFirst, playFrame } from "./frame";
import { playNotes, prepareNotes } from "./notes";
import { drawnPage, LINE } from "./page";
import { playProgress, prepareProgress } from "./progress";
import { playQuiz, prepareQuiz } from "./quiz";
import { playReading, prepareReading } from "./reading";

const wanted = new URLSearchParams(location.search);
const scene = wanted.get("scene") ?? "library";
const hue = Number(wanted.get("hue") ?? 262);
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
const now = Date.now();

const backend = new Double();
backend.image = (document, page) => (document === 9 ? "missing" : drawnPage(document, page));
backend.settings = {
  ...backend.settings,
  theme: (wanted.get("theme") ?? "light") as Theme,
  glass: (wanted.get("glass") ?? "baked") as Glass,
  last_room: 1,
  language: wanted.get("language") as InterfaceLanguage | null,
  text_scale: Number(wanted.get("text") ?? 1),
  first_run_done: !scene.startsWith("first"),
};
const isNew = scene === "welcome" || scene.startsWith("first");
if (!isNew) {
  backend.rooms = [
    aRoom({ room: 1, name: "Psychology", hue, documents: 6 }),
    aRoom({ room: 2, name: "Organic chemistry", hue: 165, documents: 12 }),
    aRoom({ room: 3, name: "History of ideas", hue: 40, documents: 4 }),
    aRoom({ room: 4, name: "Thesis", hue: 330, documents: 31 }),
  ];
}

if (scene !== "empty" && scene !== "ask-drop" && !isNew) backend.documents = documents;
backend.pages.set(
  1,
  somePages(685).map((page) => ({
    ...page,
    label: page.number > 12 ? String(page.number - 12) : null,
    status: page.number === 40 ? "scanned" : "text",
  })),
);
backend.pages.set(9, somePages(3, { status: "scanned" }));
backend.pages.set(4, somePages(340, { status: "scanned", confidence: 0.943 }));
backend.pages.set(10, somePages(2, { width: 0, height: 0 }));
backend.texts.set(1, TEXT);
if (scene === "again")
  backend.outcomes = (paths) => paths.map((path) => ({ path, document: 30, duplicate: false, error: null }));
if (scene === "missing") {
  backend.recognisable = { languages: [], message: NO_TESSERACT };
  backend.documents = documents.map((document) =>
    document.code === "cancelled"
      ? {
          ...document,
          code: "native_part_missing",
          message: "12 pages can’t be searched yet.",
          ledger: { ...document.ledger, recognised: 0 },
        }
      : document,
  );
}

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
    changed: true,
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
const turn = (over: Partial<Turn>) =>
  aTurn({
    turn: 1,
    conversation: "1",
    question: "How does memory work, and what makes it stick?",
    answer: text,
    citations,
    further,
    created: now,
    elapsed_ms: 300,
    ...over,
  });
if (
  [
    "frame-beside",
    "frame-tabs",
    "frame-notes",
    "frame-toast",
    "library",
    "read",
    "ask",
    "list",
    "search",
    "confirm",
    "refused",
    "failed",
    "drop",
    "settings",
  ].includes(scene)
) {
  backend.conversations = [
    { conversation: "1", room: 1, title: "How memory works", created: now, updated: now - 60_000, turns: 1 },
    {
      conversation: "2",
      room: 1,
      title: "Classical and operant conditioning",
      created: now,
      updated: now - 90_000_000,
      turns: 4,
    },
    {
      conversation: "3",
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

if (scene.startsWith("ask-")) prepareAsk(backend, scene);
if (scene.startsWith("library-")) prepareLibrary(backend, scene, now);
if (scene.startsWith("notes")) prepareNotes(backend, scene);
if (scene.startsWith("quiz")) prepareQuiz(backend, scene, now);
if (scene.startsWith("progress")) prepareProgress(backend, scene);
if (scene.startsWith("cards")) prepareCards(backend, scene);
if (scene.startsWith("reading")) prepareReading(backend, scene);
if (/^(palette|activity)/.test(scene)) prepareFind(backend, scene);

if (wanted.has("language")) await showLanguage(wanted.get("language") as UiLanguage);

let session: Session | undefined;
mount(App, {
  target: document.getElementById("app") as HTMLElement,
  props: { backend, onsession: (made: Session) => (session = made) },
});

// A picture is taken once the scene stands.
void play().finally(() => (document.documentElement.dataset.played = scene));
async function play(): Promise<void> {
  await wait(150);
  if (!session) return;
  for (const document of backend.documents) {
    const eta = document.state === "reading" ? 128_000 : document.state === "embedding" ? 14_000 : null;
    if (document.state === "reading" || document.state === "embedding")
      backend.on?.documentChanged(document, eta);
  }
  const press = (testid: string) => document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.click();
  // In a narrow window the conversation has to be brought in first.
  if (/^(ask|refused|failed|streaming|written|list|confirm|read$)/.test(scene)) {
    session.layout.showCompanion();
    await wait(30);
  }
  if (scene.startsWith("ask-")) await playAsk(backend, session, scene);
  if (scene.startsWith("library-")) await playLibrary(session, scene);
  if (scene.startsWith("notes")) await playNotes(backend, session, scene);
  if (scene.startsWith("quiz")) await playQuiz(backend, session, scene);
  if (scene.startsWith("progress")) await playProgress(backend, session, scene);
  if (scene.startsWith("cards")) await playCards(backend, session, scene);
  if (scene.startsWith("reading")) await playReading(session, scene);
  if (/^(palette|activity)/.test(scene)) await playFind(backend, session, scene);
  if (scene === "read") press("citation-chip");
  if (scene === "broken-page") session.show({ document: 9, title: "Handout", page: 1, boxes: [] });
  if (scene === "scan") session.show({ document: 1, title: "Psychology 2e", page: 40, boxes: [] });
  if (isNew && scene !== "welcome") await playFirst(backend, session, scene);
  if (scene.startsWith("frame")) await playFrame(session, scene);
  if (scene === "list") press("conversations-toggle");
  if (scene === "settings") session.screen = "settings";
  if (scene === "backup" || scene === "restore") {
    session.screen = "settings";
    await wait(50);
    document.querySelector("[data-testid=settings-backup]")?.scrollIntoView({ block: "center" });
    press(scene === "backup" ? "backup-create" : "backup-restore");
    await wait(50);
    if (wanted.has("asked")) return;
    press("backup-confirm");
    await wait(50);
    const begun = backend.backups[0];
    begun?.args.tell(
      scene === "backup"
        ? { step: "packing", done: 31_400_000, total: 48_200_000 }
        : { step: "unpacking", done: 12_900_000, total: 48_200_000 },
    );
    const missing = ["Lecture notes, week 7.pdf", "handout.docx", "slides-3.pptx", "reading list.html"];
    if (wanted.has("done")) begun?.resolve({ documents: 12, bytes: 48_200_000, missing });
  }
  if (scene === "sheet") session.layout.sheetOpen = true;
  if (scene === "menu") press("document-menu");
  if (scene === "removed" || scene === "languages") {
    press("document-menu");
    await wait(50);
    press(scene === "removed" ? "document-remove" : "document-recognise");
  }
  if (scene === "removed") {
    await wait(100);
    press("library-menu");
  }
  if (scene === "confirm") {
    press("conversations-toggle");
    await wait(50);
    press("conversation-menu");
    await wait(50);
    press("conversation-remove");
  }
  if (scene === "edition") backend.on?.documentChanged(EDITION, 41_000);
  if (scene === "again") await session.take(["/home/ada/book.pdf"]);
  if (scene === "recognised")
    session.show({ document: 4, title: "Lecture notes, week 7", page: 1, boxes: [] });
  if (scene === "text") session.show({ document: 10, title: "On memory", page: 1, boxes: [] });
  if (scene === "offer") session.offer(["/home/ada/Downloads/attention.pdf"]);
  if (scene === "drop") {
    const paths = ["/a/one.pdf", "/a/two.pdf", "/a/three.pdf"];
    backend.on?.drag({ type: "enter", paths, x: 100, y: 150 });
  }
  if (scene === "notadded") {
    session.library.notAdded = [
      {
        path: "/a/song.mp3",
        reason: "song.mp3 is of a kind that can’t be read. Choose a document, a picture or a text.",
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
  if (scene === "written") {
    session.ask.draft = "How does memory fade?";
    void session.ask.send();
    await wait(30);
    const asked = backend.asks[0];
    asked?.args.tell({ type: "started", conversation: "9", turn: 9 });
    for (const [at, citation] of citations.slice(0, 2).entries())
      asked?.args.tell({ type: "citation", index: at + 1, citation });
    const come = Math.round((ANSWER.length * Number(wanted.get("come") ?? 50)) / 100);
    for (const piece of ANSWER.slice(0, come).match(/.{1,12}/gs) ?? [])
      asked?.args.tell({ type: "delta", text: piece, markdown: true });
    if (wanted.has("done")) {
      const provenance = aProvenance({ model: "a model", written: Array.from(ANSWER).length });
      asked?.resolve(anAnswer({ text: ANSWER, citations: citations.slice(0, 2), provenance }));
    }
  }
  if (scene === "streaming") {
    session.ask.draft = "How does memory work, and what makes it stick?";
    void session.ask.send();
    await wait(30);
    const asked = backend.asks[0];
    asked?.args.tell({ type: "started", conversation: "9", turn: 9 });
    asked?.args.tell({ type: "citation", index: 1, citation: citations[0] ?? aCitation() });
    for (const piece of text.slice(0, 230).match(/.{1,12}/gs) ?? [])
      asked?.args.tell({ type: "delta", text: piece, markdown: false });
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
      more: scene === "search",
      degraded: "Meanings are still being found for one document; until then it is searched by words alone.",
      elapsed_ms: 12,
    });
    if (wanted.has("why")) {
      await wait(50);
      press("search-why");
    }
  }
}
