import type { Session } from "../src/app/session.svelte";
import type { Card, Rating } from "../src/backend/bindings";
import { anImport, aPlan, aSource, DUE } from "../tests/cardBuilders";
import { aCitation, type Double } from "../tests/double";
import { LINE } from "./page";

const DAY = 86_400_000;
const now = Date.now();

/** It is asked before all others. */
const FIRST = { ...DUE, due: now - 60 * DAY };

const source = aCitation({
  page: 271,
  label: "259",
  quote: "Storage is the retention of the encoded information.",
  boxes: [
    {
      page: 271,
      x0: LINE.left,
      y0: LINE.first + 3 * LINE.step,
      x1: LINE.right,
      y1: LINE.first + 3 * LINE.step + 0.0145,
    },
    {
      page: 271,
      x0: LINE.left,
      y0: LINE.first + 4 * LINE.step,
      x1: 0.52,
      y1: LINE.first + 4 * LINE.step + 0.0145,
    },
  ],
});

/** A drop of colour, as a picture that came with a package. */
const PICTURE =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="360" height="160"><rect width="360" height="160" fill="#eef"/><circle cx="120" cy="80" r="50" fill="#88a"/><circle cx="230" cy="80" r="28" fill="#b9a"/></svg>',
  );

function keep(backend: Double, scene: string): void {
  const first: Record<string, () => void> = {
    "cards-cloze": () =>
      backend.keepNote(
        {
          kind: "cloze",
          front: "The {{c1::hippocampus::which part?}} takes part in {{c2::memory}}.",
          extra: "Not the pons.",
          source,
          document: 1,
        },
        DUE,
      ),
    "cards-formula": () =>
      backend.keepNote(
        {
          kind: "cloze",
          front:
            "The forgetting curve of FSRS is {{c1::$R(t, S) = \\left(1 + \\frac{19}{81} \\cdot \\frac{t}{S}\\right)^{-0.5}$}}, so that $R(S, S) = {{c1::0.9}}$.",
          extra: "`S` is in **days**.",
        },
        FIRST,
      ),
    "cards-media": () => {
      const note = backend.keepNote(
        {
          front: "Which part is this?\n\n![the brain from below](<brain 1.png>)",
          back: "The cerebellum [sound:cerebellum.mp3]\n\n![](lost.png)",
          tags: ["anatomy", "brain"],
        },
        FIRST,
      );
      backend.media.set(note.note, [
        { name: "brain 1.png", hash: "a".repeat(64) },
        { name: "cerebellum.mp3", hash: "b".repeat(64) },
      ]);
    },
  };
  first[scene]?.();
  backend.keepNote(
    {
      front: "What does memory mean by *storage*?",
      back: "The retention of what was encoded, over time.",
      extra: "The second of three processes.",
      source,
      document: 1,
      tags: ["memory"],
    },
    { ...DUE, lapses: scene === "cards-leech" ? 7 : 1 },
  );
  backend.keepNote(
    { kind: "reversed", front: "Encoding", back: "The input of information into the memory system." },
    {},
    DUE,
  );
  backend.keepNote({
    kind: "cloze",
    front: "{{c1::Rehearsal}} moves information from short-term into {{c2::long-term}} memory.",
  });
  backend.keepNote(
    { front: "What is chunking?", back: "Grouping pieces of information." },
    { ...DUE, due: now + 9 * DAY, interval: 14 },
  );
  backend.keepNote(
    { front: "Who wrote of the forgetting curve?", back: "Ebbinghaus, 1885." },
    { ...DUE, state: "relearning", due: now - 60_000 },
  );
  backend.keepNote(
    { front: "What is the spacing effect?", back: "Spread repetitions last longer." },
    { ...DUE, lapses: 9, leech: true, suspended: true },
  );
  backend.keepNote(
    {
      front: "What is priming?",
      back: "An effect of what was met before.",
      source: aSource({ quote: "Priming is …" }),
      document: 1,
      source_changed: true,
    },
    { ...DUE, due: now + 40 * DAY },
  );
  backend.keepNote({ room: 2, front: "What is a nucleophile?", back: "A giver of electron pairs." });
  if (scene === "cards-many")
    for (let at = 0; at < 450; at++)
      backend.keepNote({ front: `Question ${at + 1} of many?`, back: `Answer ${at + 1}` });
}

