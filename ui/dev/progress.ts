import type { Session } from "../src/app/session.svelte";
import type { DocumentProgress, SectionProgress, Standing } from "../src/backend/bindings";
import type { Double } from "../tests/double";
import { aDocumentProgress, aSection, aStanding, aStudyDay, someCards } from "../tests/progressDouble";

const STANDINGS: Record<string, Partial<Standing>> = {
  mastered: { read: 10, asked: 4, answered: 8, score: 0.96, cards: 6, recall: 0.93, mastery: 0.96 },
  good: { read: 9, asked: 2, answered: 5, score: 0.8, cards: 3, due: 1, recall: 0.76, mastery: 0.71 },
  shaky: { read: 7, asked: 1, answered: 5, score: 0.4, cards: 4, due: 3, recall: 0.52, mastery: 0.44 },
  read: { read: 10, asked: 1, mastery: 0.2 },
  begun: { read: 3, mastery: 0.06 },
  untouched: {},
};
const CHAPTER: [string, number, string][] = [
  ["1 Introduction to Psychology", 1, "mastered"],
  ["1.1 What is psychology?", 2, "mastered"],
  ["1.2 History of psychology", 2, "good"],
  ["1.3 Contemporary psychology", 2, "mastered"],
  ["8 Memory", 1, "shaky"],
  ["8.1 How memory functions", 2, "good"],
  [
    "Encoding, storage and retrieval, and why the three of them can’t be told apart in the laboratory",
    3,
    "read",
  ],
  ["Storage", 3, "shaky"],
  ["8.2 Parts of the brain involved with memory", 2, "shaky"],
  ["8.3 Problems with memory", 2, "begun"],
  ["9 Lifespan development", 1, "read"],
  ["10 Emotion and motivation", 1, "untouched"],
  ["11 Personality", 1, "untouched"],
];
const psychology = CHAPTER.map(([title, level, grade], entry) =>
  aSection(entry, title, level, STANDINGS[grade]),
);

/** A library of 200 documents, one of them with 2,000 sections. */
function large(): DocumentProgress[] {
  const grades = Object.values(STANDINGS);
  const section = (at: number): SectionProgress =>
    aSection(
      at,
      `${Math.floor(at / 10) + 1}.${at % 10} Section`,
      at % 10 === 0 ? 1 : 2,
      grades[at % grades.length],
    );
  return Array.from({ length: 200 }, (_, at) =>
    aDocumentProgress({
      document: at + 1,
      title: `Lecture notes ${at + 1}`,
      whole: aStanding(grades[at % grades.length]),
      sections: Array.from({ length: at === 0 ? 2000 : 12 }, (_, entry) => section(entry)),
    }),
  );
}

export function prepareProgress(backend: Double, scene: string): void {
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
  backend.kept = someCards({}, [], today);
  if (scene === "progress-fault")
    backend.faults.set("progress", {
      code: "corrupt",
      message: "The library in /home/ada/study can’t be read.",
    });
  if (scene === "progress-loading") backend.progress = () => new Promise(() => {});
  if (scene === "progress-empty") {
    backend.documents = [];
    return;
  }
  const isNew = scene === "progress-new";
  const sections = isNew ? psychology.map((part) => ({ ...part, standing: aStanding() })) : psychology;
  const whole = isNew
    ? aStanding({ pages: 685 })
    : aStanding({
        ...{ pages: 685, read: 112, asked: 14, answered: 31, score: 0.71 },
        ...{ cards: 24, due: 4, recall: 0.78, mastery: 0.62 },
      });
  backend.progressed =
    scene === "progress-large"
      ? large()
      : [
          aDocumentProgress({ whole, sections }),
          aDocumentProgress({
            document: 2,
            title: "Working memory and attention: a review of four decades of evidence",
            whole: aStanding({ pages: 24, ...(isNew ? {} : STANDINGS.begun) }),
          }),
          aDocumentProgress({
            document: 4,
            title: "Lecture notes, week 7",
            whole: aStanding({ pages: 340 }),
          }),
        ];
  if (isNew || scene === "progress-large") return;
  backend.next = [
    {
      document: 1,
      entry: 8,
      title: "8.2 Parts of the brain involved with memory",
      page: 81,
      why: [
        { type: "cards_due", cards: 3 },
        { type: "quiz_weak", score: 0.4 },
        { type: "unread", pages: 3 },
      ],
    },
    { document: 1, entry: 7, title: "Storage", page: 71, why: [{ type: "quiz_weak", score: 0.48 }] },
    {
      document: 2,
      entry: null,
      title: "Working memory and attention: a review of four decades of evidence",
      page: 1,
      why: [{ type: "unread", pages: 21 }],
    },
  ];
  if (scene === "progress-calm") backend.next = [];
  // The same on every day that one looks at it.
  const some = (day: number, most: number) => Math.max(0, Math.round(most * Math.sin(day * 2.4) ** 3));
  const days = Array.from({ length: 80 }, (_, ago) => 79 - ago)
    .filter((ago) => ago < 6 || Math.sin(ago * 1.7) > -0.3)
    .map((ago) =>
      aStudyDay(
        ago,
        {
          read_ms: (5 + some(ago, 70)) * 60_000,
          asked: some(ago + 1, 6),
          answered: some(ago + 2, 20),
          reviewed: some(ago, 45),
        },
        today,
      ),
    );
  backend.studied = { days, streak: 6 };
  const due = Array.from({ length: 30 }, (_, day) => (day === 0 ? 18 : some(day, 14) + (day % 3)));
  backend.kept = someCards(
    {
      cards: {
        cards: 124,
        new: 20,
        learning: 4,
        review: 100,
        due: scene === "progress-calm" ? 0 : 18,
        suspended: 0,
        leeches: 1,
      },
      young: { answers: 210, known: 181, share: 181 / 210 },
      mature: { answers: 94, known: 88, share: 88 / 94 },
      retention: { answers: 304, known: 269, share: 269 / 304 },
    },
    due,
    today,
  );
}

export async function playProgress(backend: Double, session: Session, scene: string): Promise<void> {
  const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const press = (testid: string, at = 0) =>
    document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)[at]?.click();
  session.screen = "progress";
  await wait(150);
  if (scene === "progress-details") press("progress-row", 9);
  if (scene === "progress-stale") {
    backend.faults.set("progress", { code: "busy", message: "" });
    await session.progress.load();
  }
  if (["progress-activity", "progress-table"].includes(scene)) session.progress.view = "activity";
  if (scene === "progress-new" && new URLSearchParams(location.search).has("activity"))
    session.progress.view = "activity";
  await wait(100);
  if (scene === "progress-table")
    document.querySelector<HTMLElement>("[data-testid=activity-calendar] [data-testid=chart-table]")?.click();
}
