/**
 * Shows how something looks under the pointer, with the focus or while it is pressed, without any of them: each rule
 * for such a state gets a twin for a class, and what stands in a `data-shown="hover"` gets the class.
 */
const TWINS: [RegExp, string][] = [
  [/:hover/g, ".shown-hover"],
  [/:active/g, ".shown-press"],
  [/:focus-within/g, ":is(.shown-focus, :has(.shown-focus))"],
  [/:focus-visible/g, ".shown-focus"],
  [/:focus(?![-\w])/g, ".shown-focus"],
];
const TARGET = "button, input, textarea, [role=separator], [role=treeitem], g[role=img], [role=gridcell]";

export function showPseudoStates(root: HTMLElement): void {
  for (const sheet of document.styleSheets) twin(sheet);
  for (const place of root.querySelectorAll<HTMLElement>("[data-shown]")) {
    const target = place.querySelector(place.dataset.target ?? TARGET);
    const state = place.dataset.shown;
    target?.classList.add(`shown-${state}`);
    // The pointer rests on all that is around, too.
    for (let on = target?.parentElement; state === "hover" && on && on !== place; on = on.parentElement)
      on.classList.add("shown-hover");
  }
}

function twin(group: CSSStyleSheet | CSSGroupingRule): void {
  for (let at = group.cssRules.length - 1; at >= 0; at--) {
    const rule = group.cssRules[at];
    if (rule instanceof CSSStyleRule) {
      const selector = TWINS.reduce((text, [state, shown]) => text.replace(state, shown), rule.selectorText);
      if (selector !== rule.selectorText) group.insertRule(`${selector} { ${rule.style.cssText} }`, at + 1);
    } else if (rule && "cssRules" in rule && "insertRule" in rule) twin(rule as CSSGroupingRule);
  }
}
