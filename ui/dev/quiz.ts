import type { Session } from "../src/app/session.svelte";
import type { Grade, Item, ItemKind, Point } from "../src/backend/bindings";
import { aCitation, type Double } from "../tests/double";
import { aDraft, aGrade, answeredWith, aQuiz, aQuizTaken, markedByKey } from "../tests/quizDouble";

const quoted = (page: number, quote: string) =>
  aCitation({ page, label: String(page - 12), locator: null, quote });

const ITEMS: Record<ItemKind, Item> = {
  choice: {
    kind: "choice",
    stem: "Which term means the retention of encoded information over time?",
    options: ["Retrieval", "Storage", "Encoding", "Rehearsal"],
    answer: "Storage",
    explanation: "Storage is the second of the three processes of memory, between encoding and retrieval.",
    citation: quoted(271, "Storage is the retention of the encoded information."),
    confidence: 0.86,
  },
  cloze: {
    kind: "cloze",
    stem: "The _____ is involved in normal recognition memory as well as spatial memory, when the memory tasks are like recall tests.",
    options: [],
    answer: "hippocampus",
    explanation: "",
    citation: quoted(
      278,
      "The hippocampus is involved in normal recognition memory as well as spatial memory, when the memory tasks are like recall tests.",
    ),
    confidence: 0.9,
  },
  "true-false": {
    kind: "true-false",
    stem: "Elaborative rehearsal is a technique in which you think about the meaning of new information and its relation to knowledge already stored in your memory.",
    options: ["true", "false"],
    answer: "true",
    explanation: "",
    citation: quoted(
      290,
      "Elaborative rehearsal is a technique in which you think about the meaning of new information.",
    ),
    confidence: 0.82,
  },
  matching: {
    kind: "matching",
    stem: "Which goes with which?",
    terms: ["Amygdala", "Cerebellum", "Hippocampus", "Prefrontal cortex"],
    options: [
      "creates implicit memories such as procedural skills and classical conditioning",
      "takes part in the semantic tasks in which words are encoded and remembered",
      "regulates emotions such as fear and aggression, and how strongly they are remembered",
      "associates spatial memory with recognition and declarative recall",
    ],
    answer: [
      "regulates emotions such as fear and aggression, and how strongly they are remembered",
      "creates implicit memories such as procedural skills and classical conditioning",
      "associates spatial memory with recognition and declarative recall",
      "takes part in the semantic tasks in which words are encoded and remembered",
    ],
    explanation: "",
    citation: quoted(
      277,
      "The main job of the amygdala is to regulate emotions, such as fear and aggression.",
    ),
    further: [
      quoted(278, "The cerebellum plays a large role in creating implicit memories."),
      quoted(278, "The hippocampus is involved in normal recognition memory as well as spatial memory."),
    ],
    confidence: 0.8,
  },
  short: {
    kind: "short",
    stem: "What is the difference between recall and recognition?",
    options: [],
    answer:
      "Recall is accessing information without cues; recognition identifies information that one has met before.",
    explanation: "",
    citation: quoted(
      275,
      "Recall is what we most often think about when we talk about memory retrieval: it means you can access information without cues.",
    ),
    confidence: 0.74,
  },
};

const POINTS: Point[] = [
  {
    text: "Recall is accessing information without cues.",
    met: "met",
    evidence: "you bring it back with nothing to help you",
  },
  {
    text: "Recognition identifies information that one has met before.",
    met: "partly",
    evidence: "you see it again",
  },
  { text: "Recognition involves a process of comparison.", met: "missed", evidence: null },
  { text: "Recall comes first in a test of essays.", met: "contradicted", evidence: "both come in essays" },
];

const marks = (asked: Item, given: string[]): Grade =>
  asked.kind === "short"
    ? aGrade({
        score: 0.5,
        verdict: "unsure",
        points: POINTS,
        feedback: "Two of four points are there; one could be read either way.",
      })
    : markedByKey(asked, given);

const kindOf = (scene: string) => scene.slice("quiz-".length) as ItemKind;

