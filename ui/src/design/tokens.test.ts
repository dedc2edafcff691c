import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { scene } from "./backdrop";
import { blend, contrast, oklch, type Rgb } from "./oklch";

const css = readFileSync("src/design/tokens.css", "utf8");
const HUES = Array.from({ length: 72 }, (_, step) => step * 5);
const THEMES = ["light", "dark"] as const;
type Theme = (typeof THEMES)[number];

interface Colour {
  rgb: Rgb;
  alpha: number;
}

/** The value of a token in a theme for a room's hue. */
function token(name: string, theme: Theme, hue: number): Colour {
  const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(css)?.[1];
  if (!value) throw new Error(`no token --${name}`);
  const colours = [...value.matchAll(/oklch\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g)].map(
    (match) => match[1] ?? "",
  );
  const text = value.startsWith("light-dark") && theme === "dark" ? colours[1] : colours[0];
  if (text === undefined) throw new Error(`--${name} is no colour: ${value}`);
  const [channels, alpha] = text.split("/").map((part) => part.trim());
  const [l, c, ...h] = (channels ?? "").split(/\s+/);
  const angle = h
    .join(" ")
    .replace(/calc\((.*)\)/, "$1")
    .replace("var(--hue)", String(hue))
    .split(/\s+/)
    .reduce(
      (sum, part, at, all) =>
        /^[+-]$/.test(part) ? sum : sum + (all[at - 1] === "-" ? -1 : 1) * Number(part),
      0,
    );
  return { rgb: oklch(Number(l), Number(c), angle), alpha: alpha ? Number(alpha) : 1 };
}

/** Every ground that text may stand on: paper, and each glass over the darkest and lightest of the backdrop. */
function grounds(theme: Theme, hue: number): [string, Rgb][] {
  const { ground, fields } = scene(hue, theme === "dark");
  const behind = [ground, ...fields.map((field) => blend(field.colour, field.strength, ground))];
  const opaque = ["paper", "paper-sunk", "paper-lift", "glass-solid", "glass-sheet"];
  return [
    ...opaque.map((name): [string, Rgb] => [name, token(name, theme, hue).rgb]),
    ...["glass-room", "glass-surface"].flatMap((name) => {
      const tint = token(name, theme, hue);
      return behind.map((back, at): [string, Rgb] => [
        `${name} over field ${at}`,
        blend(tint.rgb, tint.alpha, back),
      ]);
    }),
  ];
}

function worst(theme: Theme, ink: string, on: (hue: number) => [string, Rgb][]): [number, string] {
  let least: [number, string] = [Infinity, ""];
  for (const hue of HUES) {
    const { rgb } = token(ink, theme, hue);
    for (const [name, ground] of on(hue)) {
      const ratio = contrast(rgb, ground);
      if (ratio < least[0]) least = [ratio, `${ink} on ${name}, hue ${hue}: ${ratio.toFixed(2)}`];
    }
  }
  return least;
}

describe.each(THEMES)("contrast in the %s theme, for every hue", (theme) => {
  const flat = (name: string) => (hue: number) => [[name, token(name, theme, hue).rgb]] as [string, Rgb][];

  it.each(["ink", "ink-soft", "ink-faint"])("%s can be read on every ground", (ink) => {
    const [ratio, where] = worst(theme, ink, (hue) => grounds(theme, hue));
    expect(ratio, where).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["accent", "good", "bad", "due"])("%s can be read on paper", (ink) => {
    for (const paper of ["paper", "paper-sunk", "paper-lift", "glass-sheet"]) {
      const [ratio, where] = worst(theme, ink, flat(paper));
      expect(ratio, where).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each([
    ["accent-ink", "accent"],
    ["accent-ink", "accent-hover"],
    ["accent", "accent-wash"],
    ["ink", "accent-wash"],
    ["ink-soft", "accent-wash"],
    ["ink", "mark"],
    ["ink", "highlight-yellow"],
    ["ink", "highlight-green"],
    ["ink", "highlight-blue"],
    ["ink", "highlight-pink"],
    ["bad", "bad-wash"],
    ["due", "due-wash"],
    ["ink-touch", "glass-touch"],
  ])("%s can be read on %s", (ink, ground) => {
    const [ratio, where] = worst(theme, ink, flat(ground));
    expect(ratio, where).toBeGreaterThanOrEqual(4.5);
  });

  it("the chosen pill on glass keeps its words readable", () => {
    const [ratio, where] = worst(theme, "ink", (hue) => {
      const pill = token("pill", theme, hue);
      return grounds(theme, hue).map(([name, ground]) => [
        `pill on ${name}`,
        blend(pill.rgb, pill.alpha, ground),
      ]);
    });
    expect(ratio, where).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["yellow", "green", "blue", "pink"])(
    "the line of a %s highlight stands out from paper",
    (colour) => {
      const [ratio, where] = worst(theme, `highlight-${colour}-line`, flat("paper"));
      expect(ratio, where).toBeGreaterThanOrEqual(3);
    },
  );

  it.each(["focus", "accent-line"])("%s stands out from every ground", (line) => {
    const [ratio, where] = worst(theme, line, (hue) => grounds(theme, hue));
    expect(ratio, where).toBeGreaterThanOrEqual(3);
  });
});

describe("colour arithmetic", () => {
  it("knows white, black and their contrast", () => {
    expect(contrast(oklch(1, 0, 0), oklch(0, 0, 0))).toBeCloseTo(21, 1);
  });

  it("agrees with the published value of sRGB red", () => {
    const red = oklch(0.6279554, 0.2576833, 29.2338803);
    expect(red.r).toBeCloseTo(1, 2);
    expect(red.g).toBeCloseTo(0, 2);
    expect(red.b).toBeCloseTo(0, 2);
  });
});
