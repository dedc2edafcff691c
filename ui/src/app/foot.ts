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

/** Where in the window news lies over nothing that is pressed: above the foot of what is on top. */
export function freePlace(): FreePlace {
  const sheet = document.querySelector("[data-companion-sheet]");
  const ground = sheet ?? document.querySelector("main.surface");
  if (!ground) return { middle: null, above: 20 };
  const box = ground.getBoundingClientRect();
  let top = box.bottom;
  for (const foot of ground.querySelectorAll<HTMLElement>(FEET)) {
    if (foot.closest("[inert]")) continue;
    const at = foot.getBoundingClientRect();
    // What has no size is not shown; what stands higher is not at the foot.
    if (at.height > 0 && at.bottom > top - 2 * GAP - at.height) top = Math.min(top, at.top);
  }
  return { middle: box.left + box.width / 2, above: window.innerHeight - top + GAP };
}
