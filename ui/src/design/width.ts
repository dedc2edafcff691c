import { untrack } from "svelte";

/** An attachment that tells how wide an element is within its borders, now and whenever that changes. */
export const watchWidth = (tell: (width: number) => void) => (element: HTMLElement) => {
  const measure = () => tell(element.clientWidth);
  untrack(measure);
  if (typeof ResizeObserver === "undefined") return;
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  return () => observer.disconnect();
};
