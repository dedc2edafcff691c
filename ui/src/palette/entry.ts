import type { Component } from "svelte";

import type { Room, TextRun } from "../backend/bindings";
import type { Manner } from "./jump";

/** The groups in the order in which they are shown. */
export const GROUPS = [
  "recent",
  "actions",
  "documents",
  "places",
  "conversations",
  "cards",
  "notes",
  "quizzes",
  "rooms",
] as const;
export type GroupId = (typeof GROUPS)[number];

/** A line of the palette. */
export interface Entry {
  /** What it is, also after the next key. */
  key: string;
  icon: Component<{ size?: number; strokeWidth?: number }> | null;
  /** The colour of a room, in place of an icon. */
  hue?: number;
  title: TextRun[];
  /** What else has the words. */
  more?: TextRun[];
  /** Where it stands: the document and page, the conversation. */
  where?: string;
  /** Its room, where that is not the open one. */
  room?: Room | null;
  /** What is pressed for it in the window. */
  keys?: string[];
  /** Whether it is text of a document, which is read rather than chosen. */
  isText?: boolean;
  /** Whether it is of what the shell found, and may be of an earlier query. */
  isFound?: boolean;
  open: (manner: Manner) => unknown;
}

export interface Group {
  id: GroupId;
  entries: Entry[];
}

/** A text in which nothing was looked for. */
export const unmarked = (text: string): TextRun[] => [{ text, found: false }];
