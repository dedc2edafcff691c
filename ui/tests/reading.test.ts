import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, it, vi } from "vitest";

import { showLanguage } from "../src/i18n/i18n.svelte";
import { anAnnotation, someWords } from "./annotationsDouble";
import { aDocument, somePages, type Double } from "./double";
import { matchesIn } from "./matches";
import { open } from "./open";

const OUTLINE = [
  { level: 1, title: "Memory", page: 2 },
  { level: 2, title: "Encoding", page: 3 },
  { level: 2, title: "Storage", page: 8 },
  { level: 1, title: "Sleep", page: 12 },
];

/** A document of twenty pages open at one of them. */
async function reading(page = 1, prepare: (backend: Double) => void = () => {}) {
  const opened = await open((backend) => {
    backend.pages.set(1, somePages(20));
    backend.outlines.set(1, OUTLINE);
    backend.words.set(4, someWords(["Water moves outside.", "Salt stays; water follows."]));
    backend.words.set(9, someWords(["No water here."]));
    backend.documentFind = async (_, query, limit) => matchesIn(backend.words, new Map(), query, limit);
    prepare(backend);
  });
  opened.session.show({ document: 1, title: "Psychology 2e", page, boxes: [] });
  await screen.findByTestId("viewer-bar");
  await waitFor(() => expect(screen.getByTestId("viewer").dataset.page).toBe(String(page)));
  return opened;
}

afterEach(() => showLanguage("en"));

it("words are found while reading: counted, marked, gone through, and left where they led", async () => {
  const { session, user } = await reading(4);
  await user.keyboard("{Control>}f{/Control}");
  const field = await screen.findByTestId("find-input");
  await waitFor(() => expect(field).toHaveFocus());
  await user.type(field, "water");
  await waitFor(() => expect(screen.getByTestId("find-count")).toHaveTextContent("1 of 3"));
  expect(screen.getAllByTestId("find-current")).toHaveLength(1);
  expect(screen.getAllByTestId("find-match")).toHaveLength(1);
  expect(field).toHaveFocus();
  await user.keyboard("{Enter}{Enter}");
  expect(screen.getByTestId("find-count")).toHaveTextContent("3 of 3");
  await waitFor(() => expect(session.viewer.page).toBe(9));
  await user.keyboard("{Shift>}{Enter}{/Shift}{F3}");
  expect(screen.getByTestId("find-count")).toHaveTextContent("3 of 3");
  await user.keyboard("{Escape}");
  expect(screen.queryByTestId("find-bar")).toBeNull();
  expect(screen.queryByTestId("find-current")).toBeNull();
  expect(session.screen).toBe("read");
  expect(session.viewer.page).toBe(9);
  await waitFor(() => expect(screen.getByRole("region", { name: "Pages" })).toHaveFocus());
});

it("a search without a find says why something may stand there all the same", async () => {
  const { user } = await reading(1, (backend) => {
    backend.documents = [aDocument({ document: 1, pages: 20, pages_read: 20 })];
    backend.pages.set(1, [...somePages(18), ...somePages(2, { status: "scanned" })]);
  });
  await user.click(screen.getByTestId("find-toggle"));
  await user.type(await screen.findByTestId("find-input"), "quantum");
  await waitFor(() => expect(screen.getByTestId("find-count")).toHaveTextContent("Nothing found"));
  expect(screen.getByTestId("find-aside")).toHaveTextContent("2 pages have no text yet");
});

it("Ctrl+F goes to the room's search where nothing is read", async () => {
  const { user } = await open();
  await user.keyboard("{Control>}f{/Control}");
  await waitFor(() => expect(screen.getByTestId("search-input")).toHaveFocus());
});

it("words of a set text are found and marked letter for letter", async () => {
  const { session, user } = await open((backend) => {
    backend.pages.set(1, somePages(1, { width: 0, height: 0 }));
    backend.texts.set(1, [
      { kind: "heading", level: 1, text: "Café" },
      { kind: "paragraph", level: null, text: "Water moves. Salt water rests." },
    ]);
    backend.documentFind = async (_, query, limit) => matchesIn(new Map(), backend.texts, query, limit);
  });
  session.show({ document: 1, title: "On water", page: 1, boxes: [] });
  await screen.findByText("Café");
  await user.keyboard("{Control>}f{/Control}");
  await user.type(await screen.findByTestId("find-input"), "water");
  expect(await screen.findByTestId("find-current")).toHaveTextContent("Water");
  expect(screen.getByTestId("find-match")).toHaveTextContent("water");
});

