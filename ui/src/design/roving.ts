/**
 * Attach to a toolbar: one tab stop for all of its buttons, also when some come and go; arrows move along, Home and End
 * jump. Which way the arrows lead follows the direction of the text.
 */
export function roving(root: HTMLElement): () => void {
  const buttons = () => [...root.querySelectorAll<HTMLElement>("button:not(:disabled)")];
  let stop: HTMLElement | undefined;
  const stopAt = (wanted: HTMLElement | undefined) => {
    const all = buttons();
    stop = wanted && all.includes(wanted) ? wanted : all[0];
    for (const button of all) button.tabIndex = button === stop ? 0 : -1;
  };
  stopAt(undefined);
  const changes = new MutationObserver(() => stopAt(stop));
  changes.observe(root, { childList: true, subtree: true, attributeFilter: ["disabled"] });

  const focused = ({ target }: FocusEvent) => {
    if (buttons().includes(target as HTMLElement)) stopAt(target as HTMLElement);
  };
  const pressed = (event: KeyboardEvent) => {
    const all = buttons();
    const here = all.indexOf(document.activeElement as HTMLElement);
    const on = getComputedStyle(root).direction === "rtl" ? -1 : 1;
    const to = {
      ArrowRight: (here + on + all.length) % all.length,
      ArrowLeft: (here - on + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (to === undefined || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    all[to]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  root.addEventListener("focusin", focused);
  root.addEventListener("keydown", pressed);
  return () => {
    changes.disconnect();
    root.removeEventListener("focusin", focused);
    root.removeEventListener("keydown", pressed);
  };
}
