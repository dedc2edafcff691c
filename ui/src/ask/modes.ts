import type { Overview } from "../app/session.svelte";
import type { Mode } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";

/** The ways in which any question can be answered, in the order in which they are offered. */
export const MODES: Mode[] = ["plain", "simply", "steps", "example", "compare", "summary", "quiz"];

/** A way to answer, by what people call it. */
export const modeName = (mode: Mode): string => t(`ask.mode.${mode}`);

/** What can be made of a section, by what people call it. */
export const overviewNames = (): [Overview, string][] => [
  ["summary", t("ask.section.summary")],
  ["guide", t("ask.section.guide")],
];
