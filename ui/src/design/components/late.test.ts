import { render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import Late from "./Late.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("shows nothing of what comes at once, and a sign of what does not", async () => {
  const children = createRawSnippet(() => ({ render: () => "<p>Wait</p>" }));
  render(Late, { after: 500, children });
  await vi.advanceTimersByTimeAsync(490);
  expect(screen.queryByText("Wait")).toBeNull();
  await vi.advanceTimersByTimeAsync(20);
  expect(screen.getByText("Wait")).toBeInTheDocument();
});
