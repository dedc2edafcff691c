/** Whoever scrolls and pauses this long has come to rest, in milliseconds. */
const REST_MS = 120;
const moved = new WeakMap<EventTarget, number>();

globalThis.addEventListener?.("scroll", ({ target }) => target && moved.set(target, performance.now()), {
  capture: true,
  passive: true,
});

/** Attach: calls once nothing around the element is being scrolled. What takes long to draw waits for that. */
export const whenStill = (done: () => void) => (element: Element) => {
  let timer: ReturnType<typeof setTimeout>;
  const look = () => {
    let left = 0;
    for (let around: Node | null = element; around; around = around.parentNode)
      left = Math.max(left, REST_MS + (moved.get(around) ?? -REST_MS) - performance.now());
    if (left > 0) timer = setTimeout(look, left);
    else done();
  };
  look();
  return () => clearTimeout(timer);
};
