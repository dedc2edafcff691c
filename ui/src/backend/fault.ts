import type { Code, Fault } from "./bindings";

/** Whatever was thrown, as a fault that can be shown. */
export function asFault(thrown: unknown): Fault {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown) {
    return { code: thrown.code as Code, message: String(thrown.message) };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "internal", message };
}

const TITLES: Record<Code, string> = {
  not_found: "No longer there",
  invalid: "That can’t be used",
  duplicate: "Already in this room",
  cancelled: "Stopped",
  unsupported: "This kind of file can’t be read yet",
  not_a_pdf: "Not what its name says",
  empty_file: "The file is empty",
  damaged: "The file is damaged",
  encrypted: "A password is needed",
  time_limit: "Reading took too long",
  memory_limit: "Too much for the memory limit",
  reader_crashed: "The file could not be read",
  unreadable: "The file can’t be opened",
  read_only: "The library can’t be written to",
  no_space: "The disk is full",
  native_part_missing: "A part of the app is missing",
  newer_library: "This library is from a newer version",
  busy: "The library is in use",
  corrupt: "The library is damaged",
  executor_failed: "No answer could be made",
  internal: "Something went wrong",
};

const ADVICE: Record<Code, string> = {
  not_found: "It may have been removed meanwhile.",
  invalid: "Check what you typed and try again.",
  duplicate: "There is nothing to do.",
  cancelled: "Start it again when you like.",
  unsupported: "Save it as a PDF, a text or a web page and drop that.",
  not_a_pdf: "Its ending says PDF, but it is something else. Fetch it again, or give it its right ending.",
  empty_file: "Fetch the file again and drop the new copy.",
  damaged: "Fetch the file again, or open it elsewhere and save a fresh copy.",
  encrypted: "Type the password to read it.",
  time_limit: "Try again, or split the file into smaller ones.",
  memory_limit: "Split the file into smaller ones.",
  reader_crashed: "Open the document in another program, save a fresh copy and drop that.",
  unreadable: "Check that the file still exists and that you may read it.",
  read_only: "Check the permissions of the library’s folder.",
  no_space: "Free some space, then try again.",
  native_part_missing: "Install the app again.",
  newer_library: "Update the app to open it.",
  busy: "Close the other window or wait until its work is done.",
  corrupt: "Run “smart-study-room check --repair”.",
  executor_failed: "Ask again.",
  internal: "Try again. If it stays, restart the app.",
};

/** A few words that name the fault. */
export const titleOf = (code: Code): string => TITLES[code] ?? TITLES.internal;

/** The one thing to do next. */
export const adviceOf = (code: Code): string => ADVICE[code] ?? ADVICE.internal;
