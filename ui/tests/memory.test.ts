import { screen, within } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { open } from "./open";

it("tells how often each room's questions were answered from memory", async () => {
  const { user } = await open((backend) => {
    backend.memories = [
      { room: 1, name: "Biology", searches: { asked: 1200, hits: 30 }, answers: { asked: 4, hits: 1 } },
    ];
  });
  await user.click(screen.getByTestId("settings-open"));
  const memory = within(await screen.findByTestId("settings-memory"));
  expect(memory.getByText("Biology")).toBeVisible();
  expect(memory.getByText("30 of 1,200 searches, 1 of 4 answers")).toBeVisible();
});

it("says nothing of memory before anything was asked", async () => {
  const { user } = await open();
  await user.click(screen.getByTestId("settings-open"));
  expect(await screen.findByTestId("model-name")).toBeVisible();
  expect(screen.queryByTestId("settings-memory")).toBeNull();
});
