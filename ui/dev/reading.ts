import type { Session } from "../src/app/session.svelte";
import type { OutlineItem } from "../src/backend/bindings";
import type { Double } from "../tests/double";
import { matchesIn } from "../tests/matches";
import { wordsOf } from "./page";

const PAGE = 271;
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** A textbook's table of contents, shortened. */
const OUTLINE: OutlineItem[] = [
  { level: 1, title: "Preface", page: 9 },
  { level: 1, title: "1 Introduction to psychology", page: 19 },
  { level: 2, title: "1.1 What is psychology?", page: 20 },
  { level: 2, title: "1.2 History of psychology", page: 22 },
  { level: 1, title: "7 Thinking and intelligence", page: 229 },
  { level: 2, title: "7.1 What is cognition?", page: 230 },
  { level: 2, title: "7.2 Language", page: 234 },
  { level: 2, title: "7.3 Problem solving", page: 238 },
  { level: 1, title: "8 Memory", page: 261 },
  { level: 2, title: "8.1 How memory functions", page: 262 },
  { level: 3, title: "Encoding", page: 263 },
  { level: 3, title: "Storage", page: 267 },
  { level: 3, title: "Retrieval", page: 270 },
  { level: 2, title: "8.2 Parts of the brain involved with memory, and how they were found", page: 274 },
  { level: 2, title: "8.3 Problems with memory", page: 277 },
  { level: 2, title: "8.4 Ways to enhance memory", page: 287 },
  { level: 1, title: "9 Lifespan development", page: 299 },
  { level: 2, title: "9.1 What is lifespan development?", page: 300 },
  { level: 1, title: "References", page: 640 },
];

/** Gives the open document a table of contents and words. */
export function prepareReading(backend: Double, scene: string): void {
  backend.outlines.set(1, scene === "reading-contents-empty" ? [] : OUTLINE);
  for (let page = PAGE - 5; page < PAGE + 8; page++) backend.words.set(page, wordsOf(1, page));
  backend.documentFind = async (document, query, limit) =>
    matchesIn(
      document === 1 ? backend.words : new Map(),
      document === 1 ? new Map() : backend.texts,
      query,
      limit,
    );
  if (scene === "reading-loading") backend.pageInfo = () => new Promise(() => {});
  if (scene === "reading-none") backend.pages.set(1, []);
  if (scene === "reading-failed")
    backend.faults.set("pageInfo", {
      code: "corrupt",
      message: "library.sqlite is damaged: run `smart-study-room check --repair`.",
    });
}

/** Leads to the state that the scene shows. */
export async function playReading(session: Session, scene: string): Promise<void> {
  const { viewer } = session;
  const { preferences } = viewer;
  preferences.close();
  if (scene === "reading-find-text") {
    session.show({ document: 10, title: "On memory", page: 1, boxes: [] });
    await wait(300);
    viewer.find.open();
    viewer.find.type("memory");
    return;
  }
  session.show({ document: 1, title: "Psychology 2e", page: PAGE, boxes: [] });
  await wait(300);
  if (scene === "reading-locked") viewer.locked = true;
  if (scene === "reading-pages") preferences.show("pages");
  if (scene.startsWith("reading-contents")) preferences.show("contents");
  if (scene === "reading-spread") viewer.spread = true;
  if (scene === "reading-whole") viewer.fit("page");
  if (scene === "reading-turned") viewer.rotate();
  if (scene === "reading-view") document.querySelector<HTMLElement>("[data-testid=view-menu]")?.click();
  if (scene === "reading-history") viewer.goTo(300);
  if (scene.startsWith("reading-find")) {
    viewer.find.open();
    viewer.find.type(scene === "reading-find-nothing" ? "quantum" : "memory");
    await wait(300);
    if (scene === "reading-find") viewer.find.step(1);
  }
}