export function prepareCards(backend: Double, scene: string): void {
  backend.noteImage = () => PICTURE;
  if (scene === "cards-done") {
    backend.keepNote({}, { ...DUE, due: now + 3 * DAY });
    return;
  }
  if (scene !== "cards-empty") keep(backend, scene);
  if (scene !== "cards") backend.plan = aPlan();
  else backend.plan = aPlan({ exam: new Date(now + 20 * DAY).toISOString().slice(0, 10) });
  if (scene === "cards-plan")
    backend.fitted = {
      parameters: [0.212, 1.29, 2.31, 8.29],
      reviews: 1830,
      log_loss: 0.31,
      default_log_loss: 0.34,
      fitted: now - DAY,
    };
  if (scene === "cards-import")
    backend.imported = anImport({
      added: 212,
      updated: 3,
      unchanged: 40,
      answers: 1893,
      media: 27,
      missing: 2,
      left_out: 2,
      skipped: [
        { place: 17, why: "The cloze has no gap." },
        { place: 90, why: "The note is of a type that the package lacks." },
      ],
    });
  if (scene === "cards-terms")
    backend.suggested = [
      ["Storage", "Storage is the retention of the encoded information."],
      ["Encoding", "Encoding is the input of information into the memory system."],
      [
        "Elaborative rehearsal",
        "Elaborative rehearsal is a technique in which you think about the meaning of new information and its relation to knowledge already stored in your memory.",
      ],
    ].map(([front = "", back = ""], at) => ({
      note: { guid: `term ${at}`, kind: "basic", front, back, source },
      known: at === 1,
    }));
}

export async function playCards(backend: Double, session: Session, scene: string): Promise<void> {
  const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const press = (testid: string) => document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.click();
  const isAnswered = new URLSearchParams(location.search).has("done");
  const { cards } = session;
  session.screen = "cards";
  await wait(200);
  switch (scene) {
    case "cards-new":
      cards.compose({
        kind: "cloze",
        front: "Memory $M$ is {{c1::encoding}}, {{c2::storage}} and retrieval.",
        source,
      });
      return;
    case "cards-new-fault":
      cards.compose();
      await wait(100);
      press("note-save");
      return;
    case "cards-terms":
      cards.offerTerms();
      return;
    case "cards-plan":
      await cards.openPlan();
      return;
    case "cards-import":
      await cards.bringIn();
      return;
    case "cards-working":
      // It takes longer than anybody looks at this.
      backend.cardsImport = () => new Promise(() => {});
      await cards.bringIn();
      return;
    case "cards-removed":
      press("card-row");
      await wait(100);
      press("card-remove");
      return;
    case "cards-open":
      press("card-row");
      return;
    case "cards":
    case "cards-empty":
    case "cards-many":
    case "cards-done":
      return;
  }
  const review = async (rating: Rating | null) => {
    await session.review();
    await wait(150);
    if (rating || isAnswered) cards.review?.reveal();
    await wait(50);
    if (rating) await cards.review?.rate(rating);
  };
  if (scene === "cards-fault") backend.faults.set("reviewAnswer", { code: "no_space", message: "" });
  await review(
    { "cards-lapse": "again", "cards-leech": "again", "cards-fault": "good" }[scene] as Rating | null,
  );
  if (scene === "cards-leech") await cards.review?.goOn();
  if (scene === "cards-nothing") {
    backend.cards = backend.cards.map((card): Card => ({ ...card, due: now + DAY, state: "review" }));
    await cards.review?.next();
  }
}
