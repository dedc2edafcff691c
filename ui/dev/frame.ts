/** Scenes of the first start, of the tabs and of what lies beside the surface. */
import type { Session } from "../src/app/session.svelte";
import { aCitation, anAnswer, type Double } from "../tests/double";

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
const press = (testid: string) => document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.click();

export async function playFirst(backend: Double, session: Session, scene: string): Promise<void> {
  await wait(100);
  if (scene === "first") return;
  press("first-run-next");
  await wait(50);
  if (scene === "first-room") return;
  press("first-sample");
  await wait(300);
  if (scene === "first-ask") return;
  press("first-ask");
  await wait(50);
  const { current } = session.open;
  const citation = aCitation({
    document: current ?? 0,
    title: "How to learn so that it stays",
    page: 3,
    boxes: [],
  });
  backend.asks[0]?.resolve(
    anAnswer({
      text: "Three sessions of twenty minutes on three days leave more behind than one session of an hour, although the minutes are the same [1].",
      citations: [citation],
    }),
  );
}

export async function playFrame(session: Session, scene: string): Promise<void> {
  const titles = [
    "Psychology 2e",
    "Working memory and attention",
    "Lecture notes, week 7",
    "Handout",
    "On memory",
  ];
  const open = (document: number) =>
    session.show({ document, title: titles[document - 1] ?? `Paper ${document}`, page: 271, boxes: [] });
  for (const document of scene === "frame-tabs" ? [2, 3, 4, 5, 6, 7, 1] : [1]) open(document);
  await wait(300);
  if (scene === "frame-beside") session.trade();
  if (scene === "frame-quiz")
    session.openBeside({ document: 1, title: "Psychology 2e", page: 271, boxes: [] });
  if (scene === "frame-quiz") session.screen = "quiz";
  if (scene === "frame-notes") session.showBeside("notes");
  if (scene === "frame-toast")
    session.toasts.show("info", "Removed “Handout”", "The file stays where it is.");
}
