import type { Glass } from "../backend/bindings";

/** How the glass is made in the end; "auto" has been decided. */
export type Level = Exclude<Glass, "auto">;

const FRAMES = 24;
/** A 60 Hz frame with a little room; slower than this and blurring each frame would be felt. */
const SMOOTH_MS = 18;
/** Slower than this, even a second bitmap is too much. */
const SLOW_MS = 34;

/** The level for a machine whose frames took this long: by the slower ones, as those are what is felt. */
export function levelFor(intervals: number[]): Level {
  if (intervals.length === 0) return "baked";
  const sorted = [...intervals].sort((a, b) => a - b);
  const slow = sorted[Math.floor(sorted.length * 0.8)] ?? Infinity;
  if (slow <= SMOOTH_MS) return "live";
  return slow <= SLOW_MS ? "baked" : "solid";
}

/** Measures some frames while the window is already painted with live glass, and says what it can bear. */
export function measureLevel(): Promise<Level> {
  return new Promise((resolve) => {
    const intervals: number[] = [];
    let last: number | null = null;
    // A hidden window draws no frames; it then stays with the middle way.
    const giveUp = setTimeout(() => resolve("baked"), 3000);
    const frame = (now: number) => {
      if (last !== null) intervals.push(now - last);
      last = now;
      if (intervals.length < FRAMES) {
        requestAnimationFrame(frame);
      } else {
        clearTimeout(giveUp);
        // The first frames carry the start itself.
        resolve(levelFor(intervals.slice(8)));
      }
    };
    requestAnimationFrame(frame);
  });
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
  const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(place);
  observer?.observe(element);
  return () => {
    window.removeEventListener("resize", place);
    observer?.disconnect();
  };
}
