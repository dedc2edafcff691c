import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { expect, it, vi } from "vitest";

import { aCitation, anAnswer, aTurn, somePages, type Double } from "./double";
import { anAnnotation, someWords } from "./annotationsDouble";
import { open } from "./open";

const LINES = ["Water moves outside.", "Salt stays; water follows."];

/** A document of three pages open at the first, whose words lie on a page of 1000 × 1000. */
async function reading(prepare: (backend: Double) => void = () => {}) {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 1000, 1000));
  const opened = await open((backend) => {
    backend.pages.set(1, somePages(3));
    backend.words.set(1, someWords(LINES));
    prepare(backend);
  });
  opened.session.show({ document: 1, title: "Psychology 2e", page: 1, boxes: [] });
  const layer = await waitFor(() => {
    const found = document.querySelector<HTMLElement>("[data-testid=page-words][data-page='1']");
    expect(found?.dataset.ready).toBe("true");
    return found as HTMLElement;
  });
  return { ...opened, layer };
}

/** Drags from one place of the page to another, in thousandths. */
async function drag(layer: HTMLElement, from: [number, number], to: [number, number]) {
  const at = ([clientX, clientY]: [number, number]) => ({ clientX, clientY, button: 0, bubbles: true });
  await fireEvent(layer, new MouseEvent("pointerdown", at(from)));
  await fireEvent(window, new MouseEvent("pointermove", at(to)));
  await fireEvent(window, new MouseEvent("pointerup", at(to)));
}

const SALT: [number, number] = [120, 140];
const STAYS: [number, number] = [230, 140];

it("words are selected where they stand, and highlighted in the colour that is pressed", async () => {
  const { backend, layer, user } = await reading();
  await drag(layer, SALT, STAYS);
  const bar = await screen.findByRole("toolbar", { name: "Selected words" });
  expect(screen.getByText("Selected: Salt stays;")).toBeInTheDocument();
  await user.click(within(bar).getByRole("button", { name: "Green" }));
  const highlight = await screen.findByTestId("annotation");
  expect(highlight).toHaveAccessibleName("Green highlight: Salt stays;");
  expect(highlight).toHaveClass("green");
  expect(backend.annotations[0]?.citation).toMatchObject({ quote: "Salt stays;", page: 1 });
  expect(screen.queryByTestId("selection-bar")).toBeNull();
});

it("words are selected by Shift and arrows, and let go by Escape", async () => {
  const { layer, session } = await reading();
  layer.focus();
  await fireEvent.keyDown(layer, { key: "ArrowRight", shiftKey: true });
  await fireEvent.keyDown(layer, { key: "ArrowRight", shiftKey: true });
  expect(session.annotations.selected?.quote).toBe("Water moves");
  await fireEvent.keyDown(layer, { key: "ArrowDown", shiftKey: true });
  expect(session.annotations.selected?.quote).toBe("Water moves outside. Salt stays;");
  await fireEvent.keyDown(layer, { key: "Escape" });
  expect(session.annotations.selected).toBeNull();
  expect(session.screen).toBe("read");
});

it("the words of a page are there to be read aloud", async () => {
  const { layer } = await reading();
  expect(within(layer).getByText(LINES.join(" "))).toBeInTheDocument();
});

it("a note is kept as it is typed, and when its highlight closes", async () => {
  const { backend, layer, user } = await reading();
  await drag(layer, SALT, STAYS);
  await user.click(await screen.findByTestId("selection-note"));
  const field = await screen.findByLabelText("Your note");
  await waitFor(() => expect(field).toHaveFocus());
  await user.type(field, "Why?");
  await waitFor(() => expect(backend.annotations[0]?.note).toBe("Why?"), { timeout: 2000 });
  await waitFor(() => expect(screen.getByTestId("annotation-state")).toHaveTextContent("Kept just now"));
  await user.type(field, " Ask.{Escape}");
  await waitFor(() => expect(backend.annotations[0]?.note).toBe("Why? Ask."));
  expect(screen.queryByTestId("annotation-card")).toBeNull();
  await waitFor(() => expect(screen.getByTestId("annotation")).toHaveFocus());
  expect(screen.getByTestId("annotation")).toHaveAccessibleName(
    "Yellow highlight: Salt stays;. Your note: Why? Ask.",
  );
});

