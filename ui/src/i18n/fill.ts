import { TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";

export type Values = Record<string, string | number | boolean>;

/** What a language makes of a number. */
export interface Numerals {
  written(n: number): string;
  /** The plural form that goes with it. */
  form(n: number): Intl.LDMLPluralRule;
}

/**
 * A message of ICU MessageFormat with its values. Of arguments those are known that the catalogues use: plain ones,
 * `number` without a style, `plural` and `select`. A value that is not given shows as its name in braces.
 */
export function fill(
  message: MessageFormatElement[],
  values: Values,
  numerals: Numerals,
  counted = 0,
): string {
  const part = (element: MessageFormatElement): string => {
    if (element.type === TYPE.literal) return element.value;
    if (element.type === TYPE.pound) return numerals.written(counted);
    const value = values[element.value];
    if (value === undefined) return `{${element.value}}`;
    if (element.type === TYPE.number) return numerals.written(Number(value));
    if (element.type === TYPE.select) {
      const { [String(value)]: option, other } = element.options;
      return fill((option ?? other)?.value ?? [], values, numerals, counted);
    }
    if (element.type === TYPE.plural) {
      const n = Number(value);
      const { [`=${n}`]: exactly, [numerals.form(n - element.offset)]: form, other } = element.options;
      return fill((exactly ?? form ?? other)?.value ?? [], values, numerals, n - element.offset);
    }
    return String(value);
  };
  return message.map(part).join("");
}
