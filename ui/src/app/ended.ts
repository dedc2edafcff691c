import type { WorkEnded } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";

/** So many titles are said by name. */
const NAMED = 3;

/** What a notification says of work that has ended. */
export function ended({ kind, titles, failed }: WorkEnded): { title: string; body: string } {
  if (kind !== "documents") {
    const title = failed > 0 ? t(`app.ended.${kind}.failed`) : t(`app.ended.${kind}`);
    return { title, body: named(titles) };
  }
  // What was done stands first.
  const ready = titles.slice(0, titles.length - failed);
  const broken = titles.slice(ready.length);
  const unread = t("app.ended.documents.failed", { n: failed });
  if (ready.length === 0) return { title: unread, body: named(broken) };
  const rest = failed > 0 ? [`${unread}: ${named(broken)}`] : [];
  return {
    title: t("app.ended.documents", { n: ready.length }),
    body: [named(ready), ...rest].join("\n"),
  };
}

function named(titles: string[]): string {
  const first = titles.slice(0, NAMED).join(", ");
  const n = titles.length - NAMED;
  return n > 0 ? t("app.ended.titles.more", { titles: first, n }) : first;
}
