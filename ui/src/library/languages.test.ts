import { describe, expect, it } from "vitest";

import { byName, languageName } from "./languages";

describe("the languages of text recognition", () => {
  it("are called by their English names", () => {
    expect(["eng", "deu", "fra", "ell", "chi_sim", "chi_tra", "srp_latn"].map(languageName)).toEqual([
      "English",
      "German",
      "French",
      "Greek",
      "Chinese (Simplified)",
      "Chinese (Traditional)",
      "Serbian (Latin)",
    ]);
    expect(languageName("jpn_vert")).toBe("Japanese (vertical)");
    expect(languageName("frk")).toBe("German (Fraktur)");
  });

  it("keep the model's name where it tells no language", () => {
    for (const model of ["xyz", "my own model", "eng_best", "", "script/Latin"])
      expect(languageName(model)).toBe(model);
  });

  it("stand in the order of their names", () => {
    expect(byName(["fra", "eng", "ces"]).map(({ name }) => name)).toEqual(["Czech", "English", "French"]);
  });
});
