import { screen } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { somePages } from "../../tests/double";
import { open } from "../../tests/open";

it("notes are set apart from the text, by one rule above the first of them", async () => {
  const { session } = await open((backend) => {
    backend.pages.set(1, somePages(1, { width: 0, height: 0 }));
    backend.texts.set(1, [
      { kind: "paragraph", level: null, text: "Memory lasts.¹" },
      { kind: "footnote", level: null, text: "1 Ebbinghaus." },
      { kind: "footnote", level: null, text: "2 James." },
    ]);
  });
  session.show({ document: 1, title: "On memory", page: 1, boxes: [] });
  const [first, second] = [await screen.findByText("1 Ebbinghaus."), screen.getByText("2 James.")];
  expect(first).toHaveClass("footnote", "first");
  expect(second).toHaveClass("footnote");
  expect(second).not.toHaveClass("first");
  expect(screen.getByText("Memory lasts.¹")).not.toHaveClass("footnote");
});
