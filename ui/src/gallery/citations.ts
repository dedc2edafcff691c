import type { Citation } from "../backend/bindings";

export const aCitation = (citation: Partial<Citation> = {}): Citation => ({
  document: 1,
  title: "Psychology 2e",
  page: 271,
  label: "259",
  locator: null,
  quote: "Memory is the set of processes used to encode, store, and retrieve information.",
  boxes: [],
  ...citation,
});
