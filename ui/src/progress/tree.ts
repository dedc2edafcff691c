import type { DocumentProgress, SectionProgress, Standing } from "../backend/bindings";

/** More documents than these are folded at first, and sections of a document that has more than these. */
const MANY = { documents: 3, sections: 40 };

/** A document, or a section of it, in the map of a room. */
export interface Node {
  /** The same as long as it is the same part. */
  key: string;
  document: DocumentProgress;
  /** None is the document itself. */
  section: SectionProgress | null;
  title: string;
  standing: Standing;
  /** How deep it stands, from 1. */
  depth: number;
  /** Its place among those that stand beside it, from 1, and how many these are. */
  place: number;
  beside: number;
  /** Whether something stands below it. */
  hasParts: boolean;
}

/** Documents with their sections below them, in the order of the tables of contents. */
export function nodesOf(documents: DocumentProgress[]): Node[] {
  const roots: Sibling[] = documents.map((document) => ({
    node: {
      key: String(document.document),
      document,
      section: null,
      title: document.title,
      standing: document.whole,
      depth: 1,
      place: 0,
      beside: 0,
      hasParts: document.sections.length > 0,
    },
    level: 0,
  }));
  place(roots.map(({ node }) => node));
  return roots.flatMap((root) => [root.node, ...sectionsOf(root)]);
}

interface Sibling {
  node: Node;
  /** As the table of contents says it; levels may be left out there. */
  level: number;
}

function sectionsOf(root: Sibling): Node[] {
  const { document } = root.node;
  const parts = new Map<Node, Node[]>();
  const above: Sibling[] = [root];
  const nodes = document.sections.map((section) => {
    while (above.length > 1 && (above.at(-1)?.level ?? 0) >= section.level) above.pop();
    const parent = above.at(-1)?.node ?? root.node;
    const node: Node = {
      key: `${document.document}:${section.entry}`,
      document,
      section,
      title: section.title,
      standing: section.standing,
      depth: parent.depth + 1,
      place: 0,
      beside: 0,
      hasParts: false,
    };
    parent.hasParts = true;
    const siblings = parts.get(parent);
    if (siblings) siblings.push(node);
    else parts.set(parent, [node]);
    above.push({ node, level: section.level });
    return node;
  });
  for (const siblings of parts.values()) place(siblings);
  return nodes;
}

function place(siblings: Node[]): void {
  for (const [at, node] of siblings.entries()) {
    node.place = at + 1;
    node.beside = siblings.length;
  }
}

/** Whether its parts are on show before anybody has folded anything. */
export const isOpenAtFirst = ({ section, document }: Node, documents: number): boolean =>
  section === null ? documents <= MANY.documents : document.sections.length <= MANY.sections;

/** What is not folded away. */
export function visible(nodes: Node[], isOpen: (node: Node) => boolean): Node[] {
  let closed = Infinity;
  return nodes.filter((node) => {
    if (node.depth > closed) return false;
    closed = node.hasParts && !isOpen(node) ? node.depth : Infinity;
    return true;
  });
}

/** Where an arrow leads from one of the rows: to another row, or to its being folded or unfolded. */
export function step(
  rows: Node[],
  at: number,
  key: string,
  isOpen: (node: Node) => boolean,
): { to: number } | { open: boolean } | null {
  const node = rows[at];
  if (!node) return null;
  switch (key) {
    case "ArrowDown":
      return { to: Math.min(at + 1, rows.length - 1) };
    case "ArrowUp":
      return { to: Math.max(at - 1, 0) };
    case "Home":
      return { to: 0 };
    case "End":
      return { to: rows.length - 1 };
    case "ArrowRight":
      if (!node.hasParts) return { to: at };
      return isOpen(node) ? { to: at + 1 } : { open: true };
    case "ArrowLeft": {
      if (node.hasParts && isOpen(node)) return { open: false };
      const parent = rows.findLastIndex((other, place) => place < at && other.depth < node.depth);
      return { to: parent < 0 ? at : parent };
    }
    default:
      return null;
  }
}
