/** Where words stand in a page or part that shows them, in its CSS pixels. */
export interface Standing {
  top: number;
  bottom: number;
  /** Of the line beside which something of theirs is to stand. */
  middle: number;
  /** How wide the page or part is. */
  room: number;
  /** Whether the words were selected from their end to their beginning. */
  upwards?: boolean;
}
