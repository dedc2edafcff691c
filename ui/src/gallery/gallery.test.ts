import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";

import Gallery from "./Gallery.svelte";

const COMPONENTS = join(import.meta.dirname, "../design/components");
const svelteIn = (folder: string) => readdirSync(folder).filter((file) => file.endsWith(".svelte"));
const components = svelteIn(COMPONENTS);

it("has a place for every component", () => {
  const gallery = svelteIn(import.meta.dirname).map((file) =>
    readFileSync(join(import.meta.dirname, file), "utf8"),
  );
  const missing = components.filter((file) => !gallery.some((text) => text.includes(`components/${file}"`)));
  expect(missing).toEqual([]);
});

it("is about components that state their contract", () => {
  const silent = components.filter(
    (file) => !/^<!--\n@component\n[^>]*Contract: /.test(readFileSync(join(COMPONENTS, file), "utf8")),
  );
  expect(silent).toEqual([]);
});

it("shows its families, and the window's parts that lie over it by their names", async () => {
  render(Gallery);
  for (const name of ["Buttons", "Fields", "Lists and trees", "Over the window", "Charts"])
    expect(screen.getByRole("region", { name })).toBeInTheDocument();
  screen.getByText("Palette, found").nextElementSibling?.querySelector("button")?.click();
  expect(await screen.findByTestId("palette-input")).toHaveValue("memory");
});
