import type { Health, LibrarySizes, NativePartName, Totals } from "../backend/bindings";
import { number, t } from "../i18n/i18n.svelte";

/** Below this much free space an import of some books may not fit. */
const LITTLE_BYTES = 2_000_000_000;

/** What takes room, the largest first; what is not there is left out. */
export function sizesOf(
  sizes: LibrarySizes,
): { name: Exclude<keyof LibrarySizes, "total">; bytes: number }[] {
  const names = ["originals", "database", "models", "vectors", "logs"] as const;
  return names
    .map((name) => ({ name, bytes: sizes[name] }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes);
}

/** "12 documents in 3 rooms, 4,210 pages" */
export const holds = ({ documents, rooms, pages }: Totals): string =>
  t("activity.holds", { documents, rooms, pages });

/** How much can be found by meaning so far; null where it is all. */
export function meanings({ passages, embedded }: Totals): string | null {
  if (embedded >= passages) return null;
  const share = number(Math.floor((embedded / passages) * 100) / 100, { style: "percent" });
  return t("activity.meanings", { share });
}

export const isShort = ({ free }: Health): boolean => free !== null && free < LITTLE_BYTES;

/** What a part of the app is for, as far as people know it. */
export const partName = (part: NativePartName): string => t(`activity.part.${part}`);