it("the contents are a tree that keys go through; the section that is read is marked", async () => {
  const { session, user } = await reading(9);
  await user.click(screen.getByTestId("side-toggle"));
  const tree = await screen.findByRole("tree", { name: "Contents" });
  const item = (name: string) => within(tree).getByRole("treeitem", { name: new RegExp(`^${name}`) });
  expect(item("Storage")).toHaveAttribute("aria-current", "location");
  expect(item("Storage")).toHaveAttribute("aria-level", "2");
  expect(item("Storage")).toHaveAttribute("tabindex", "0");
  item("Storage").focus();
  await user.keyboard("{ArrowLeft}");
  await waitFor(() => expect(item("Memory")).toHaveFocus());
  await user.keyboard("{ArrowLeft}");
  expect(item("Memory")).toHaveAttribute("aria-expanded", "false");
  expect(within(tree).queryByText("Encoding")).toBeNull();
  await user.keyboard("s");
  await waitFor(() => expect(item("Sleep")).toHaveFocus());
  await user.keyboard("{Enter}");
  await waitFor(() => expect(session.viewer.page).toBe(12));
  // The focus stays in the tree, so that the next entry is an arrow away.
  expect(item("Sleep")).toHaveFocus();
  await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
  await waitFor(() => expect(session.viewer.page).toBe(9));
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("tree")).toBeNull();
  await waitFor(() => expect(screen.getByTestId("side-toggle")).toHaveFocus());
});

it("a document without a table of contents says so", async () => {
  const { user } = await reading(1, (backend) => backend.outlines.set(1, []));
  await user.click(screen.getByTestId("side-toggle"));
  expect(await screen.findByText("No table of contents")).toBeInTheDocument();
});

it("small pictures of the pages lead to them, by press and by arrows, and only those in view are there", async () => {
  const { session, user } = await reading(3, (backend) => backend.pages.set(1, somePages(685)));
  await user.click(screen.getByTestId("side-toggle"));
  await user.click(screen.getByTestId("side-pages"));
  const list = await screen.findByRole("listbox", { name: "Pages" });
  expect(within(list).getAllByRole("option").length).toBeLessThan(12);
  expect(within(list).getByRole("option", { name: "Page 3" })).toHaveAttribute("aria-selected", "true");
  await user.click(within(list).getByRole("option", { name: "Page 4" }));
  await waitFor(() => expect(session.viewer.page).toBe(4));
  list.focus();
  await user.keyboard("{ArrowDown}");
  await waitFor(() => expect(session.viewer.page).toBe(5));
  expect(list).toHaveFocus();
});

it("what stands beside the pages is remembered, and a tab is chosen by arrows", async () => {
  const { session, user } = await reading();
  await user.click(screen.getByTestId("notes-toggle"));
  expect(await screen.findByRole("tab", { name: "Notes" })).toHaveAttribute("aria-selected", "true");
  screen.getByTestId("side-notes").focus();
  await user.keyboard("{ArrowRight}");
  await waitFor(() => expect(screen.getByTestId("side-pages")).toHaveFocus());
  await user.keyboard("{ArrowLeft}{ArrowLeft}");
  await waitFor(() => expect(screen.getByTestId("side-contents")).toHaveFocus());
  session.viewer.preferences.resize(300);
  expect(session.viewer.preferences.asked).toBe(true);
  expect(JSON.parse(localStorage.getItem("reading") ?? "{}")).toMatchObject({
    tab: "contents",
    open: true,
    width: 300,
  });
});

it("keys turn pages where nothing else has a use for them", async () => {
  const { session, user } = await reading(5);
  screen.getByRole("region", { name: "Pages" }).focus();
  await user.keyboard("{ArrowRight}");
  await waitFor(() => expect(session.viewer.page).toBe(6));
  session.viewer.fit("page");
  await user.keyboard("{PageDown}");
  await waitFor(() => expect(session.viewer.page).toBe(7));
  await user.keyboard("{End}");
  await waitFor(() => expect(session.viewer.page).toBe(20));
  await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
  await waitFor(() => expect(session.viewer.page).toBe(7));
  screen.getByTestId("page-number").focus();
  await user.keyboard("{End}");
  expect(session.viewer.target?.page).toBe(7);
});

it("two pages lie side by side, the cover alone, and pages are turned", async () => {
  const { session, user } = await reading(1);
  await user.click(screen.getByTestId("view-menu"));
  await user.click(await screen.findByTestId("view-spread"));
  expect(screen.getByTestId("view-spread")).toHaveAttribute("aria-checked", "true");
  const top = (page: number) =>
    document.querySelector<HTMLElement>(`[data-testid=page][data-page="${page}"]`)?.style.top;
  await waitFor(() => expect(top(2)).toBe(top(3)));
  expect(top(1)).not.toBe(top(2));
  await user.click(screen.getByTestId("view-rotate"));
  expect(session.viewer.turn).toBe(90);
  const leaf = document.querySelector<HTMLElement>("[data-testid=page] .leaf");
  expect(leaf?.style.transform).toBe("rotate(90deg)");
});

