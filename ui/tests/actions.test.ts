import { screen, waitFor } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";

import { shownKeys, titleOf, wordsOf } from "../src/app/action";
import { ACTIONS, withShortcuts } from "../src/app/actions";
import { isPressed, keysOf, mod, modShift, plain } from "../src/app/shortcuts";
import english from "../src/i18n/en";
import { showLanguage } from "../src/i18n/i18n.svelte";
import { open } from "./open";

afterEach(() => showLanguage("en"));

const press = (key: string, over: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key, ...over });

describe("a shortcut", () => {
  it("is pressed with just its keys", () => {
    expect(isPressed(mod("k"), press("k", { ctrlKey: true }))).toBe(true);
    expect(isPressed(mod("k"), press("k", { metaKey: true }))).toBe(true);
    expect(isPressed(mod("k"), press("k"))).toBe(false);
    expect(isPressed(mod("k"), press("K", { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(isPressed(mod("k"), press("k", { ctrlKey: true, altKey: true }))).toBe(false);
    expect(isPressed(modShift("p"), press("P", { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(isPressed(plain("/"), press("/", { ctrlKey: true }))).toBe(false);
  });

  it("is the same on keyboards that need Shift for a sign, and on those of another script", () => {
    expect(isPressed(mod("+"), press("+", { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(isPressed(mod("1"), press("1", { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(isPressed(mod("k"), press("л", { ctrlKey: true, code: "KeyK" }))).toBe(true);
    expect(isPressed(mod("k"), press("л", { ctrlKey: true, code: "KeyL" }))).toBe(false);
  });

  it("is shown as it is printed on the keys", () => {
    expect(keysOf(modShift("p"))).toEqual(["Ctrl", "Shift", "P"]);
    expect(keysOf(plain("escape"))).toEqual(["Esc"]);
  });
});

describe("what can be done", () => {
  it("has one entry for each title of the catalogue", () => {
    const titles = Object.keys(english.palette).flatMap((key) =>
      key.startsWith("action.") ? [key.slice("action.".length)] : [],
    );
    expect(ACTIONS.map(({ id }) => id as string).sort()).toEqual(titles.sort());
    for (const action of ACTIONS) expect(wordsOf(action)).not.toBe(`palette.words.${action.id}`);
  });

  it("shares a key only where it is another thing in another place", () => {
    const all = withShortcuts().flatMap(({ id, shortcuts = [] }) =>
      shortcuts.map((shortcut) => ({ id, keys: keysOf(shortcut).join("+") })),
    );
    const shared = all.filter(({ id, keys }) => all.some((one) => one.keys === keys && one.id !== id));
    // In a document Ctrl+F finds there: it has to come first, since the first that is possible counts.
    expect(shared).toEqual([
      { id: "find", keys: "Ctrl+F" },
      { id: "search", keys: "Ctrl+F" },
    ]);
  });

  it("is told in the language on show, with its keys", async () => {
    const settings = ACTIONS.find(({ id }) => id === "settings");
    if (!settings) throw new Error("no settings");
    expect(titleOf(settings)).toBe("Settings");
    expect(shownKeys(settings)).toEqual(["Ctrl", ","]);
    await showLanguage("id");
    expect(titleOf(settings)).toBe("Setelan");
  });

  it("stands in the settings with its keys", async () => {
    const { session } = await open();
    session.screen = "settings";
    const shown = await screen.findByText("Search this room", { selector: "dt" });
    expect(shown.closest("div")).toHaveTextContent("/");
    expect(screen.getByText("Go to a room").closest("div")).toHaveTextContent("Ctrl1 … 9");
  });
});

describe("keys of the window", () => {
  it("reach the search field by a stroke, unless something is typed", async () => {
    const { session, user } = await open();
    await user.keyboard("/");
    await waitFor(() => expect(screen.getByTestId("search-input")).toHaveFocus());
    await user.keyboard("and/or");
    expect(session.search.query).toBe("and/or");
  });

  it("do nothing where it is not possible", async () => {
    const { session, user } = await open();
    const zoom = vi.spyOn(session.viewer, "zoomBy");
    await user.keyboard("{Control>}+{/Control}");
    expect(zoom).not.toHaveBeenCalled();
    session.show({ document: 1, title: "Psychology 2e", page: 12, boxes: [] });
    await screen.findAllByTestId("page");
    await user.keyboard("{Control>}+{/Control}");
    expect(zoom).toHaveBeenCalledWith(1);
  });

  it("leave Escape to whoever is typing into a quiz or a card", async () => {
    const { session, user } = await open();
    session.screen = "notes";
    await user.keyboard("{Escape}");
    expect(session.screen).toBe("library");
  });
});
