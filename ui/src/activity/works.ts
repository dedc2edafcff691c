import { timeLeft } from "../app/words";
import type { Document, DocumentState, JobStage, JobState, Work } from "../backend/bindings";
import { date, number, t } from "../i18n/i18n.svelte";

/** Where a job stands whose document is in such a state; a document that is complete has no job any more. */
const STANDS: Record<DocumentState, { state: JobState; stage?: JobStage } | null> = {
  queued: { state: "queued" },
  reading: { state: "running", stage: "reading" },
  embedding: { state: "running", stage: "embedding" },
  recognising: { state: "running", stage: "recognising" },
  paused: { state: "paused" },
  failed: { state: "failed" },
  complete: null,
};

/** A job with what its document has come to; null where it stands elsewhere in the list now. */
export function broughtUp(work: Work, document: Document): Work | null {
  const stands = STANDS[document.state];
  if (stands?.state !== work.state) return null;
  const { title, pages, pages_read, passages, embedded, ledger } = document;
  return {
    ...work,
    title,
    pages,
    pages_read,
    passages,
    embedded,
    stage: stands.stage ?? work.stage,
    to_recognise: ledger.scanned + ledger.garbled,
    recognised: ledger.recognised,
  };
}

/** How far a job has come in what it is at, 0 to 1; null where that can't be told yet. */
export function shareOf({ stage, pages, pages_read, passages, embedded, to_recognise, recognised }: Work) {
  const [done, all] = {
    reading: [pages_read, pages ?? 0],
    embedding: [embedded, passages],
    indexing: [0, 0],
    recognising: [recognised, to_recognise],
  }[stage] as [number, number];
  return all > 0 ? Math.min(1, done / all) : null;
}

/** What a job is doing: "Reading page 12 of 340". */
export function doing(work: Work): string {
  const { stage, pages, pages_read, to_recognise, recognised } = work;
  switch (stage) {
    case "reading":
      if (pages === null) return t("activity.doing.opening");
      return t("activity.doing.reading", {
        page: number(Math.min(pages_read + 1, pages)),
        pages: number(pages),
      });
    case "recognising":
      return t("activity.doing.recognising", {
        page: number(Math.min(recognised + 1, to_recognise)),
        pages: number(to_recognise),
      });
    case "indexing":
      return t("activity.doing.indexing");
    case "embedding": {
      const share = shareOf(work);
      if (share === null) return t("activity.doing.meanings");
      return t("activity.doing.embedding", { share: percent(share) });
    }
  }
}

const percent = (share: number): string =>
  number(Math.floor(share * 100) / 100, { style: "percent", maximumFractionDigits: 0 });

/** What a job waits for: its place in the line, or another try. */
export function waits({ stage, not_before }: Work, place: number, now: number): string {
  if (not_before !== null && not_before > now)
    return t("activity.waits.again", { time: date(not_before, { hour: "2-digit", minute: "2-digit" }) });
  const what = t(`activity.waits.${stage}`);
  return place === 0
    ? t("activity.waits.next", { what })
    : t("activity.waits.place", { what, place: place + 1 });
}

/** Where a job was held. */
export function held(work: Work): string {
  const { stage, pages, pages_read } = work;
  if (stage === "reading" && pages !== null)
    return t("activity.held.page", { page: number(pages_read), pages: number(pages) });
  return t("activity.held.here");
}

/** The time that is left, if it can be told. */
export const leftOf = (eta: number | null): string | null => (eta === null ? null : timeLeft(eta));
