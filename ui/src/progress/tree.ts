import type { DocumentProgress, SectionProgress, Standing } from "../backend/bindings";
import { standsOf, type TreeNode } from "../design/tree";

/** More documents than these are folded at first, and sections of a document that has more than these. */
const MANY = { documents: 3, sections: 40 };

/** A document, or a section of it, in the map of a room. */
export interface Node extends TreeNode {
  key: string;
  document: DocumentProgress;
  /** None is the document itself. */
  section: SectionProgress | null;
  standing: Standing;
}

/** A document stands above all of its sections, whatever their levels. */
const DOCUMENT = -Infinity;

/** Documents with their sections below them, in the order of the tables of contents. */
export function nodesOf(documents: DocumentProgress[]): Node[] {
  const parts = documents.flatMap((document) => [
    { document, section: null },
    ...document.sections.map((section) => ({ document, section })),
  ]);
  const stands = standsOf(parts.map(({ section }) => section?.level ?? DOCUMENT));
  return stands.map(({ depth, place, beside, hasParts }, at): Node => {
    const { document, section } = parts[at] as (typeof parts)[number];
    return {
      key: section ? `${document.document}:${section.entry}` : String(document.document),
      document,
      section,
      title: section?.title ?? document.title,
      standing: section?.standing ?? document.whole,
      depth,
      place,
      beside,
      hasParts,
    };
  });
}

/** Whether its parts are on show before anybody has folded anything. */
export const isOpenAtFirst = ({ section, document }: Node, documents: number): boolean =>
  section === null ? documents <= MANY.documents : document.sections.length <= MANY.sections;
