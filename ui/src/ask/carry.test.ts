import { describe, expect, it } from "vitest";

import { aCitation } from "../../tests/double";
import { carriedFrom, carriedOf, markupOf, plainOf } from "./carry";

const citations = [
  aCitation({ title: "Ice", page: 9, label: "4" }),
  aCitation({ title: "Water", page: 7, label: null }),
];

/** An answer with chips for its markers, as it is on the page. */
function answer(...parts: (string | number)[]): HTMLElement {
  const element = document.createElement("p");
  for (const part of parts) {
    if (typeof part === "string") element.append(part);
    else {
      const chip = document.createElement("button");
      chip.dataset.index = String(part);
      chip.textContent = String(part);
      element.append(chip);
    }
  }
  document.body.append(element);
  return element;
}

function select(element: HTMLElement, from: [number, number], to: [number, number]): Range {
  const range = document.createRange();
  range.setStart(element.childNodes[from[0]] as Node, from[1]);
  range.setEnd(element.childNodes[to[0]] as Node, to[1]);
  return range;
}

describe("what is dragged out", () => {
  it("of an answer has the sources that stand in it, and not their numbers", () => {
    const element = answer("Ice floats", 1, ". It is light", 2, ". More", 1);
    const carried = carriedFrom(element, select(element, [0, 0], [2, 13]), citations);
    expect(carried && plainOf(carried)).toBe("“Ice floats. It is light” (Ice, p. 4)");
  });

  it("of a part of a sentence has the source that follows", () => {
    const element = answer("Ice floats", 1, ". It is light", 2, ".");
    const carried = carriedFrom(element, select(element, [2, 5], [2, 13]), citations);
    expect(carried && plainOf(carried)).toBe("“is light” (Water, p. 7)");
  });

  it("of words behind the last source has none, and of nothing is nothing", () => {
    const element = answer("Ice floats", 1, ". So be it.");
    expect(carriedFrom(element, select(element, [2, 2], [2, 11]), citations)).toEqual({
      words: "So be it.",
      places: [],
    });
    expect(carriedFrom(element, select(element, [2, 1], [2, 2]), citations)).toBeNull();
  });

  it("stays text, whatever the document holds", () => {
    const carried = carriedOf(
      aCitation({ title: "<b>A & B", quote: '<img src=x onerror="alert(1)">\n x', label: "4" }),
    );
    expect(markupOf(carried)).toBe(
      "<blockquote><p>&lt;img src=x onerror=&quot;alert(1)&quot;&gt; x</p></blockquote><p>— <cite>&lt;b&gt;A &amp; B</cite>, p. 4</p>",
    );
  });
});
