import type { Session } from "../src/app/session.svelte";
import type { Colour } from "../src/backend/bindings";
import { aDocument, type Double } from "../tests/double";
import { anAnnotation } from "../tests/annotationsDouble";
import { wordsOf } from "./page";

const PAGE = 271;
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** What is marked: from one word to another, with a colour and a note. */
const MARKS: [number, number, Colour, string][] = [
  [2, 9, "yellow", "Is this **really** like a computer? Ask in the tutorial."],
  [17, 34, "green", ""],
  [45, 52, "blue", ""],
  [66, 71, "pink", "Exam: three functions. Learn them in order."],
];

/** Puts highlights and notes into the library. */
export function prepareNotes(backend: Double, scene: string): void {
  for (const page of [PAGE - 1, PAGE, PAGE + 1]) backend.words.set(page, wordsOf(1, page));
  if (scene === "notes-text") {
    backend.documents = [aDocument({ document: 10, title: "On memory", format: "epub" })];
    const quote = "an information processing system";
    const citation = { ...anAnnotation().citation, document: 10, title: "On memory", page: null, quote };
    const note = "The metaphor of the sixties.";
    backend.annotations = [
      anAnnotation({ document: 10, citation: { ...citation, boxes: [] }, start: 31, colour: "green", note }),
      anAnnotation({
        annotation: 2,
        document: 10,
        citation: { ...citation, quote: "retrieve information over different periods", boxes: [] },
        colour: "pink",
      }),
    ];
  }
}

/** Leads to the state that the scene shows. */
export async function playNotes(backend: Double, session: Session, scene: string): Promise<void> {
  if (scene === "notes-text") {
    session.show({ document: 10, title: "On memory", page: 1, boxes: [] });
    return;
  }
  if (scene === "notes-fault")
    backend.faults.set("annotationsSearch", {
      code: "corrupt",
      message: "library.sqlite is damaged: run `smart-study-room check --repair`.",
    });
  session.show({ document: 1, title: "Psychology 2e", page: PAGE, boxes: [] });
  await wait(400);
  if (scene !== "notes-empty") await mark(backend, session);
  const find = (testid: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)];
  if (scene === "notes-card") find("annotation")[0]?.click();
  if (scene === "notes-select" || scene === "notes-ask") select(find("page-words"));
  await wait(100);
  if (scene === "notes-ask") find("selection-ask")[0]?.click();
  if (["notes-panel", "notes-empty", "notes-fault"].includes(scene)) session.viewer.preferences.show("notes");
  if (scene === "notes-room") session.screen = "notes";
}

async function mark(backend: Double, session: Session): Promise<void> {
  const { text, words } = wordsOf(1, PAGE);
  for (const [first, last, colour, note] of MARKS) {
    const [start, end] = [words[first]?.[0] ?? 0, words[last]?.[1] ?? 0];
    const on = { document: 1, page: PAGE, start, end, quote: text.slice(start, end) };
    await backend.annotationAdd({ on, colour, note });
  }
  const on = { document: 1, page: PAGE, start: 0, end: 0, quote: "" };
  await backend.annotationAdd({ on, colour: "yellow", note: "Figure 8.2 is better in the lecture." });
  await session.annotations.refresh();
}

/** Drags over some lines of the page in view. */
function select(layers: HTMLElement[]): void {
  const layer = layers.find(({ dataset }) => dataset.page === String(PAGE));
  const box = layer?.getBoundingClientRect();
  if (!layer || !box) return;
  const at = (x: number, y: number) => ({
    clientX: box.left + x * box.width,
    clientY: box.top + y * box.height,
    bubbles: true,
    button: 0,
  });
  layer.dispatchEvent(new PointerEvent("pointerdown", at(0.3, 0.265)));
  window.dispatchEvent(new PointerEvent("pointermove", at(0.5, 0.28)));
  window.dispatchEvent(new PointerEvent("pointermove", at(0.6, 0.3)));
  window.dispatchEvent(new PointerEvent("pointerup", at(0.6, 0.3)));
}
