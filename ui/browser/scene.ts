import type { Page } from "@playwright/test";

/** Opens a scene and waits until it stands still. */
export async function open(page: Page, scene: string, look: Record<string, string> = {}): Promise<void> {
  const more = new URLSearchParams({ glass: "baked", ...look });
  await page.goto(`/dev/index.html?scene=${scene}&${more}`);
  await page.waitForSelector("html[data-played]");
  await page.evaluate(async () => {
    await document.fonts.ready;
    // What fades in has its real colours afterwards. What tells of work goes on for as long as the work does, and on a
    // screen that is away nothing moves on.
    const ending = document.getAnimations().filter(({ effect }) => {
      const target = effect instanceof KeyframeEffect ? effect.target : null;
      return effect?.getComputedTiming().endTime !== Infinity && target?.checkVisibility() !== false;
    });
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
}
