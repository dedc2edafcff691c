import { screen } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { aProvenance, anAnswer } from "./double";
import { open } from "./open";

it("uses a model that was found on this computer, and none again", async () => {
  const { backend, user } = await open((backend) => {
    backend.servers = [{ name: "Ollama", address: "http://localhost:11434/v1", models: ["qwen"] }];
  });
  await user.click(screen.getByTestId("settings-open"));
  expect(await screen.findByTestId("language-model")).toHaveTextContent("No language model");
  await user.click(screen.getByTestId("language-model-look"));
  await user.click(await screen.findByRole("button", { name: "Use qwen" }));
  expect(screen.getByTestId("language-model")).toHaveTextContent("qwen at http://localhost:11434/v1");
  await user.click(screen.getByTestId("language-model-forget"));
  expect(screen.getByTestId("language-model")).toHaveTextContent("No language model");
  expect(backend.calls).toContainEqual(["executorsSetUp", { server: null, file: null }, ""]);
});

it("uses the model in a file that is chosen, and none when the dialog is closed", async () => {
  const { backend, user } = await open();
  await user.click(screen.getByTestId("settings-open"));
  const choose = await screen.findByTestId("language-model-file");
  await user.click(choose);
  expect(backend.calls).not.toContainEqual(expect.arrayContaining(["executorsSetUp"]));
  backend.modelFile = "/models/qwen.gguf";
  await user.click(choose);
  expect(screen.getByTestId("language-model")).toHaveTextContent("qwen.gguf");
});

it("sends nothing away before somebody agreed", async () => {
  const { backend, user } = await open();
  await user.click(screen.getByTestId("settings-open"));
  await user.click(await screen.findByTestId("language-model-edit"));
  const address = screen.getByTestId("server-address");
  await user.clear(address);
  await user.type(address, "https://api.example.org");
  await user.type(screen.getByTestId("server-model"), "big");
  await user.type(screen.getByTestId("server-key"), "sesame");
  expect(screen.getByTestId("server-save")).toBeDisabled();
  await user.click(screen.getByTestId("server-agreed"));
  await user.click(screen.getByTestId("server-save"));
  const server = {
    address: "https://api.example.org",
    model: "big",
    context: 4096,
    remote_allowed: true,
    has_key: false,
  };
  expect(backend.calls).toContainEqual(["executorsSetUp", { server, file: null }, "sesame"]);
});

it("says why a server can't be used", async () => {
  const { backend, user } = await open();
  backend.faults.set("serverModels", { code: "invalid", message: "Nothing answers there." });
  backend.faults.set("executorsSetUp", { code: "invalid", message: "Name a model." });
  await user.click(screen.getByTestId("settings-open"));
  await user.click(await screen.findByTestId("language-model-edit"));
  await user.click(screen.getByTestId("server-models"));
  expect(await screen.findByText("Nothing answers there.")).toBeInTheDocument();
  await user.type(screen.getByTestId("server-model"), "m");
  await user.click(screen.getByTestId("server-save"));
  expect(await screen.findByTestId("language-model-error")).toHaveTextContent("Name a model.");
});

it("tells who wrote an answer, why somebody else went on, and what was left out", async () => {
  const { backend, user } = await open();
  await user.type(screen.getByTestId("ask-input"), "Why?{Enter}");
  const provenance = aProvenance({ model: "qwen", unsupported: ["Fish can fly."] });
  backend.asks[0]?.resolve(anAnswer({ provenance }));
  expect(await screen.findByTestId("ask-origin")).toHaveTextContent("Written by qwen");
  expect(screen.getByTestId("ask-unsupported")).toHaveTextContent("Fish can fly.");
  await user.type(screen.getByTestId("ask-input"), "And then?{Enter}");
  backend.asks[1]?.resolve(anAnswer({ turn: 8, provenance: aProvenance({ fell_back: "It fell silent." }) }));
  expect(await screen.findByTestId("ask-fell-back")).toHaveTextContent("It fell silent.");
});
