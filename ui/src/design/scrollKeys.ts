import { onResize } from "./resize";
import { focusable } from "./trap";

/** Attach to words that may scroll: while they do, and nothing in them takes the focus, they take it: keys scroll them. */
export function scrollsByKeys(element: HTMLElement): () => void {
  const look = () => {
    const needsKeys = element.scrollHeight > element.clientHeight && focusable(element).length === 0;
    if (needsKeys) element.tabIndex = 0;
    else element.removeAttribute("tabindex");
  };
  return onResize(look, element, ...element.children);
}
