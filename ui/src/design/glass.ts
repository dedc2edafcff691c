import type { Glass } from "../backend/bindings";
import { onResize } from "./resize";

/** How the glass is made in the end; "auto" has been decided. */
export type Level = Exclude<Glass, "auto">;

/** A frame at 60 Hz with a little room; slower than this and blurring each frame would be felt. */
const SMOOTH_MS = 20;
/** So many slow frames end a trial: on a machine without a graphics card live glass must not be felt even once. */
const TOO_MANY = 2;

/** Whether frames came as they should: none of the later ones, which carry no start, or one at most, was slow. */
export const smooth = (intervals: number[]): boolean =>
  intervals.length > 0 && intervals.filter((interval) => interval > SMOOTH_MS).length < TOO_MANY;

/** The times between `count` frames; fewer when they are slow or, in a hidden window, do not come at all. */
function frames(count: number, giveUpMs: number): Promise<number[]> {
  return new Promise((resolve) => {
    const intervals: number[] = [];
    let last: number | null = null;
    let over = false;
    const end = (found: number[]) => {
      over = true;
      clearTimeout(timer);
      resolve(found);
    };
    const timer = setTimeout(() => end([]), giveUpMs);
    const frame = (now: number) => {
      if (over) return;
      if (last !== null) intervals.push(now - last);
      last = now;
      if (intervals.length >= count || !smooth([0, ...intervals])) end(intervals);
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/**
 * Baked glass looks like live glass and costs nothing a frame, so it stays unless the machine shows that it can
 * blur: first its frames as they are, then with live glass on trial.
 */
export async function measureLevel(tryLive: (on: boolean) => void): Promise<Level> {
  if (!smooth(await frames(12, 1000))) return "baked";
  tryLive(true);
  // The first frame after the change pays for the change itself.
  await frames(1, 200);
  const level = smooth(await frames(24, 600)) ? "live" : "baked";
  tryLive(false);
  return level;
}

const moving = new Set<HTMLElement>();

/** Attach to an element whose picture moves with the backdrop. */
export function movesWithBackdrop(element: HTMLElement): () => void {
  moving.add(element);
  return () => moving.delete(element);
}

/** Moves the backdrop and everything that shows it. */
export function moveBackdrop(x: number, y: number): void {
  const transform = x === 0 && y === 0 ? "" : `translate3d(${x.toFixed(1)}px, ${y.toFixed(1)}px, 0)`;
  for (const element of moving) element.style.transform = transform;
}

/** Attach to a panel: tells its baked glass where in the window it stands. */
export function knowsItsPlace(element: HTMLElement): () => void {
  const place = () => {
    const box = element.getBoundingClientRect();
    element.style.setProperty("--glass-x", `${box.left}px`);
    element.style.setProperty("--glass-y", `${box.top}px`);
  };
  place();
  window.addEventListener("resize", place);
  const leave = onResize(place, element);
  return () => {
    window.removeEventListener("resize", place);
    leave();
  };
}
