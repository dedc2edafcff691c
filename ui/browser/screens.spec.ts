import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

import { SCENES } from "../dev/scenes";
import { open } from "./scene";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const LOOKS = [
  { theme: "light", width: 1280, height: 800 },
  { theme: "dark", width: 800, height: 600 },
];

/**
 * What axe finds, told so that it can be found again. A highlight lies on words of a page and is as high as they are
 * printed, which WCAG 2.2 (2.5.8) leaves as it is; the notes list has the same ones in rows that are easily hit.
 */
async function faults(page: Page, within = "html"): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(within).withTags(WCAG).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ html }) => !(id === "target-size" && html.includes('data-testid="annotation"')))
      .map((node) => `${id}: ${node.target.join(" ")} — ${node.failureSummary?.replaceAll(/\s+/g, " ")}`),
  );
}

for (const scene of SCENES)
  for (const { theme, width, height } of LOOKS)
    test(`${scene} is open to everybody, ${theme} at ${width} × ${height}`, async ({ page }, info) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      await page.setViewportSize({ width, height });
      await open(page, scene, { theme });
      await page.screenshot({ path: info.outputPath(`${scene}-${theme}.png`) });
      expect(await faults(page)).toEqual([]);
      expect(errors).toEqual([]);
    });

const gallery = async (page: Page, asked: Record<string, string>) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`/gallery.html?${new URLSearchParams(asked)}`);
  await page.waitForSelector("h1");
  await page.evaluate(() => document.fonts.ready);
};

for (const { theme, width, height } of LOOKS)
  test(`the gallery of components is open to everybody, ${theme}`, async ({ page }, info) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.setViewportSize({ width, height });
    await gallery(page, { theme });
    // A state that is only shown looks as it does when the pointer is there.
    const primary = page.locator(".button.primary");
    const grounds = await primary.evaluateAll((all) =>
      all.slice(0, 2).map((button) => getComputedStyle(button).backgroundColor),
    );
    expect(grounds[0]).not.toBe(grounds[1]);
    await primary.first().hover();
    await expect(primary.first()).toHaveCSS("background-color", grounds[1] ?? "");
    expect(await faults(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.setViewportSize({
      width,
      height: await page.locator(".all").evaluate((all) => all.scrollHeight + 48),
    });
    await page.screenshot({ path: info.outputPath(`gallery-${theme}.png`) });
  });

for (const shown of [
  ...["Dialog", "Dialog, wide", "Dialog, error", "Dialog, long text", "Question", "Sheet", "Sheet, loading"],
  ...["Sheet, long text", "Palette, as it opens", "Palette, found", "Palette, still looking"],
  ...["Palette, nothing found", "Palette, one kind alone", "Palette, fault", "News"],
])
  test(`the gallery shows ${shown} to everybody`, async ({ page }, info) => {
    await page.setViewportSize({ width: 800, height: 600 });
    await gallery(page, { shown, theme: "dark" });
    const selector = shown === "News" ? "[data-testid=toast]" : "[role=dialog]";
    const over = page.locator(selector).first();
    await expect(over).toBeVisible();
    await page.screenshot({ path: info.outputPath(`${shown}.png`) });
    expect(await faults(page, selector)).toEqual([]);
    const box = await over.boundingBox();
    expect(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= 800 && box.y + box.height <= 600).toBe(
      true,
    );
  });

test("the gallery reflows at 400 %", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await gallery(page, {});
  const wide = await page.evaluate(() => {
    const main = document.querySelector("main");
    return [main?.scrollWidth, main?.clientWidth];
  });
  expect(wide[0]).toBe(wide[1]);
});

// 1280 px wide at 400 %, as WCAG 2.2 (1.4.10) asks.
for (const scene of SCENES)
  test(`${scene} reflows at 400 %`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await open(page, scene);
    const wide = await page.evaluate(() => {
      const reach = document.documentElement.scrollWidth;
      const cut = [...document.querySelectorAll("button, input, textarea, select, [role=tab], [role=option]")]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.right > 321 || box.left < -1))
        // What can be scrolled into view is not lost.
        .filter(({ element }) => !element.closest("[data-scrolls-across]"))
        .map(({ element }) => element.outerHTML.slice(0, 120));
      return { reach, cut };
    });
    expect(wide).toEqual({ reach: 320, cut: [] });
  });
