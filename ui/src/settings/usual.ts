import type { Settings } from "../backend/bindings";

/** The settings until those of the library are known. */
export const USUAL: Settings = {
  theme: "system",
  glass: "auto",
  last_room: null,
  gentleness: "auto",
  language: null,
  motion: "system",
  text_scale: 1,
  notifications: true,
  menu_bar: false,
  first_run_done: false,
};
