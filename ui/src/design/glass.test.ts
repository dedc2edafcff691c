import { describe, expect, it } from "vitest";

import { levelFor } from "./glass";

describe("the level of the glass", () => {
  it("is live where frames come at 60 a second", () => {
    expect(levelFor(Array(16).fill(16.7))).toBe("live");
  });

  it("is baked where some frames are felt", () => {
    expect(levelFor([...Array(11).fill(16.7), ...Array(5).fill(33.4)])).toBe("baked");
  });

  it("is solid where most are slow, and baked where nothing could be measured", () => {
    expect(levelFor(Array(16).fill(60))).toBe("solid");
    expect(levelFor([])).toBe("baked");
  });
});
