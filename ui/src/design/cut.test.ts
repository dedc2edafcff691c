import { expect, it, vi } from "vitest";

import { tipWhenCut } from "./cut";

it("words have a tooltip as long as they are cut", () => {
  const element = document.createElement("span");
  element.textContent = " 8.2 Parts of the brain ";
  const width = vi.spyOn(element, "scrollWidth", "get").mockReturnValue(300);
  vi.spyOn(element, "clientWidth", "get").mockReturnValue(100);
  const stop = tipWhenCut(element);
  const enter = () => element.dispatchEvent(new Event("pointerover"));
  enter();
  expect(element.dataset.tip).toBe("8.2 Parts of the brain");
  width.mockReturnValue(100);
  enter();
  expect(element.dataset.tip).toBeUndefined();
  width.mockReturnValue(300);
  stop();
  enter();
  expect(element.dataset.tip).toBeUndefined();
});
