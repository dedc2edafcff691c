/**
 * Reads the sources of the window for their texts: calls of `t`, and text that is written straight into a screen.
 * For the tests alone.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

import { parse as parseSvelte } from "svelte/compiler";
import tseslint from "typescript-eslint";

/** A call of `t`; `values` is null where it can't be told which are given. */
export interface Call {
  file: string;
  /** The whole key, or the beginning of a key that is put together. */
  key: string;
  whole: boolean;
  values: string[] | null;
}

/** Text that a person would see, outside the catalogues. */
export interface Literal {
  file: string;
  text: string;
}

interface Node {
  type: string;
  [child: string]: unknown;
}

/** What a developer sees, or a program: the gallery, the shell's types, this folder, tests. */
const NOT_SHOWN = /^(gallery|backend\/bindings|i18n)|\.test\.ts$/;

const root = join(import.meta.dirname, "..");

/** Every source of the window, by its path below `src`. */
export function sources(): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => relative(root, join(root, path)).replaceAll("\\", "/"))
    .filter((path) => /\.(svelte|ts)$/.test(path) && !NOT_SHOWN.test(path))
    .sort();
}

export function read(file: string): { calls: Call[]; literals: Literal[] } {
  const text = readFileSync(join(root, file), "utf8");
  const tree = file.endsWith(".svelte")
    ? (({ instance, module, fragment }) => ({ type: "Root", instance, module, fragment }))(
        parseSvelte(text, { modern: true }) as unknown as Node,
      )
    : (tseslint.parser.parseForESLint(text) as unknown as { ast: Node }).ast;
  const found = { calls: [] as Call[], literals: [] as Literal[] };
  walk(tree as Node, [], file, found);
  return found;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

interface Texts {
  calls: Call[];
  literals: Literal[];
}

/** `quiet`: below something whose words are not for people; calls count there too. */
function walk(node: Node, above: Node[], file: string, found: Texts, quiet = false): void {
  const call = callOf(node, file);
  if (call) found.calls.push(call);
  const text = quiet ? null : textOf(node, above);
  if (text !== null) found.literals.push({ file, text });
  const silent = quiet || isSilent(node);
  const path = [...above, node];
  for (const [name, child] of Object.entries(node)) {
    if (name === "parent" || name === "typeAnnotation" || name === "loc") continue;
    for (const each of Array.isArray(child) ? child : [child])
      if (isNode(each)) walk(each, path, file, found, silent);
  }
}

function callOf(node: Node, file: string): Call | null {
  if (node.type !== "CallExpression" || (node.callee as { name?: string }).name !== "t") return null;
  const [key, values] = node.arguments as (Node | undefined)[];
  if (!key) return null;
  if (key.type === "Literal") return { file, key: String(key.value), whole: true, values: namesOf(values) };
  if (key.type === "TemplateLiteral") {
    const [first] = key.quasis as { value: { cooked: string } }[];
    return { file, key: first?.value.cooked ?? "", whole: false, values: null };
  }
  return null;
}

function namesOf(values: Node | undefined): string[] | null {
  if (!values) return [];
  if (values.type !== "ObjectExpression") return null;
  const properties = values.properties as Node[];
  if (properties.some(({ type }) => type !== "Property")) return null;
  return properties.map(({ key }) => {
    const { name, value } = key as { name?: string; value?: unknown };
    return name ?? String(value);
  });
}

/** Attributes whose words are for programs. */
const TECHNICAL =
  /^(class|style|data-|id$|name$|type$|role$|href$|src$|d$|viewBox$|rel$|target$|as$|kind$|plane$|testid$|inputmode$|autocomplete$|lang$|dir$|slot$|key$|value$|width$|height$|shape$)/;
/** Attributes whose every word is for people. */
const SPOKEN =
  /^(aria-(label|description|roledescription|valuetext)|title|placeholder|alt|label|text|hint|legend|caption|unit)$/;

/** Below these nothing is for people. */
const isSilent = ({ type, name, callee }: Node): boolean =>
  type === "ImportDeclaration" ||
  type === "TSTypeAliasDeclaration" ||
  type === "TSInterfaceDeclaration" ||
  type === "TSLiteralType" ||
  type === "StyleDirective" ||
  (type === "NewExpression" && /Error$/.test((callee as { name?: string }).name ?? "")) ||
  (type === "CallExpression" && (callee as { name?: string }).name === "t") ||
  (type === "Attribute" && TECHNICAL.test(String(name)));

/** Keys by the names that the web gives them, and what is printed on them. */
const KEYS = /^(Enter|Escape|Tab|Home|End|Delete|Backspace|Insert|Esc|Ctrl|Shift|Alt|Space|Meta)$/;
/** What reads as a sentence or as a caption. */
const PROSE = /\p{L}{2,}[,;:.]? \p{L}+|^\p{Lu}\p{Ll}{2,}[.…?:]?$/u;
/** What looks like words to that and is none: CSS, addresses, paths. */
const CODE = /[{}[\]=<>]|::|^\(|px\b|\d+ms|^[a-z-]+ [a-z-]+$/;

function textOf(node: Node, above: Node[]): string | null {
  const parent = above.at(-1);
  if (node.type === "Text") {
    const text = String(node.data).trim();
    const attribute = above.findLast(({ type }) => type === "Attribute");
    if (!/\p{L}{2,}/u.test(text)) return null;
    if (!attribute) return text;
    return SPOKEN.test(String(attribute.name)) ? text : null;
  }
  const text =
    node.type === "Literal" && typeof node.value === "string"
      ? node.value
      : node.type === "TemplateElement"
        ? (node.value as { cooked: string }).cooked
        : null;
  if (text === null || KEYS.test(text.trim()) || CODE.test(text)) return null;
  // The name of a property, or what something is compared with.
  if (parent?.type === "Property" && parent.key === node) return null;
  if (parent?.type === "BinaryExpression" || parent?.type === "MemberExpression") return null;
  return PROSE.test(text.trim()) ? text.trim() : null;
}
