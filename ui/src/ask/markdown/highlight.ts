import type { LanguageFn } from "highlight.js";
import type { createLowlight } from "lowlight";
import type { Root } from "hast";

type Grammar = () => Promise<{ default: LanguageFn }>;

/** The languages that are coloured, each loaded when a program in it is shown. */
const GRAMMARS: Record<string, Grammar> = {
  bash: () => import("highlight.js/lib/languages/bash"),
  c: () => import("highlight.js/lib/languages/c"),
  cpp: () => import("highlight.js/lib/languages/cpp"),
  csharp: () => import("highlight.js/lib/languages/csharp"),
  css: () => import("highlight.js/lib/languages/css"),
  go: () => import("highlight.js/lib/languages/go"),
  haskell: () => import("highlight.js/lib/languages/haskell"),
  java: () => import("highlight.js/lib/languages/java"),
  javascript: () => import("highlight.js/lib/languages/javascript"),
  json: () => import("highlight.js/lib/languages/json"),
  julia: () => import("highlight.js/lib/languages/julia"),
  latex: () => import("highlight.js/lib/languages/latex"),
  matlab: () => import("highlight.js/lib/languages/matlab"),
  python: () => import("highlight.js/lib/languages/python"),
  r: () => import("highlight.js/lib/languages/r"),
  ruby: () => import("highlight.js/lib/languages/ruby"),
  rust: () => import("highlight.js/lib/languages/rust"),
  sql: () => import("highlight.js/lib/languages/sql"),
  typescript: () => import("highlight.js/lib/languages/typescript"),
  xml: () => import("highlight.js/lib/languages/xml"),
  yaml: () => import("highlight.js/lib/languages/yaml"),
};

/** What languages are called otherwise. */
const NAMES: Record<string, string> = {
  "c#": "csharp",
  "c++": "cpp",
  cs: "csharp",
  golang: "go",
  hs: "haskell",
  html: "xml",
  js: "javascript",
  jsx: "javascript",
  py: "python",
  rb: "ruby",
  rs: "rust",
  sh: "bash",
  shell: "bash",
  svg: "xml",
  tex: "latex",
  ts: "typescript",
  tsx: "typescript",
  yml: "yaml",
};

/** Longer programs stay in one colour: no frame waits for them. In characters. */
const LONGEST = 20_000;

let lowlight: ReturnType<typeof createLowlight> | null = null;

/** The program as a tree of spans with classes; null when its language is not known. */
export async function highlighted(program: string, language: string): Promise<Root | null> {
  const name = NAMES[language] ?? language;
  const grammar = Object.hasOwn(GRAMMARS, name) ? GRAMMARS[name] : undefined;
  if (!grammar || program.length > LONGEST) return null;
  const [{ createLowlight }, { default: rules }] = await Promise.all([import("./lowlight"), grammar()]);
  lowlight ??= createLowlight();
  if (!lowlight.registered(name)) lowlight.register(name, rules);
  return lowlight.highlight(name, program);
}
