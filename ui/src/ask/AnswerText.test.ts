import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { aCitation } from "../../tests/double";
import AnswerText from "./AnswerText.svelte";

const citations = [aCitation({ page: 1 }), aCitation({ page: 2 })];

function show(text: string, over: { written?: number; streaming?: boolean } = {}) {
  const onopen = vi.fn();
  const props = { text, written: text.length, citations, streaming: false, refused: false, onopen, ...over };
  const { rerender } = render(AnswerText, props);
  return {
    answer: screen.getByTestId("answer"),
    onopen,
    show: (more: object) => rerender({ ...props, ...more }),
  };
}

describe("an answer on the page", () => {
  it("has its sources in headings, lists and tables, each a press away", async () => {
    const { answer, onopen } = show("# Ice [1]\n\n- floats [2]\n\n| a |\n|---|\n| *b [1]* |");
    expect(within(answer).getByRole("heading", { level: 4 })).toHaveTextContent("Ice");
    expect(within(screen.getByRole("listitem")).getByTestId("citation-chip")).toHaveTextContent("2");
    const chip = within(screen.getByRole("cell")).getByTestId("citation-chip");
    await userEvent.click(chip);
    expect(onopen).toHaveBeenCalledWith(citations[0], chip);
  });

  it("never makes elements of what was written as HTML, loads no picture and leads nowhere", () => {
    const { answer } = show(
      "<img src=x onerror=alert(1)> <b>b</b>\n\n![leaf](https://e.org/x.png) [here](https://e.org) [x](javascript:alert(1))",
    );
    expect(answer.querySelectorAll("img, b, a, script")).toHaveLength(0);
    expect(answer).toHaveTextContent("<img src=x onerror=alert(1)> <b>b</b>");
    expect(answer).toHaveTextContent("leaf here");
    expect(answer).toHaveTextContent("x javascript:alert(1)");
    expect(screen.getAllByRole("button")).toHaveLength(1);
    expect(screen.getByRole("button")).toHaveAccessibleName("here (leads to e.org)");
  });

  it("has nothing to press where an address leads nowhere that may be opened, however it is written", () => {
    const hostile = [
      "[a](javascript:alert(1))",
      "[b](JaVaScRiPt:alert(1))",
      "[c](data:text/html;base64,PHNjcmlwdD4=)",
      "[d](vbscript:x)",
      "[e](file:///etc/passwd)",
      "[f](//evil.example)",
      "[g](../settings)",
      "[h](tauri://localhost)",
      "<javascript:alert(1)>",
      "[i](java\nscript:alert(1))",
      "[j][ref]\n\n[ref]: https://evil.example",
      "https://bare.example and www.bare.example",
      "![p](https://evil.example/p.png) ![q](data:image/svg+xml,<svg onload=alert(1)>)",
      "<a href=https://evil.example onclick=alert(1)>k</a><iframe src=https://evil.example></iframe>",
      "<svg/onload=alert(1)><style>*{background:url(https://evil.example)}</style>",
    ];
    const { answer } = show(hostile.join("\n\n"));
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.queryByRole("link")).toBeNull();
    const loading =
      "a, img, iframe, svg, style, script, object, embed, video, audio, [src], [href], [onload], [onclick]";
    expect(answer.querySelectorAll(loading)).toHaveLength(0);
    expect(answer).toHaveTextContent("<svg/onload=alert(1)>");
  });

  it("shows a quote from a document as it stands, whatever it looks like", () => {
    const quote = "# 1 2 * 3 * 4 a_b_c `x` $5 and $10 <b> [x](y) **no** | a | [1]";
    const { answer } = show(quote, { written: 0 });
    expect(answer.textContent?.trim()).toBe(quote.replace(" [1]", "1"));
    expect(answer.querySelectorAll("strong, em, code, h4, table")).toHaveLength(0);
  });

  it("reads as Markdown only what the model wrote before the documents were quoted", () => {
    const written = "**Ice** floats. [1]";
    const { answer } = show(`${written} It is *lighter*. [2]`, { written: written.length });
    expect(answer.querySelector("strong")).toHaveTextContent("Ice");
    expect(answer.querySelector("em")).toBeNull();
    expect(answer).toHaveTextContent("It is *lighter*.");
  });

  it("keeps the elements that are on show while more comes", async () => {
    const text = "# Ice\n\nIt **floats** on water. [1]\n\n- one\n- two";
    const { answer, show: more } = show(text.slice(0, 36), { streaming: true });
    const elements = [...answer.querySelectorAll("h4, p, strong")];
    expect(elements.length).toBe(3);
    await more({ text, written: text.length, streaming: true });
    for (const element of elements) expect(answer).toContainElement(element as HTMLElement);
    await more({ text, written: text.length, streaming: false });
    for (const element of elements) expect(answer).toContainElement(element as HTMLElement);
  });

  it("sets formulas for the eye and as MathML, and shows what is none as it was written", async () => {
    const { answer } = show("It is $\\frac{1}{2}$ and $\\nonsense{$.\n\n$$\n\\sqrt{x}\n$$");
    await vi.waitFor(() => expect(answer.querySelectorAll("math")).toHaveLength(2));
    expect(answer.querySelector("math mfrac")).not.toBeNull();
    await vi.waitFor(() => expect(answer.querySelector("code")).toHaveTextContent("\\nonsense{"));
  });

  it("colours a program of a known language and copies it", async () => {
    const user = userEvent.setup();
    const { answer } = show("```python\nreturn 1 # <b>\n```");
    await vi.waitFor(() => expect(answer.querySelector(".hljs-keyword")).toHaveTextContent("return"));
    expect(answer.querySelector("pre")).toHaveTextContent("return 1 # <b>");
    await user.click(screen.getByRole("button", { name: "Copy this python program" }));
    expect(await navigator.clipboard.readText()).toBe("return 1 # <b>");
    expect(screen.getByRole("button", { name: "Copied" })).toBeVisible();
  });
});
