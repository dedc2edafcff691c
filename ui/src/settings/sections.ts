import type { Component } from "svelte";

import BookOpenCheck from "@lucide/svelte/icons/book-open-check";
import Cpu from "@lucide/svelte/icons/cpu";
import HardDrive from "@lucide/svelte/icons/hard-drive";
import InfoIcon from "@lucide/svelte/icons/info";
import Keyboard from "@lucide/svelte/icons/keyboard";
import Languages from "@lucide/svelte/icons/languages";
import Palette from "@lucide/svelte/icons/palette";
import ShieldCheck from "@lucide/svelte/icons/shield-check";

import { t, type Key } from "../i18n/i18n.svelte";

export type SectionId =
  "models" | "storage" | "appearance" | "study" | "shortcuts" | "language" | "privacy" | "about";

/** The sections in the order in which they are shown. */
export const SECTIONS: {
  id: SectionId;
  icon: Component<{ size?: number; strokeWidth?: number }>;
}[] = [
  { id: "appearance", icon: Palette },
  { id: "language", icon: Languages },
  { id: "models", icon: Cpu },
  { id: "study", icon: BookOpenCheck },
  { id: "storage", icon: HardDrive },
  { id: "shortcuts", icon: Keyboard },
  { id: "privacy", icon: ShieldCheck },
  { id: "about", icon: InfoIcon },
];

export const sectionName = (id: SectionId): string => t(`settings.section.${id}`);

/** Every setting by the id of its row: what a search through all that the window can do finds. */
const ROWS: Record<string, { section: SectionId; name: Key }> = {
  "setting-theme": { section: "appearance", name: "settings.theme" },
  "setting-glass": { section: "appearance", name: "settings.glass" },
  "setting-text": { section: "appearance", name: "settings.text" },
  "setting-motion": { section: "appearance", name: "settings.motion" },
  "setting-menu": { section: "appearance", name: "settings.menu" },
  "setting-language": { section: "language", name: "settings.section.language" },
  "setting-embedding": { section: "models", name: "settings.embedding.title" },
  "setting-model": { section: "models", name: "settings.answers.title" },
  "setting-gentleness": { section: "study", name: "settings.gentleness" },
  "setting-notifications": { section: "study", name: "settings.notifications" },
  "setting-folder": { section: "storage", name: "settings.folder" },
  "setting-backup": { section: "storage", name: "settings.backup.title" },
  "setting-shortcuts": { section: "shortcuts", name: "settings.section.shortcuts" },
  "setting-privacy": { section: "privacy", name: "settings.section.privacy" },
  "setting-version": { section: "about", name: "settings.version" },
};
export type SettingId = keyof typeof ROWS;

/** The settings with the words that they go by. */
export const settingsList = (): { id: SettingId; section: SectionId; name: string }[] =>
  Object.entries(ROWS).map(([id, { section, name }]) => ({ id, section, name: t(name) }));
