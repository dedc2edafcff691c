import { t } from "../i18n/i18n.svelte";

/** What documents of a format are divided into, as the shell names formats. */
const UNITS = {
  pdf: "page",
  image: "page",
  epub: "chapter",
  pptx: "slide",
  xlsx: "sheet",
  csv: "sheet",
  docx: "section",
  odt: "section",
  html: "section",
  markdown: "section",
  text: "section",
} as const;
type Format = keyof typeof UNITS;

const isKnown = (format: string): format is Format => format in UNITS;

/** "PDF", "Web page"; a format of a later version by its stable name. */
export const formatName = (format: string): string =>
  isKnown(format) ? t(`library.format.${format}`) : format.toUpperCase();

/** "340 pages", "12 chapters". */
export const lengthOf = (format: string, n: number): string =>
  t("library.length", { unit: isKnown(format) ? UNITS[format] : "page", n });

/** Whether its pages can be drawn; the others are text that is typeset. */
export const hasPictures = (format: string): boolean => format === "pdf" || format === "image";
