/** Scenes of the palette and of what is at work. */
import type { Session } from "../src/app/session.svelte";
import type { Everything, TextRun } from "../src/backend/bindings";
import type { Double } from "../tests/double";
import { aHealth, aLibraryCheck, aWork, someFound } from "../tests/findDouble";

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** A text with what is between the brackets marked. */
const runs = (text: string): TextRun[] =>
  text
    .split(/(\[[^\]]*\])/)
    .filter(Boolean)
    .map((part) =>
      part.startsWith("[") ? { text: part.slice(1, -1), found: true } : { text: part, found: false },
    );

const conversation = {
  conversation: "1",
  room: 1,
  title: "How memory works",
  created: 0,
  updated: 0,
  turns: 2,
};

const FOUND: Everything = someFound({
  documents: [
    { document: 20, room: 3, title: runs("[Memory], history, forgetting"), beside: [], opened: null },
  ],
  passages: [
    {
      passage: 1,
      document: 1,
      room: 1,
      title: "Psychology 2e",
      page: 271,
      label: "259",
      locator: null,
      headings: ["8 Memory"],
      line: runs(
        "[Memory] is an information processing system that we often compare to a computer; encoding, storage and retrieval are its three functions.",
      ),
      boxes: [],
    },
    {
      passage: 2,
      document: 2,
      room: 1,
      title: "Working memory and attention: a review of four decades of evidence",
      page: 8,
      label: null,
      locator: null,
      headings: [],
      line: runs("Rehearsal moves information from short-term [memory] into long-term [memory]."),
      boxes: [],
    },
    {
      passage: 3,
      document: 31,
      room: 2,
      title: "Shape alloys",
      page: 4,
      label: null,
      locator: null,
      headings: [],
      line: runs("Alloys with shape [memory] return to a form that they once had."),
      boxes: [],
    },
  ],
  turns: [
    {
      conversation,
      turn: 1,
      created: 0,
      question: runs("How does [memory] work, and what makes it stick?"),
      excerpt: runs("[Memory] works as three processes: encoding, storage and retrieval"),
    },
  ],
  notes: [
    {
      note: 4,
      card: 9,
      room: 1,
      front: runs("What are the three stages of [memory]?"),
      back: runs("Sensory, short-term and long-term"),
    },
  ],
  annotations: [
    {
      annotation: {
        annotation: 3,
        room: 1,
        document: 1,
        citation: {
          document: 1,
          title: "Psychology 2e",
          page: 272,
          label: "260",
          locator: null,
          quote: "implicit memory",
          boxes: [],
        },
        page: 272,
        start: 0,
        colour: "yellow",
        note: "",
        created: 0,
        updated: 0,
      },
      quote: runs("implicit [memory] is never part of our consciousness"),
      note: runs("Asked in the exam of last year: which [memory]?"),
    },
  ],
});

export function prepareFind(backend: Double, scene: string): void {
  const read = [1, 2, 4];
  backend.documents = backend.documents.map((document) => ({
    ...document,
    tags: document.document === 2 ? ["exam", "review"] : [],
    opened: read.includes(document.document) ? document.document : null,
  }));
  backend.conversations = [{ ...conversation, updated: Date.now() }];
  if (scene === "palette-found") backend.everything = FOUND;
  if (scene === "palette-broken")
    backend.faults.set("findEverything", { code: "corrupt", message: "The library is damaged." });
  const now = Date.now();
  if (scene === "activity")
    backend.works = [
      aWork({ job: 1, document: 3, title: "Principles of Neural Science", pages: 1646, pages_read: 512 }),
      aWork({
        job: 2,
        document: 5,
        title:
          "Working memory and attention: a review of four decades of evidence and what it means for teaching",
        stage: "embedding",
        passages: 940,
        embedded: 410,
      }),
      aWork({ job: 3, document: 6, title: "Lecture notes, week 7", state: "queued", stage: "recognising" }),
      aWork({
        job: 4,
        document: 7,
        title: "Organic chemistry",
        room: 2,
        room_name: "Organic chemistry",
        state: "queued",
      }),
      aWork({ job: 5, document: 8, title: "A history of ideas", state: "queued", not_before: now + 900_000 }),
      aWork({ job: 6, document: 11, title: "Thesis, draft 4", state: "paused", room_name: "Thesis" }),
      aWork({
        job: 7,
        document: 12,
        title: "scan-0042",
        state: "failed",
        code: "damaged",
        message: "scan-0042.pdf ends in the middle. Fetch the file again and drop the new copy.",
      }),
      aWork({ job: 8, document: 13, title: "Exam papers", state: "failed", code: "encrypted" }),
      aWork({ job: 9, document: 14, title: "Handbook", state: "cancelled" }),
    ];
  if (scene === "activity-broken") {
    backend.faults.set("worksList", { code: "busy", message: "" });
    backend.condition = aHealth({
      free: 400_000_000,
      writable: false,
      parts: [
        { part: "pdfium", found: true, message: null },
        { part: "onnx_runtime", found: true, message: null },
        { part: "embedding_model", found: true, message: null },
        {
          part: "tesseract",
          found: false,
          message: "Tesseract is not installed. Install it with `sudo apt install tesseract-ocr`.",
        },
      ],
    });
  } else
    backend.condition = aHealth({
      last_backup: { at: now - 12 * 86_400_000, file: "/media/disk/Monday.studyroom", bytes: 974_000_000 },
    });
  if (scene === "activity-checked")
    backend.soundness = aLibraryCheck({
      sound: false,
      problems: ["41 places are not in the index of words.", "3 vectors belong to no place."],
    });
}

export async function playFind(backend: Double, session: Session, scene: string): Promise<void> {
  if (scene === "palette-loading") backend.everything = null;
  if (scene.startsWith("palette")) {
    session.palette.open();
    await wait(50);
    const typed = {
      palette: "",
      "palette-actions": ">quiz",
      "palette-nothing": "quantum chromodynamics",
      "palette-notes": "#",
    }[scene];
    session.palette.type(typed ?? "memory");
    return;
  }
  session.screen = "activity";
  await wait(100);
  if (scene === "activity") {
    for (const [document, eta] of [
      [3, 610_000],
      [5, 42_000],
    ] as const) {
      const known = backend.documents[0];
      if (known) session.atWork.set(document, { document: { ...known, document }, eta });
    }
  }
  if (scene === "activity-checked")
    document.querySelector<HTMLElement>("[data-testid=health-check]")?.click();
}
