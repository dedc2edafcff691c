/** The least distance of news from what is below it. */
const GAP = 12;

/** What can be at the foot of a screen: bars over its content, the field for a question, the line of what is at work. */
const FEET = "[data-foot], footer";

export interface FreePlace {
  /** The middle of what is free, from the left of the window. */
  middle: number | null;
  /** How far above the foot of the window it begins. */
  above: number;
}

/** How wide news is at most, and how far it stays from the edges of the window. */
const WIDTH = 420;
const MARGIN = 16;

/** Where in the window news lies over nothing that is pressed: above the foot of what is on top. */
export function freePlace(): FreePlace {
  const sheet = document.querySelector<HTMLElement>("[data-companion-sheet]");
  const ground = sheet ?? document.querySelector<HTMLElement>("main.surface");
  if (!ground) return { middle: null, above: 20 };
  let top = ground.getBoundingClientRect().bottom;
  for (const foot of ground.querySelectorAll<HTMLElement>(FEET)) {
    if (foot.closest("[inert]")) continue;
    const at = foot.getBoundingClientRect();
    // What has no size is not shown; what stands higher is not at the foot.
    if (at.height > 0 && at.bottom > top - 2 * GAP - at.height) top = Math.min(top, at.top);
  }
  // Where it comes to rest, also while it slides in.
  const middle = ground.offsetLeft + ground.offsetWidth / 2;
  const half = Math.min(WIDTH, window.innerWidth - 2 * MARGIN) / 2 + MARGIN;
  return {
    middle: Math.max(half, Math.min(middle, window.innerWidth - half)),
    above: window.innerHeight - top + GAP,
  };
}
