import { describe, expect, it } from "vitest";

import { aProvenance } from "../../tests/double";
import { parsed } from "./markdown/growing";
import { wordsOf } from "./markdown/nodes";
import { withoutMarkers, writtenOf } from "./written";

describe("what a model wrote of an answer", () => {
  it("is counted in characters, however many halves they have", () => {
    const written = (characters: number) => writtenOf("🧊🧊 float.", aProvenance({ written: characters }));
    expect([0, 1, 2, 3, 99].map(written)).toEqual([0, 2, 4, 5, 11]);
    expect(writtenOf("Ice.", null)).toBe(0);
  });
});

describe("an answer on a card", () => {
  it("has no numbers of sources, and reads what quotes a document as it stands", () => {
    const model = "**Ice** floats [1].";
    const quoted = " It has 2 * 3 * 4 parts [2, 3] and a_b_c <b>, # 1.";
    const back = withoutMarkers(model + quoted, model.length);
    expect(back.startsWith("**Ice** floats.")).toBe(true);
    expect(wordsOf(parsed(back)).trim()).toBe("Ice floats. It has 2 * 3 * 4 parts and a_b_c <b>, # 1.");
  });
});
