/** What is looked for: everything, or only what a sign in front asks for. */
export type Mode = "all" | "actions" | "documents" | "notes";

/** The signs, in the order in which they are explained. */
export const SIGNS: { sign: string; mode: Exclude<Mode, "all"> }[] = [
  { sign: ">", mode: "actions" },
  { sign: "@", mode: "documents" },
  { sign: "#", mode: "notes" },
];

export interface Query {
  mode: Mode;
  /** Without the sign and the spaces around. */
  text: string;
}

/** "@ cell" is a query for documents with "cell". */
export function parsed(typed: string): Query {
  const query = typed.trim();
  const sign = SIGNS.find(({ sign }) => query.startsWith(sign));
  return sign
    ? { mode: sign.mode, text: query.slice(sign.sign.length).trim() }
    : { mode: "all", text: query };
}
