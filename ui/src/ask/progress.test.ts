import { describe, expect, it } from "vitest";

import { Milestones, progressWords } from "./progress";

const progress = (part: number, parts: number, request = 1, requests = 1) => ({
  title: "Memory",
  part,
  parts,
  request,
  requests,
});

describe("the progress of a reading", () => {
  it("names the part that is read, and how much of it", () => {
    expect(progressWords(progress(3, 12))).toBe("Reading part 3 of 12: Memory");
    expect(progressWords(progress(3, 12, 2, 3))).toBe("Reading part 3 of 12: Memory (2 of 3)");
    expect(progressWords(progress(3, 12, 4, 3))).toBe("Putting together part 3 of 12: Memory");
  });

  it("counts the requests of a part that is the only one", () => {
    expect(progressWords(progress(1, 1, 2, 5))).toBe("Reading part 2 of 5 of Memory");
    expect(progressWords(progress(1, 1, 6, 5))).toBe("Putting together what was read of Memory");
  });

  it("is spoken at its beginning and about four times more, however many parts there are", () => {
    const milestones = new Milestones();
    const parts = Array.from({ length: 40 }, (_, at) => at + 1);
    const spoken = parts.filter((part) => milestones.pass(progress(part, 40)) !== null);
    expect(spoken).toEqual([1, 11, 21, 31]);
    const requests = new Milestones();
    expect([1, 2, 3, 4, 5].map((request) => requests.pass(progress(1, 1, request, 4)))).toEqual([
      "Reading part 1 of 4 of Memory.",
      "Reading part 2 of 4 of Memory.",
      "Reading part 3 of 4 of Memory.",
      "Reading part 4 of 4 of Memory.",
      "Putting together what was read of Memory.",
    ]);
  });
});
