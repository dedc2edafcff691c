import { expect, test, type Page } from "@playwright/test";

import { open } from "./scene";

/** Where the focus is: what has it, whether it can be seen there, and whether it shows. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const inside = x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight;
    // A field that is drawn by its label is seen there.
    const shown = element.closest("label") ?? element;
    const top = document.elementFromPoint(x, y);
    const seen = inside && !!top && (shown.contains(top) || top.contains(shown));
    // A field within a form of one field is drawn by the form, which then shows the focus.
    const marks = [element, element.parentElement, shown, element.closest("form.composer")].filter(
      (each) => each !== null,
    );
    const marked = marks.some((each) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
      return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
    });
    const name = element.getAttribute("data-testid") ?? element.getAttribute("aria-label") ?? element.tagName;
    return { name: `${name} “${element.textContent?.trim().slice(0, 30)}”`, seen, marked };
  });

for (const [scene, width] of [
  ["library", 1280],
  ["read", 1280],
  ["ask", 800],
  ["search", 1280],
  ["notes-room", 800],
  ["quiz", 1280],
  ["quiz-choice", 800],
  ["cards", 1280],
  ["cards-review&done", 800],
  ["progress", 800],
  ["settings", 800],
] as const)
  test(`the focus can be followed through ${scene}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 620 });
    await open(page, scene);
    const lost: unknown[] = [];
    const names = new Set<string>();
    for (let step = 0; step < 45; step++) {
      await page.keyboard.press("Tab");
      const at = await focused(page);
      // The walk may begin anywhere, and comes round by way of the browser's own parts.
      if (!at) continue;
      names.add(at.name);
      if (!at.seen || !at.marked) lost.push(at);
    }
    expect(lost).toEqual([]);
    expect(names.size).toBeGreaterThan(5);
  });

test("a citation opens its page and Escape leads back to it", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, "ask");
  const chip = page.getByTestId("citation-chip").first();
  await chip.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("viewer")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(chip).toBeFocused();
});

test("everything is found and opened from the palette", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, "library");
  await page.keyboard.press("Control+k");
  await expect(page.getByTestId("palette-input")).toBeFocused();
  await page.keyboard.type("settings");
  await expect(page.getByTestId("palette-row").first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("settings")).toBeVisible();
  await expect(page.getByTestId("palette")).toHaveCount(0);
});

test("a question is answered without a mouse", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, "quiz-choice");
  await page.keyboard.press("2");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("quiz-verdict")).toBeVisible();
});

test("a card is turned and rated without a mouse", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, "cards-review");
  const first = await page.getByTestId("card").getAttribute("data-card");
  await page.keyboard.press("Space");
  await expect(page.getByTestId("card-rate-good")).toBeVisible();
  await page.keyboard.press("3");
  await expect(page.getByTestId("card")).not.toHaveAttribute("data-card", first ?? "");
});

test("rooms are walked by arrows and renamed by F2", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, "library");
  await page.getByTestId("room-item").first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByTestId("room-item").nth(1)).toBeFocused();
  await page.keyboard.press("F2");
  await expect(page.locator("input:focus")).toHaveValue("Organic chemistry");
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("room-item").nth(1)).toBeFocused();
});

test("forced colours leave no control without a shape", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open(page, "library");
  const bare = await page.evaluate(() =>
    [...document.querySelectorAll("button, input:not([type=radio], [type=checkbox])")]
      .filter(
        (element) =>
          element.checkVisibility() && !element.textContent?.trim() && !element.querySelector("svg"),
      )
      // A field is drawn by the box that holds it.
      .filter((element) =>
        [element, element.parentElement].every(
          (each) => !each || getComputedStyle(each).borderStyle === "none",
        ),
      )
      .map((element) => element.outerHTML.slice(0, 100)),
  );
  expect(bare).toEqual([]);
});
