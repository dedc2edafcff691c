import { size } from "../app/words";
import type { BackupOutcome, BackupProgress } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";

/** What is being done to a backup; before the first step everything that is at work has to stand still. */
export const stepWords = (progress: BackupProgress | null): string =>
  t(`settings.backup.step.${progress ? progress.step : "start"}`);

/** "12 MB of 48 MB"; nothing where there are no bytes to count. */
export function amount(progress: BackupProgress | null): string {
  if (!progress || progress.total === 0 || progress.step === "replacing") return "";
  return t("settings.backup.of", { done: size(progress.done), total: size(progress.total) });
}

/** How much of the step is done, 0 to 1; null where that can't be told. */
export const share = (progress: BackupProgress | null): number | null =>
  progress && progress.total > 0 ? progress.done / progress.total : null;

/** "Backed up: 12 documents, 48 MB" */
export const backedUp = ({ documents, bytes }: BackupOutcome): string =>
  t("settings.backup.done", { n: documents, size: size(bytes) });

/** "Restored: 12 documents" */
export const restored = ({ documents }: BackupOutcome): string =>
  t("settings.backup.restored", { n: documents });

/** Which originals a backup does not hold, the first `most` of them by name; null where it holds them all. */
export function missingWords(missing: string[], most = missing.length): string | null {
  const [first] = missing;
  if (first === undefined) return null;
  if (missing.length === 1) return t("settings.backup.missing.one", { name: first });
  const names = missing.slice(0, most).map((name) => t("settings.backup.missing.name", { name }));
  const more = missing.length - most;
  if (more > 0) names.push(t("settings.backup.missing.more", { n: more }));
  return t("settings.backup.missing.all", { n: missing.length, names: names.join(", ") });
}
