import type { Overview } from "../app/session.svelte";
import type { Mode } from "../backend/bindings";

/** The ways in which a question can be answered, by what people call them. */
export const MODE_NAMES: Record<Mode, string> = {
  plain: "Answer",
  simply: "Explain simply",
  steps: "Step by step",
  example: "Give an example",
  compare: "Compare",
  summary: "Summarise the section",
  guide: "Study guide",
  quiz: "Quiz me on this",
};

/** Those that can be asked for any question, in the order in which they are offered. */
export const MODES: Mode[] = ["plain", "simply", "steps", "example", "compare", "summary", "quiz"];

/** What can be made of a section, by what people call it. */
export const OVERVIEW_NAMES: [Overview, string][] = [
  ["summary", "Summarise this section"],
  ["guide", "Study guide to this section"],
];
