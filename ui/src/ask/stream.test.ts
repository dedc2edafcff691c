import { describe, expect, it } from "vitest";

import { Stream } from "./stream";

describe("a stream of text", () => {
  it("is written once a frame, however many pieces come in between", () => {
    const frames: (() => void)[] = [];
    const written: string[] = [];
    const stream = new Stream(
      (text) => written.push(text),
      (run) => frames.push(run),
    );
    for (const piece of ["Me", "mo", "ry "]) stream.push(piece);
    expect(written).toEqual([]);
    expect(frames).toHaveLength(1);
    frames.shift()?.();
    expect(written).toEqual(["Memory "]);
    stream.push("lasts");
    frames.shift()?.();
    expect(written).toEqual(["Memory ", "lasts"]);
  });

  it("loses nothing when it is flushed before its frame, and writes nothing twice", () => {
    const frames: (() => void)[] = [];
    let text = "";
    const stream = new Stream(
      (more) => (text += more),
      (run) => frames.push(run),
    );
    stream.push("whole");
    stream.flush();
    frames.shift()?.();
    expect(text).toBe("whole");
  });
});
