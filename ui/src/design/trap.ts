const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), [tabindex]:not([tabindex="-1"])';

/** What Tab can reach inside `root`, in order. */
export const focusable = (root: HTMLElement): HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => !element.closest("[hidden], [inert]"),
  );

/** How many dialogs lie over one another. */
let dialogs = 0;

function layDialogs(more: number): void {
  dialogs += more;
  document.documentElement.toggleAttribute("data-dialog", dialogs > 0);
}

/** Attach to a dialog: Tab goes round inside it, and focus comes back to where it was when it closes. */
export function trapFocus(root: HTMLElement): () => void {
  layDialogs(1);
  const before = document.activeElement;
  const first =
    root.querySelector<HTMLElement>("[autofocus], [data-autofocus]") ?? focusable(root)[0] ?? root;
  first.focus();
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Tab") return;
    const stops = focusable(root);
    const [start, end] = [stops[0], stops.at(-1)];
    if (!start || !end) return event.preventDefault();
    const leaving = event.shiftKey ? document.activeElement === start : document.activeElement === end;
    if (leaving || !root.contains(document.activeElement)) {
      event.preventDefault();
      (event.shiftKey ? end : start).focus();
    }
  };
  root.addEventListener("keydown", onKey);
  return () => {
    layDialogs(-1);
    root.removeEventListener("keydown", onKey);
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
}

/**
 * Attach to something that lies over everything. The browser's top layer keeps it out of any panel's clipping
 * and stacking; where there is none it stays in place.
 */
export function onTop(element: HTMLElement): () => void {
  if (typeof element.showPopover !== "function") return () => {};
  element.popover = "manual";
  element.showPopover();
  return () => {
    if (element.isConnected && element.matches(":popover-open")) element.hidePopover();
  };
}
