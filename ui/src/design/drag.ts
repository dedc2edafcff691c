/**
 * Dragging inside the window by pointer events: HTML's own drags and the files that a web view is given
 * hinder each other.
 */

export interface Drag {
  /** Begins where a press has moved some pixels; false if nothing can be dragged from there. */
  begin: (from: Element, x: number, y: number) => boolean;
  /** At most once a frame, and where the pointer is let go; `under` is what lies under it. */
  move: (x: number, y: number, under: Element | null) => void;
  /** The pointer was let go. */
  drop: () => void;
  /** Escape, or the system took the pointer. */
  cancel: () => void;
  /** Scrolls by itself while the pointer is near its upper or lower edge. */
  scroller?: () => Element | null;
}

/** So far a press moves before it is a drag. */
const SLACK = 6;
/** So near to an edge the list scrolls, and so fast at the edge itself, in pixels a frame. */
const EDGE = 56;
const FASTEST = 18;

/** Attach to what holds the things that can be dragged. */
export const draggable = (drag: Drag) => (root: HTMLElement) => {
  let pressed: { from: Element; x: number; y: number; pointer: number } | null = null;
  let dragging = false;
  let at = { x: 0, y: 0 };
  let frame = 0;

  function down(event: PointerEvent) {
    if (event.button !== 0 || event.pointerType === "touch" || event.ctrlKey || event.shiftKey) return;
    const from = event.target as Element;
    if (from.closest("input, textarea, [data-no-drag]")) return;
    pressed = { from, x: event.clientX, y: event.clientY, pointer: event.pointerId };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", cancel);
    window.addEventListener("keydown", keydown, true);
  }

  function move(event: PointerEvent) {
    if (!pressed || event.pointerId !== pressed.pointer) return;
    at = { x: event.clientX, y: event.clientY };
    if (!dragging) {
      if (Math.hypot(at.x - pressed.x, at.y - pressed.y) < SLACK) return;
      if (!drag.begin(pressed.from, at.x, at.y)) return end();
      dragging = true;
      document.documentElement.classList.add("dragging");
    }
    if (frame === 0) frame = requestAnimationFrame(follow);
  }

  /** Looks what is under the pointer, and goes on as long as the list scrolls. */
  function follow() {
    frame = 0;
    if (!dragging) return;
    drag.move(at.x, at.y, document.elementFromPoint?.(at.x, at.y) ?? null);
    const scroller = drag.scroller?.();
    const by = scroller ? speed(scroller.getBoundingClientRect()) : 0;
    if (!scroller || by === 0) return;
    const before = scroller.scrollTop;
    scroller.scrollTop += by;
    if (scroller.scrollTop !== before) frame = requestAnimationFrame(follow);
  }

  function speed({ top, bottom, left, right }: DOMRect): number {
    if (at.x < left || at.x > right) return 0;
    const into = (depth: number) => (Math.min(EDGE, Math.max(0, depth)) / EDGE) * FASTEST;
    return Math.round(into(at.y - (bottom - EDGE)) - into(top + EDGE - at.y));
  }

  function up(event: PointerEvent) {
    const was = dragging;
    end();
    if (!was) return;
    // It is let go where the pointer is now, not where it was a frame ago.
    const { clientX: x, clientY: y } = event;
    drag.move(x, y, document.elementFromPoint?.(x, y) ?? null);
    // The press that ends it presses nothing.
    const swallow = (event: Event) => {
      event.stopPropagation();
      event.preventDefault();
    };
    window.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", swallow, { capture: true }));
    drag.drop();
  }

  function cancel() {
    const was = dragging;
    end();
    if (was) drag.cancel();
  }

  function keydown(event: KeyboardEvent) {
    if (!dragging || event.key !== "Escape") return;
    event.stopPropagation();
    event.preventDefault();
    cancel();
  }

  function end() {
    pressed = null;
    dragging = false;
    cancelAnimationFrame(frame);
    frame = 0;
    document.documentElement.classList.remove("dragging");
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", up);
    window.removeEventListener("pointercancel", cancel);
    window.removeEventListener("keydown", keydown, true);
  }

  const still = (event: Event) => event.preventDefault();
  root.addEventListener("pointerdown", down);
  root.addEventListener("dragstart", still);
  return () => {
    cancel();
    root.removeEventListener("pointerdown", down);
    root.removeEventListener("dragstart", still);
  };
};
