/**
 * Where a place of the document's tree stands in a set text, whose parts carry in `data-at` where they begin; null
 * outside of them.
 */
export function textPlace(root: HTMLElement, node: Node, offset: number): number | null {
  if (!root.contains(node)) return null;
  const point = document.createRange();
  point.setStart(node, offset);
  const run = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[data-at]");
  if (run && root.contains(run)) {
    point.setStart(run, 0);
    point.setEnd(node, offset);
    return Number(run.dataset.at) + point.toString().length;
  }
  // Between two of them: where the next one begins, or the last one ends.
  const runs = [...root.querySelectorAll<HTMLElement>("[data-at]")];
  const next = runs.find((other) => point.comparePoint(other, 0) >= 0);
  if (next) return Number(next.dataset.at);
  const last = runs.at(-1);
  return last ? Number(last.dataset.at) + (last.textContent?.length ?? 0) : null;
}

/** What is selected by the pointer within a set text, from one place of it to another; null where nothing is. */
export function selectedIn(
  root: HTMLElement,
): { from: number; to: number; range: Range; upwards: boolean } | null {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const from = textPlace(root, range.startContainer, range.startOffset);
  const to = textPlace(root, range.endContainer, range.endOffset);
  if (from === null || to === null || from >= to) return null;
  const upwards = selection.focusNode === range.startContainer && selection.focusOffset === range.startOffset;
  return { from, to, range, upwards };
}
