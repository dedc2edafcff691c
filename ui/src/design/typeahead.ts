const LETTER = /^[\p{L}\p{N}]$/u;

/** The place of the next item behind `here` that begins with the letter of a key; null where there is none. */
export function nextBeginning<T>(
  items: readonly T[],
  here: number,
  key: string,
  textOf: (item: T) => string,
): number | null {
  if (!LETTER.test(key)) return null;
  const begins = (item: T | undefined) =>
    item !== undefined && textOf(item).trim().toLowerCase().startsWith(key.toLowerCase());
  for (let by = 1; by <= items.length; by++) {
    const place = (here + by) % items.length;
    if (begins(items[place])) return place;
  }
  return null;
}
