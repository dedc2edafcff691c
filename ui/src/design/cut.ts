/** Attach to words that are cut where there is no room: wherever they are, their tooltip has all of them. */
export function tipWhenCut(element: HTMLElement): () => void {
  const look = () => {
    if (element.scrollWidth > element.clientWidth) element.dataset.tip = element.textContent?.trim() ?? "";
    else delete element.dataset.tip;
  };
  // The tooltip listens further out, and finds what is decided here.
  element.addEventListener("pointerover", look);
  return () => element.removeEventListener("pointerover", look);
}
