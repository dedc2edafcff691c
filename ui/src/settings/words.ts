import { count, size } from "../app/words";
import type { BackupOutcome, BackupProgress, BackupStep } from "../backend/bindings";
import { number } from "../i18n/i18n.svelte";

const STEPS: Record<BackupStep, string> = {
  snapshot: "Copying the database",
  packing: "Putting everything into the file",
  verifying: "Reading it back, to be sure",
  unpacking: "Unpacking the backup",
  checking: "Checking what was unpacked",
  replacing: "Putting it in the library’s place",
};

/** What is being done to a backup; before the first step everything that is at work has to stand still. */
export const stepWords = (progress: BackupProgress | null): string =>
  progress ? STEPS[progress.step] : "Getting ready";

/** "12 MB of 48 MB"; nothing where there are no bytes to count. */
export function amount(progress: BackupProgress | null): string {
  if (!progress || progress.total === 0 || progress.step === "replacing") return "";
  return `${size(progress.done)} of ${size(progress.total)}`;
}

/** How much of the step is done, 0 to 1; null where that can't be told. */
export const share = (progress: BackupProgress | null): number | null =>
  progress && progress.total > 0 ? progress.done / progress.total : null;

/** "Backed up: 12 documents, 48 MB" */
export const backedUp = ({ documents, bytes }: BackupOutcome): string =>
  `Backed up: ${count(documents, "document")}, ${size(bytes)}`;

/** "Restored: 12 documents" */
export const restored = ({ documents }: BackupOutcome): string => `Restored: ${count(documents, "document")}`;

/** Which originals a backup does not hold, the first `most` of them by name; null where it holds them all. */
export function missingWords(missing: string[], most = missing.length): string | null {
  const [first] = missing;
  if (first === undefined) return null;
  if (missing.length === 1) return `The original of “${first}” was not there. Its text is in the backup.`;
  const more = missing.length - most;
  const names = missing.slice(0, most).map((name) => `“${name}”`);
  if (more > 0) names.push(`${number(more)} more`);
  return `${number(missing.length)} originals were not there: ${names.join(", ")}. Their text is in the backup.`;
}
