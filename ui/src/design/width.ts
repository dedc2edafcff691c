import { untrack } from "svelte";

import { onResize } from "./resize";

/** An attachment that tells how wide an element is within its borders, now and whenever that changes. */
export const watchWidth = (tell: (width: number) => void) => (element: HTMLElement) => {
  const measure = () => tell(element.clientWidth);
  untrack(measure);
  return onResize(measure, element);
};
