import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Order } from "./order";

const message = (seq: number) => ({ seq, event: `event ${seq}` });
const told = (numbers: number[]) => {
  const order = new Order<string>();
  return numbers.flatMap((seq) => order.take(message(seq)));
};

describe("numbered events", () => {
  it("are told at once when they come in order", () => {
    const order = new Order<string>();
    expect([1, 2, 3].map((seq) => order.take(message(seq)))).toEqual([["event 1"], ["event 2"], ["event 3"]]);
  });

  it("wait for those before them", () => {
    const order = new Order<string>();
    expect([2, 3, 1].map((seq) => order.take(message(seq)))).toEqual([
      [],
      [],
      ["event 1", "event 2", "event 3"],
    ]);
  });

  it("are told once, in order, however they come", () => {
    const mixed = fc
      .nat({ max: 30 })
      .chain((most) => {
        const all = Array.from({ length: most }, (_, at) => at + 1);
        return fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: most }));
      })
      .filter(([all, came]) => all.every((seq) => came.includes(seq)));
    fc.assert(
      fc.property(mixed, ([all, came]) => {
        expect(told(came)).toEqual(all.map((seq) => `event ${seq}`));
      }),
      { numRuns: 200, seed: 20 },
    );
  });

  it("are not told behind one that is missing", () => {
    expect(told([1, 2, 4, 5])).toEqual(["event 1", "event 2"]);
  });

  it("are not told once the whole is known", () => {
    const order = new Order<string>();
    order.take(message(1));
    order.end();
    expect(order.take(message(2))).toEqual([]);
  });
});
