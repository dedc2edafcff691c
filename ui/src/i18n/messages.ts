/** The messages of a catalogue and what each of them asks for. For the tests alone. */
import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";

/** All messages by their keys. */
export const flat = (catalogue: Record<string, Record<string, string>>): Map<string, string> =>
  new Map(
    Object.entries(catalogue).flatMap(([area, messages]) =>
      Object.entries(messages).map(([name, message]): [string, string] => [`${area}.${name}`, message]),
    ),
  );

/** The arguments that `fill` knows. */
const KNOWN = [TYPE.argument, TYPE.number, TYPE.select, TYPE.plural];

export interface Shape {
  names: Set<string>;
  /** Values that would not be written as the message asks. */
  unknown: string[];
  /** The plural forms of each value that is counted. */
  plurals: Map<string, string[]>;
}

/** What a message asks for. */
export function shapeOf(message: string): Shape {
  const shape: Shape = { names: new Set(), unknown: [], plurals: new Map() };
  const walk = (elements: MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      shape.names.add(element.value);
      const isStyled = element.type === TYPE.number && Boolean(element.style);
      const isOrdinal = element.type === TYPE.plural && element.pluralType === "ordinal";
      if (!KNOWN.includes(element.type) || isStyled || isOrdinal) shape.unknown.push(element.value);
      if (element.type !== TYPE.plural && element.type !== TYPE.select) continue;
      const forms = Object.entries(element.options);
      if (element.type === TYPE.plural)
        shape.plurals.set(
          element.value,
          forms.map(([form]) => form).filter((form) => !form.startsWith("=")),
        );
      for (const [, { value }] of forms) walk(value);
    }
  };
  walk(parse(message, { ignoreTag: true }));
  return shape;
}
