import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import type { Start } from "../src/cards/editor.svelte";
import { aSource } from "./cardBuilders";
import { open } from "./open";

/** The window with a new card on show. */
async function composing(start: Start = {}) {
  const opened = await open();
  opened.session.screen = "cards";
  opened.session.cards.compose(start);
  await screen.findByTestId("note-dialog");
  return opened;
}

const front = () => screen.getByTestId<HTMLTextAreaElement>("note-front");

describe("writing a card", () => {
  it("shows how it will look while it is written, and stores it", async () => {
    const { user, backend } = await composing();
    expect(front()).toHaveFocus();
    await user.type(front(), "What is **osmosis**?");
    await user.type(screen.getByTestId("note-back"), "Water that moves.");
    const preview = screen.getByTestId("note-preview");
    await waitFor(() => expect(within(preview).getByText("osmosis").tagName).toBe("STRONG"));
    await user.type(screen.getByTestId("note-tags"), "cells  week-1");
    await user.click(screen.getByTestId("note-save"));
    await waitFor(() => expect(screen.queryByTestId("note-dialog")).toBeNull());
    expect(backend.notes).toMatchObject([
      { kind: "basic", front: "What is **osmosis**?", tags: ["cells", "week-1"] },
    ]);
    expect(await screen.findByTestId("toast")).toHaveTextContent("Card saved");
    expect(await screen.findByTestId("card-row")).toHaveTextContent("What is osmosis?");
  });

  it("makes gaps of chosen words, each with the next number", async () => {
    const { user, backend } = await composing();
    await user.type(front(), "Water moves by osmosis.");
    front().setSelectionRange(0, 5);
    await user.click(screen.getByTestId("note-gap"));
    expect(front()).toHaveValue("{{c1::Water}} moves by osmosis.");
    await waitFor(() => expect(front()).toHaveFocus());
    const at = front().value.indexOf("osmosis");
    front().setSelectionRange(at, at + 7);
    await user.keyboard("{Control>}{Shift>}C{/Shift}{/Control}");
    expect(front()).toHaveValue("{{c1::Water}} moves by {{c2::osmosis}}.");
    expect(screen.queryByTestId("note-back")).toBeNull();
    expect(await screen.findByTestId("note-preview-next")).toHaveTextContent("Card 1 of 2");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(backend.cards.map(({ ordinal }) => ordinal)).toEqual([0, 1]));
  });

  it("says at the field what is missing", async () => {
    const { user, backend } = await composing();
    await user.click(screen.getByTestId("note-save"));
    expect(await screen.findByTestId("note-front-error")).toHaveTextContent("A note needs a front");
    expect(front()).toHaveFocus();
    await user.keyboard("What?");
    expect(screen.queryByTestId("note-front-error")).toBeNull();
    await user.click(screen.getByTestId("note-save"));
    expect(await screen.findByTestId("note-back-error")).toHaveTextContent("A note needs a back");
    await user.click(screen.getByRole("radio", { name: "With gaps" }));
    await user.click(screen.getByTestId("note-save"));
    expect(await screen.findByTestId("note-front-error")).toHaveTextContent("has no gap");
    backend.faults.set("noteAdd", { code: "no_space", message: "" });
    await user.click(screen.getByTestId("note-save"));
    expect(await screen.findByTestId("note-fault")).toHaveTextContent("The disk is full");
    expect(front()).toHaveValue("What?");
    expect(backend.notes).toEqual([]);
  });

  it("goes on to another one with the same source and tags", async () => {
    const { user, backend } = await composing({ front: "One?", back: "1", source: aSource() });
    expect(screen.getByTestId("note-source")).toHaveTextContent("From Psychology 2e, p. 4.");
    await user.type(screen.getByTestId("note-tags"), "t");
    await user.click(screen.getByTestId("note-save-next"));
    await waitFor(() => expect(front()).toHaveValue(""));
    expect(front()).toHaveFocus();
    await user.keyboard("Two?");
    await user.type(screen.getByTestId("note-back"), "2");
    await user.click(screen.getByTestId("note-save"));
    await waitFor(() => expect(backend.notes.map(({ front }) => front)).toEqual(["One?", "Two?"]));
    expect(backend.notes.every(({ source, tags }) => source?.page === 12 && tags[0] === "t")).toBe(true);
  });

  it("keeps for a moment what was written and not saved, and says nothing where nothing was", async () => {
    const { user, session } = await composing({ front: "{{c1::Water}} moves.", source: aSource() });
    expect(screen.getByRole("radio", { name: "With gaps" })).toBeChecked();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("note-dialog")).toBeNull());
    session.cards.compose();
    await user.type(await screen.findByTestId("note-front"), "Something");
    expect(screen.queryByTestId("toast")).toBeNull();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("note-dialog")).toBeNull());
    expect(screen.getByTestId("toast")).toHaveTextContent("The card was not saved");
    await user.click(screen.getByTestId("note-go-on"));
    await screen.findByTestId("note-dialog");
    expect(front()).toHaveValue("Something");
  });
});
