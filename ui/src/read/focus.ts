/** Whether the focus is where somebody chooses places or types, and is not to be taken away. */
export const isElsewhere = (): boolean =>
  Boolean(document.activeElement?.closest("[data-keeps-focus], [role=dialog]"));
