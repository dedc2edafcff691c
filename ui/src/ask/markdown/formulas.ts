import type katex from "katex";

type Katex = typeof katex;

let loaded: Katex | null = null;
let loading: Promise<Katex> | null = null;

/** Begins to load what sets formulas, so that the first one need not wait. */
export function expectFormulas(): void {
  load().catch(() => {});
}

function load(): Promise<Katex> {
  loading ??= Promise.all([import("katex"), import("katex/dist/katex.min.css")]).then(
    ([{ default: katex }]) => (loaded = katex),
  );
  return loading;
}

/**
 * Sets a formula into an element, as nodes for the eye and as MathML for a screen reader. False when it is no
 * formula that can be set.
 */
export async function setFormula(tex: string, display: boolean, into: HTMLElement): Promise<boolean> {
  try {
    // Once loaded it is set at once, without a frame that lacks it.
    set(loaded ?? (await load()), tex, display, into);
    return true;
  } catch {
    into.replaceChildren();
    return false;
  }
}

function set(katex: Katex, tex: string, display: boolean, into: HTMLElement): void {
  katex.render(tex, into, {
    displayMode: display,
    output: "htmlAndMathml",
    throwOnError: true,
    strict: "ignore",
    // No links, no pictures, no styles or classes of its own; little room for a formula that is meant to be endless.
    trust: false,
    maxSize: 20,
    maxExpand: 300,
  });
  // A style written as an attribute counts as inline to a content security policy; one that is set does not.
  for (const drawn of into.querySelectorAll<SVGElement>("svg[style]"))
    drawn.style.cssText = drawn.getAttribute("style") ?? "";
}
