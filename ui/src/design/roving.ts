/**
 * Attach to a toolbar: one tab stop for all of its buttons; arrows move along, Home and End jump. Which way the arrows
 * lead follows the direction of the text.
 */
export function roving(root: HTMLElement): () => void {
  const buttons = () => [...root.querySelectorAll<HTMLElement>("button:not(:disabled)")];
  const stopAt = (stop: HTMLElement | undefined) => {
    for (const button of buttons()) button.tabIndex = button === stop ? 0 : -1;
  };
  stopAt(buttons()[0]);

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
    root.removeEventListener("focusin", focused);
    root.removeEventListener("keydown", pressed);
  };
}
