/** Places in a text as the library counts them, in bytes of UTF-8, and as strings are cut here. */
export class Bytes {
  /** How many bytes stand before each unit; null where there is one byte for each. */
  #before: Uint32Array | null;

  constructor(text: string) {
    const plain = new TextEncoder().encode(text).length === text.length;
    this.#before = plain ? null : counted(text);
  }

  /** How many bytes stand before a place in the string. */
  byte(unit: number): number {
    return this.#before ? (this.#before[Math.min(unit, this.#before.length - 1)] ?? 0) : unit;
  }

  /** The place in the string before which so many bytes stand. */
  unit(byte: number): number {
    const before = this.#before;
    if (!before) return byte;
    let low = 0;
    let high = before.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((before[middle] ?? 0) < byte) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function counted(text: string): Uint32Array {
  const before = new Uint32Array(text.length + 1);
  let bytes = 0;
  let unit = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    before[unit] = bytes;
    // Nothing begins inside a letter of two units.
    if (letter.length === 2) before[unit + 1] = bytes;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    unit += letter.length;
  }
  before[unit] = bytes;
  return before;
}