it("a note that can't be kept stays in its field, and says so", async () => {
  const { backend, user } = await reading((backend) => (backend.annotations = [anAnnotation()]));
  backend.faults.set("annotationEdit", { code: "no_space", message: "The disk is full." });
  await user.click(await screen.findByTestId("annotation"));
  await user.type(screen.getByLabelText("Your note"), "Mine");
  expect(await screen.findByText("Not kept. The disk is full.", {}, { timeout: 2000 })).toBeInTheDocument();
  expect(screen.getByLabelText("Your note")).toHaveValue("Mine");
});

it("a highlight is removed by Delete and taken back by the toast, with the focus", async () => {
  const { backend, user } = await reading((backend) => (backend.annotations = [anAnnotation()]));
  (await screen.findByTestId("annotation")).focus();
  await user.keyboard("{Delete}");
  await user.click(await screen.findByTestId("annotation-undo"));
  await waitFor(() => expect(screen.getByTestId("annotation")).toHaveFocus());
  expect(backend.annotations).toEqual([anAnnotation()]);
});

it("quoted words that are highlighted show the colour of the highlight", async () => {
  const { session } = await reading((backend) => (backend.annotations = [anAnnotation({ colour: "pink" })]));
  const { boxes } = anAnnotation().citation;
  await screen.findByTestId("annotation");
  session.show({ document: 1, title: "Psychology 2e", page: 1, boxes });
  await waitFor(() => expect(session.viewer.target?.boxes).toEqual(boxes));
  expect(screen.queryByTestId("highlight")).toBeNull();
  const elsewhere = boxes.map((box) => ({ ...box, y0: 0.5, y1: 0.52 }));
  session.show({ document: 1, title: "Psychology 2e", page: 1, boxes: elsewhere });
  expect(await screen.findByTestId("highlight")).toBeInTheDocument();
});

it("the highlights of a document are listed, found by their words, opened and exported", async () => {
  const { backend, session, user } = await reading((backend) => {
    const far = { ...anAnnotation().citation, page: 3, quote: "Salt stays.", boxes: [] };
    backend.annotations = [
      anAnnotation(),
      anAnnotation({ annotation: 2, page: 3, citation: far, note: "Why?" }),
    ];
  });
  await user.click(screen.getByTestId("notes-toggle"));
  const panel = await screen.findByTestId("notes-panel");
  await waitFor(() => expect(within(panel).getAllByTestId("note-item")).toHaveLength(2));
  await user.type(within(panel).getByTestId("notes-search"), "why");
  await waitFor(() => expect(within(panel).getAllByTestId("note-item")).toHaveLength(1));
  expect(within(panel).getByText("Why", { selector: "mark" })).toBeInTheDocument();
  await user.click(within(panel).getByTestId("note-item"));
  expect(session.viewer.target).toMatchObject({ page: 3 });
  await user.click(within(panel).getByTestId("notes-export"));
  expect(backend.calls).toContainEqual(["annotationsExport", 1, 1]);
  expect(await screen.findByText("/notes/Highlights and notes.md")).toBeInTheDocument();
  await user.click(within(panel).getByTestId("page-note"));
  await waitFor(() => expect(backend.annotations.at(-1)?.citation.quote).toBe(""));
  const whole = await screen.findByTestId("annotation-card");
  await user.type(within(whole).getByLabelText("Your note"), "{Escape}");
  // A note without a word is none.
  await waitFor(() => expect(backend.annotations).toHaveLength(2));
});

it("the notes of a room outlive their documents", async () => {
  const { user } = await open((backend) => {
    backend.annotations = [
      anAnnotation({ document: null, citation: { ...anAnnotation().citation, title: "A lost book" } }),
    ];
  });
  await user.keyboard("{Control>}m{/Control}");
  const item = await screen.findByTestId("note-item");
  expect(item).toBeDisabled();
  expect(item).toHaveTextContent("Document removed");
  expect(screen.getByRole("heading", { name: "A lost book" })).toBeInTheDocument();
});

