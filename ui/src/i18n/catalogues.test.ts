import { afterEach, describe, expect, it } from "vitest";

import english from "./en";
import indonesian from "./id";
import {
  date,
  language,
  LANGUAGES,
  number,
  preferred,
  showLanguage,
  t,
  type UiLanguage,
} from "./i18n.svelte";
import { flat, shapeOf } from "./messages";

const CATALOGUES: Record<UiLanguage, Record<string, Record<string, string>>> = {
  en: english,
  id: indonesian,
};

describe.each(Object.keys(LANGUAGES) as UiLanguage[])("the catalogue %s", (name) => {
  const messages = flat(CATALOGUES[name]);
  const originals = flat(english);

  it("has exactly the messages that there are", () => {
    expect([...messages.keys()].sort()).toEqual([...originals.keys()].sort());
  });

  it("has no empty message and none with a space at its end", () => {
    expect([...messages].filter(([, message]) => message.trim() !== message || message === "")).toEqual([]);
  });

  it("names the values that the English message names", () => {
    for (const [key, message] of messages)
      expect([key, [...shapeOf(message).names].sort()]).toEqual([
        key,
        [...shapeOf(originals.get(key) ?? "").names].sort(),
      ]);
  });

  it("asks for nothing that is not known", () => {
    expect([...messages].filter(([, message]) => shapeOf(message).unknown.length > 0)).toEqual([]);
  });

  it("has the plural forms of its language", () => {
    const needed = new Intl.PluralRules(LANGUAGES[name].locale).resolvedOptions().pluralCategories;
    for (const [key, message] of messages)
      for (const [value, forms] of shapeOf(message).plurals)
        expect([key, value, [...forms].sort()]).toEqual([key, value, [...needed].sort()]);
  });
});

describe("the language on show", () => {
  afterEach(() => showLanguage("en"));

  it("is the first that the system prefers and the interface has", () => {
    expect(preferred(["nl-BE", "id-ID", "en"])).toBe("id");
    expect(preferred(["nl"])).toBe("en");
  });

  it("changes messages, numbers and dates", async () => {
    expect(t("app.ago.days", { days: 1 })).toBe("1 day ago");
    expect(number(1240.5)).toBe("1,240.5");
    await showLanguage("id");
    expect(language()).toBe("id");
    expect(t("app.ago.days", { days: 1 })).toBe("1 hari lalu");
    expect(number(1240.5)).toBe("1.240,5");
    expect(date(Date.UTC(2026, 4, 3), { day: "numeric", month: "long", timeZone: "UTC" })).toBe("3 Mei");
  });

  it("is the last one chosen, whichever catalogue comes first", async () => {
    await Promise.all([showLanguage("id"), showLanguage("en")]);
    expect(language()).toBe("en");
  });
});
