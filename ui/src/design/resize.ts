/**
 * Calls once elements are watched and whenever one of them gets another size, until what it returns is called. Where
 * nothing tells of sizes it never calls.
 */
export function onResize(changed: () => void, ...elements: Element[]): () => void {
  if (typeof ResizeObserver === "undefined") return () => {};
  const observer = new ResizeObserver(() => changed());
  for (const element of elements) observer.observe(element);
  return () => observer.disconnect();
}
