/** Whether the focus is where somebody chooses places, types or has words selected, and is not to be taken away. */
export const isElsewhere = (): boolean =>
  window.getSelection()?.isCollapsed === false ||
  Boolean(document.activeElement?.closest("[data-keeps-focus], [role=dialog]"));
