/** Words that fit nowhere. */
export const LONG =
  "Working memory, attention and the central executive: a review of four decades of evidence, in two volumes";