export function prepareQuiz(backend: Double, scene: string, now: number): void {
  backend.marks = marks;
  backend.outlines.set(1, [
    { title: "8 Memory", level: 1, page: 270 },
    { title: "8.1 How memory functions", level: 2, page: 271 },
  ]);
  if (scene === "quiz-empty") return;
  const first = ITEMS[kindOf(scene)] ?? ITEMS.choice;
  const timed = scene === "quiz-time" ? { time_limit_s: 600, created: now - 552_000 } : {};
  const taken = aQuizTaken([first, ...Object.values(ITEMS).filter((item) => item !== first)], {
    title: "8.1 How memory functions",
    created: now - 60_000,
    ...timed,
  });
  if (scene === "quiz-result") {
    const given: Record<ItemKind, string[]> = {
      choice: ["Storage"],
      cloze: ["amygdala"],
      "true-false": ["true"],
      matching: [],
      short: [
        "Recall is when you bring it back with nothing to help you; with recognition you see it again.",
      ],
    };
    taken.questions = taken.questions.map((question) =>
      answeredWith(question, given[question.asked.kind], marks(question.asked, given[question.asked.kind])),
    );
    taken.quiz = { ...taken.quiz, ended: now, answered: 5, correct: 2 };
  }
  backend.quizzes = [
    taken,
    {
      quiz: aQuiz({
        quiz: 4,
        title: "Psychology 2e and another document",
        created: now - 86_400_000,
        ended: now - 86_000_000,
        questions: 20,
        answered: 20,
        correct: 15,
      }),
      questions: [],
    },
    {
      quiz: aQuiz({
        quiz: 3,
        title: "Working memory and attention: a review of four decades of evidence",
        created: now - 3 * 86_400_000,
        questions: 10,
        answered: 4,
        again: 2,
      }),
      questions: [],
    },
  ];
  backend.statistics = [
    { kind: "choice", answered: 48, correct: 35, partial: 0, incorrect: 13, unsure: 0, appealed: 1 },
    { kind: "cloze", answered: 21, correct: 12, partial: 0, incorrect: 9, unsure: 0, appealed: 2 },
    { kind: "matching", answered: 9, correct: 3, partial: 5, incorrect: 1, unsure: 0, appealed: 0 },
    { kind: "short", answered: 12, correct: 5, partial: 3, incorrect: 1, unsure: 3, appealed: 3 },
  ];
  backend.drafts = [ITEMS.choice, ITEMS.matching, ITEMS.cloze].map((body, at) =>
    aDraft({ item: at + 1, body: { ...body, confidence: 0.58 } }),
  );
  backend.decisions = [
    {
      maker: "rules",
      kind: "choice",
      approved: 14,
      rejected: [
        ["ambiguous", 3],
        ["not-worth-asking", 2],
      ],
    },
  ];
}

export async function playQuiz(backend: Double, session: Session, scene: string): Promise<void> {
  const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const press = (testid: string) => document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.click();
  const isAnswered = new URLSearchParams(location.search).has("done");
  session.screen = "quiz";
  await wait(150);
  const { quizzes } = session;
  if (scene === "quiz" || scene === "quiz-empty") return;
  if (scene === "quiz-removed") {
    const [first] = quizzes.list;
    if (first) quizzes.remove(first, () => {});
    return;
  }
  if (["quiz-form", "quiz-making", "quiz-nothing"].includes(scene)) {
    await session.quizOn(1);
    if (scene === "quiz-form") return;
    await wait(100);
    press("quiz-make");
    await wait(50);
    if (scene === "quiz-making") backend.makes[0]?.args.tell(4);
    else
      backend.makes[0]?.resolve({
        quiz: null,
        drafts: 2,
        rejected: [
          ["another_fits", 6],
          ["repeats", 3],
        ],
        note: "There is too little text here to ask about.",
      });
    return;
  }
  if (["quiz-drafts", "quiz-reject", "quiz-edit"].includes(scene)) {
    await quizzes.look();
    await wait(100);
    if (scene !== "quiz-drafts") press(scene === "quiz-edit" ? "draft-edit" : "draft-reject");
    return;
  }
  await quizzes.open(5);
  await wait(100);
  const given: Record<string, string[]> = {
    "quiz-choice": ["Encoding"],
    "quiz-cloze": ["hippocampus"],
    "quiz-true-false": ["true"],
    "quiz-matching": [...(ITEMS.matching.answer as string[]).slice(0, 2), ITEMS.matching.options[1] ?? ""],
    "quiz-short": [
      "Recall is when you bring it back with nothing to help you; with recognition you see it again.",
    ],
    "quiz-fault": ["Storage"],
  };
  const taking = quizzes.taking;
  given[scene]?.forEach((text, at) => taking?.give(text, at));
  if (scene === "quiz-fault") backend.faults.set("quizAnswer", { code: "read_only", message: "" });
  if (isAnswered || scene === "quiz-fault") await taking?.answer();
}