it("a highlight that was removed is brought back by Ctrl+Z", async () => {
  const { backend, user } = await reading(1, (backend) => {
    backend.annotations = [anAnnotation()];
    backend.words.set(1, someWords(["Memory lasts."]));
  });
  (await screen.findByTestId("annotation")).focus();
  await user.keyboard("{Delete}");
  await waitFor(() => expect(backend.annotations).toHaveLength(0));
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(backend.annotations).toEqual([anAnnotation()]));
  await waitFor(() => expect(screen.queryByTestId("annotation-undo")).toBeNull());
  await user.keyboard("{Control>}z{/Control}");
  expect(backend.calls.filter(([name]) => name === "annotationBringBack")).toHaveLength(1);
});

it("a note is listed as text, without the signs of its markup, also where it was looked for", async () => {
  const { user } = await reading(1, (backend) => {
    backend.annotations = [anAnnotation({ note: "Is this **really** so?\n\n- one\n- two" })];
  });
  await user.click(screen.getByTestId("notes-toggle"));
  const item = await screen.findByTestId("note-item");
  await waitFor(() => expect(item).toHaveTextContent("Is this really so? one two"));
  await user.type(screen.getByTestId("notes-search"), "really");
  expect(await within(item).findByText("really", { selector: "mark" })).toBeInTheDocument();
  expect(screen.getByTestId("note-item")).not.toHaveTextContent("**");
});

it("selected words are dragged out as a quotation with its source, and never as markup", async () => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 1000, 1000));
  const { session } = await reading(1, (backend) => {
    backend.words.set(1, someWords(["<b>Water</b> moves outside.", "Salt stays."]));
    backend.pages.set(1, somePages(3, { label: "xii" }));
  });
  const layer = await waitFor(() => {
    const found = document.querySelector<HTMLElement>("[data-testid=page-words][data-page='1']");
    expect(found?.dataset.ready).toBe("true");
    return found as HTMLElement;
  });
  // The third press selects the paragraph.
  await fireEvent.click(layer, { clientX: 130, clientY: 110, detail: 3 });
  expect(session.annotations.selected?.quote).toBe("<b>Water</b> moves outside. Salt stays.");
  const given = new Map<string, string>();
  const transfer = {
    clearData: () => given.clear(),
    setData: (kind: string, text: string) => given.set(kind, text),
  };
  const event = new Event("dragstart", { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: transfer });
  await fireEvent((await screen.findAllByTestId("selected-words"))[0] as HTMLElement, event);
  expect(given.get("text/plain")).toBe("“<b>Water</b> moves outside. Salt stays.” — Psychology 2e, p. xii");
  expect(given.get("text/html")).toBe(
    "<blockquote>&lt;b&gt;Water&lt;/b&gt; moves outside. Salt stays.</blockquote><p>— Psychology 2e, p. xii</p>",
  );
});

it("what is selected has one tab stop for what can be done with it", async () => {
  const { session, user } = await reading(1, (backend) => {
    backend.words.set(1, someWords(["Water moves."]));
    backend.documents = [aDocument({ document: 1 })];
  });
  const selection = { document: 1, page: 1, start: 0, end: 5, quote: "Water" };
  session.annotations.select(selection, { boxes: [{ x0: 0, y0: 0.1, x1: 1, y1: 0.2 }], upwards: false });
  const bar = await screen.findByRole("toolbar", { name: "Selected words" });
  const buttons = within(bar).getAllByRole("button");
  expect(buttons.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  buttons[0]?.focus();
  await user.keyboard("{ArrowLeft}");
  expect(buttons.at(-1)).toHaveFocus();
  expect(buttons.at(-1)?.tabIndex).toBe(0);
});

it("is read in Indonesian as well", async () => {
  const { user } = await reading(9);
  await user.click(screen.getByTestId("side-toggle"));
  await showLanguage("id");
  expect(await screen.findByRole("tree", { name: "Daftar isi" })).toBeInTheDocument();
  expect(screen.getByTestId("page-count")).toHaveTextContent("dari 20");
  await user.click(screen.getByTestId("find-toggle"));
  await user.type(await screen.findByTestId("find-input"), "kuantum");
  await waitFor(() => expect(screen.getByTestId("find-count")).toHaveTextContent("Tidak ditemukan"));
});
