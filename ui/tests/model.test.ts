import { screen } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { open } from "./open";

it("shows how far a change of the model has come, and goes back to the built-in one", async () => {
  const { backend, user } = await open((backend) => {
    backend.model = {
      name: "built-in",
      is_built_in: false,
      change: { from: "built-in", to: "model-e5", embedded: 30, passages: 120, message: null },
    };
  });
  await user.click(screen.getByTestId("settings-open"));
  expect(await screen.findByTestId("model-change")).toHaveTextContent("30 of 120 passages");
  backend.model = { name: "built-in", is_built_in: true, change: null };
  await user.click(screen.getByTestId("model-built-in"));
  expect(backend.calls).toContainEqual(["embeddingModelChoose", null]);
  expect(screen.queryByTestId("model-change")).toBeNull();
  expect(screen.queryByTestId("model-built-in")).toBeNull();
});

it("changes to the model in the folder that is chosen, and to none when the dialog is closed", async () => {
  const { backend, user } = await open();
  await user.click(screen.getByTestId("settings-open"));
  const choose = await screen.findByTestId("model-choose");
  await user.click(choose);
  expect(backend.calls).not.toContainEqual(expect.arrayContaining(["embeddingModelChoose"]));
  backend.modelFolder = "/models/e5";
  await user.click(choose);
  expect(backend.calls).toContainEqual(["embeddingModelChoose", "/models/e5"]);
});

it("says why a folder is no model", async () => {
  const { backend, user } = await open((backend) => {
    backend.modelFolder = "/models/none";
  });
  backend.faults.set("embeddingModelChoose", {
    code: "unsupported",
    message: "It holds no embedding model.",
  });
  await user.click(screen.getByTestId("settings-open"));
  await user.click(await screen.findByTestId("model-choose"));
  expect(await screen.findByText("It holds no embedding model.")).toBeInTheDocument();
});
