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
async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
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

test("the gallery of components is open to everybody", async ({ page }) => {
  await page.goto("/gallery.html");
  await page.waitForSelector("h1");
  expect(await faults(page)).toEqual([]);
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
