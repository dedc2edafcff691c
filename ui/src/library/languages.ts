import type { Language } from "../backend/bindings";
import { locale, t } from "../i18n/i18n.svelte";

/** How Tesseract writes what follows the language in a model's name, as ISO 15924 has it. */
const SCRIPTS: Record<string, string> = {
  sim: "hans",
  tra: "hant",
  cyrl: "cyrl",
  latn: "latn",
  ara: "arab",
  frak: "latf",
  latf: "latf",
};

/** Models that are named by no language. */
const named = (model: string): string | undefined =>
  model === "frk" ? t("library.languages.fraktur") : undefined;

function kindOf(part: string): string | undefined {
  if (part === "vert") return t("library.languages.vertical");
  return part === "old" ? t("library.languages.old") : undefined;
}

const displayNames = new Map<string, Intl.DisplayNames>();

/** Names of languages in the language on show. */
function names(): Intl.DisplayNames {
  const options = { type: "language", fallback: "none", languageDisplay: "standard" } as const;
  const made = displayNames.get(locale()) ?? new Intl.DisplayNames([locale()], options);
  displayNames.set(locale(), made);
  return made;
}

/** A language by its name: "German", "Serbian (Latin)", "Japanese (vertical)"; the model's name where it can't be told. */
export function languageName(model: Language): string {
  const [language = model, ...parts] = model.split("_");
  const script = parts.map((part) => SCRIPTS[part]).find(Boolean);
  const kinds = parts.map(kindOf).filter(Boolean);
  const told = parts.every((part) => SCRIPTS[part] || kindOf(part));
  const name = named(language) ?? spoken(script ? `${language}-${script}` : language);
  if (!told || !name) return model;
  return kinds.length > 0 ? `${name} (${kinds.join(", ")})` : name;
}

function spoken(tag: string): string | undefined {
  try {
    const name = names().of(tag);
    return name === tag ? undefined : name;
  } catch {
    // Not even the form of a language.
    return undefined;
  }
}

/** The languages in the order of their names. */
export const byName = (languages: Language[]): { language: Language; name: string }[] =>
  languages
    .map((language) => ({ language, name: languageName(language) }))
    .sort((a, b) => a.name.localeCompare(b.name, locale()));
