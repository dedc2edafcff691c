import { onResize } from "./resize";

/**
 * Attach to what scrolls sideways: `data-hides` tells at which of its ends something is cut off, "start", "end" or both,
 * and there it fades.
 */
export function fadesWhereCut(element: HTMLElement): () => void {
  const look = () => {
    const hidden = element.scrollWidth - element.clientWidth;
    // Negative where text is read from the right.
    const before = Math.abs(element.scrollLeft);
    const ends = [before > 1 ? "start" : "", hidden - before > 1 ? "end" : ""].join(" ").trim();
    if (ends) element.dataset.hides = ends;
    else delete element.dataset.hides;
  };
  const leave = onResize(look, element, ...element.children);
  element.addEventListener("scroll", look, { passive: true });
  return () => {
    leave();
    element.removeEventListener("scroll", look);
  };
}