it("a search of the room finds what was marked and noted, above the places", async () => {
  const { session, user } = await open((backend) => {
    backend.annotations = [anAnnotation({ note: "Ask Ada about the hippocampus." })];
  });
  await user.type(screen.getByTestId("search-input"), "hippoc");
  const found = await screen.findByTestId("search-notes");
  expect(within(found).getByText("hippoc", { selector: "mark" })).toBeInTheDocument();
  await user.click(within(found).getByTestId("search-note"));
  expect(session.screen).toBe("read");
  expect(session.viewer.target).toMatchObject({ page: 1, quote: "Memory lasts." });
});

it("a question about selected words carries them, and asks about them again", async () => {
  const { backend, layer, user } = await reading();
  await drag(layer, SALT, STAYS);
  await user.click(await screen.findByTestId("selection-ask"));
  const field = screen.getByTestId("ask-input");
  await waitFor(() => expect(field).toHaveFocus());
  expect(screen.getByTestId("ask-about")).toHaveTextContent("Salt stays;");
  await user.type(field, "Why is this so?{Enter}");
  expect(screen.queryByTestId("ask-about")).toBeNull();
  const about = { citation: expect.objectContaining({ quote: "Salt stays;" }), note: "" };
  expect(backend.asks[0]?.args).toMatchObject({ text: "Why is this so?", about });
  backend.asks[0]?.resolve(anAnswer({ citations: [aCitation()] }));
  expect(await screen.findByTestId("exchange-about")).toHaveTextContent("Salt stays;");
  await user.click(await screen.findByTestId("ask-again"));
  await waitFor(() => expect(backend.asks[1]?.args).toMatchObject({ about }));
});

it("what a stored question was about is shown, and opens its place", async () => {
  const { session, user } = await open((backend) => {
    backend.conversations = [{ conversation: "3", room: 1, title: "T", created: 0, updated: 0, turns: 1 }];
    backend.turns = [aTurn({ about: { citation: aCitation({ quote: "Salt stays." }), note: "" } })];
  });
  await user.click(await screen.findByTestId("exchange-about"));
  expect(session.viewer.target).toMatchObject({ page: 12, quote: "Salt stays." });
});

it("the words that a question was to be about can be taken off", async () => {
  const { session, user } = await open();
  session.askAbout({ citation: aCitation(), note: "" });
  await user.click(await screen.findByTestId("ask-about-clear"));
  expect(session.ask.about).toBeNull();
  expect(screen.getByTestId("ask-input")).toHaveFocus();
});

it("a card is made of selected words: they are its gap, and their place its source", async () => {
  const { backend, layer, user } = await reading();
  await drag(layer, SALT, STAYS);
  await user.click(await screen.findByTestId("selection-card"));
  await user.click(await screen.findByTestId("note-save"));
  await waitFor(() =>
    expect(backend.notes[0]).toMatchObject({
      kind: "cloze",
      front: "{{c1::Salt stays;}}",
      source: { page: 1, quote: "Salt stays;" },
    }),
  );
});

it("words of a set text are marked over its markup, and selected by letters", async () => {
  const quote = "moves.\nIt is 光合作用";
  const { session } = await open((backend) => {
    backend.pages.set(1, somePages(1, { width: 0, height: 0 }));
    backend.texts.set(1, [
      { kind: "heading", level: 1, text: "Café" },
      { kind: "paragraph", level: null, text: "Water moves." },
      { kind: "paragraph", level: null, text: "It is 光合作用." },
    ]);
    const citation = { ...anAnnotation().citation, page: null, quote, boxes: [] };
    // Behind "Café\nWater ", of which one letter has two bytes.
    backend.annotations = [anAnnotation({ citation, start: 12, colour: "pink" })];
  });
  session.show({ document: 1, title: "On water", page: 1, boxes: [] });
  const first = await screen.findByTestId("annotation");
  expect(first).toHaveTextContent("moves.");
  const part = screen.getByTestId("text-page");
  expect([...part.querySelectorAll(".pink")].map((run) => run.textContent)).toEqual([
    "moves.",
    "It is 光合作用",
  ]);

  const end = part.querySelectorAll(".pink")[1]?.firstChild as Text;
  window.getSelection()?.setBaseAndExtent(first.firstChild as Text, 0, end, 7);
  Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect ??= () => new DOMRect();
  await fireEvent(part, new MouseEvent("pointerup", { bubbles: true }));
  await waitFor(() =>
    expect(session.annotations.selected).toMatchObject({ start: 12, end: 28, quote: "moves.\nIt is 光" }),
  );
});
