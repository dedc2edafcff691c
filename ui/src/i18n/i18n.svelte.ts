import { parse, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";

import english from "./en";
import { fill, type Numerals, type Values } from "./fill";

type Catalogue = typeof english;
/** "area.name": the file of the catalogue, and a message in it. */
export type Key = { [Area in keyof Catalogue]: `${Area}.${keyof Catalogue[Area] & string}` }[keyof Catalogue];
export type { Values };

/** What the interface is written in: its own name, the locale of its numbers and dates, its direction. */
export const LANGUAGES = {
  en: { name: "English", locale: "en-GB", direction: "ltr" },
  id: { name: "Bahasa Indonesia", locale: "id-ID", direction: "ltr" },
} as const satisfies Record<string, { name: string; locale: string; direction: "ltr" | "rtl" }>;
export type UiLanguage = keyof typeof LANGUAGES;

type Messages = Record<string, Record<string, string>>;

const CATALOGUES: Record<UiLanguage, () => Promise<Messages>> = {
  en: () => Promise.resolve(english),
  id: async () => (await import("./id")).default,
};

let shown = $state.raw<{ language: UiLanguage; messages: Messages }>({ language: "en", messages: english });
let parsed = new Map<string, MessageFormatElement[]>();
let wanted: UiLanguage = "en";

/** The language on show. */
export const language = (): UiLanguage => shown.language;

/** The locale of its numbers and dates. */
export const locale = (): string => LANGUAGES[shown.language].locale;

/** The first of the languages that a system prefers which the interface has. */
export function preferred(languages: readonly string[]): UiLanguage {
  const known = languages.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return known.find((tag): tag is UiLanguage => tag in LANGUAGES) ?? "en";
}

/** Shows the interface in a language, everywhere at once, as soon as its catalogue is there. */
export async function showLanguage(next: UiLanguage): Promise<void> {
  wanted = next;
  const messages = await CATALOGUES[next]();
  // Another one may have been chosen meanwhile.
  if (wanted !== next) return;
  parsed = new Map();
  shown = { language: next, messages };
}

/** A message of the catalogues in the language on show. The values are those that the message names. */
export function t(key: Key, values?: Values): string {
  const { messages } = shown;
  const message = find(messages, key) ?? find(english, key) ?? key;
  if (!values) return message;
  let elements = parsed.get(key);
  if (!elements) {
    elements = parse(message, { ignoreTag: true });
    parsed.set(key, elements);
  }
  return fill(elements, values, NUMERALS);
}

function find(messages: Messages, key: Key): string | undefined {
  const dot = key.indexOf(".");
  return messages[key.slice(0, dot)]?.[key.slice(dot + 1)];
}

const numberFormats = new Map<string, Intl.NumberFormat>();

/** "1,240", as the language on show writes it. */
export function number(n: number, options: Intl.NumberFormatOptions = {}): string {
  return formatOf(numberFormats, options, () => new Intl.NumberFormat(locale(), options)).format(n);
}

const pluralRules = new Map<string, Intl.PluralRules>();

/** As the language on show has them. */
const NUMERALS: Numerals = {
  written: (n) => number(n),
  form: (n) => formatOf(pluralRules, {}, () => new Intl.PluralRules(locale())).select(n),
};

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** A day or a time, as the language on show writes it. */
export function date(when: number | Date, options: Intl.DateTimeFormatOptions): string {
  return formatOf(dateFormats, options, () => new Intl.DateTimeFormat(locale(), options)).format(when);
}

/** Making a format takes far longer than using it. */
function formatOf<F>(formats: Map<string, F>, options: object, make: () => F): F {
  const key = locale() + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = make();
    formats.set(key, format);
  }
  return format;
}
