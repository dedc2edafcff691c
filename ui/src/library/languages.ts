import type { Language } from "../backend/bindings";

/** How Tesseract writes what follows the language in a model's name, as ISO 15924 has it. */
const SCRIPTS: Record<string, string> = {
  sim: "Hans",
  tra: "Hant",
  cyrl: "Cyrl",
  latn: "Latn",
  ara: "Arab",
  frak: "Latf",
  latf: "Latf",
};
/** Models that are named by no language. */
const NAMED: Record<string, string> = { frk: "German (Fraktur)" };
const KINDS: Record<string, string> = { vert: "vertical", old: "old" };

const names = new Intl.DisplayNames(["en"], {
  type: "language",
  fallback: "none",
  languageDisplay: "standard",
});

/** A language in English: "German", "Serbian (Latin)", "Japanese (vertical)"; the model's name where it can't be told. */
export function languageName(model: Language): string {
  const [language = model, ...parts] = model.split("_");
  const script = parts.map((part) => SCRIPTS[part]).find(Boolean);
  const kinds = parts.map((part) => KINDS[part]).filter(Boolean);
  const told = parts.every((part) => SCRIPTS[part] || KINDS[part]);
  const name = NAMED[language] ?? spoken(script ? `${language}-${script}` : language);
  if (!told || !name) return model;
  return kinds.length > 0 ? `${name} (${kinds.join(", ")})` : name;
}

function spoken(tag: string): string | undefined {
  try {
    const name = names.of(tag);
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
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
