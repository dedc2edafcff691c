import { describe, expect, it } from "vitest";

import { Bytes } from "./bytes";

describe("places in bytes and in strings", () => {
  it.each(["Water moves.", "Naïve cœurs", "光合作用 of 🌱 plants", ""])("agree for “%s”", (text) => {
    const bytes = new Bytes(text);
    const encoded = new TextEncoder();
    let unit = 0;
    for (const letter of [...text, ""]) {
      const before = encoded.encode(text.slice(0, unit)).length;
      expect(bytes.byte(unit)).toBe(before);
      expect(bytes.unit(before)).toBe(unit);
      unit += letter.length;
    }
  });
});
