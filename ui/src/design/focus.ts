import { tick } from "svelte";

/** Puts the focus on the first thing that fits one of the selectors, once the screen shows what has changed. */
export function focusOn(...selectors: string[]): void {
  void tick().then(() => {
    const found = selectors.map((selector) => document.querySelector<HTMLElement>(selector));
    found.find((element) => element !== null)?.focus();
  });
}
