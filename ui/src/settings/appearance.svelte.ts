import { untrack } from "svelte";

import type { Backend } from "../backend/backend";
import type { RoomId, Settings } from "../backend/bindings";
import { drawBackdrop, showThroughGlass } from "../design/backdrop";
import { afterFrame } from "../design/frames";
import { measureLevel, type Level } from "../design/glass";
import { LANGUAGES, language, preferred, showLanguage } from "../i18n/i18n.svelte";
import { USUAL } from "./usual";

const HUE_WITHOUT_ROOM = 262;
const AFTER_START_MS = 1200;

/** What the person has chosen, and what the window makes of it. */
export class Appearance {
  settings = $state.raw<Settings>(USUAL);
  hue = $state(HUE_WITHOUT_ROOM);
  backdrop = $state.raw<HTMLCanvasElement | null>(null);
  #measured = $state<Level | null>(null);
  #trying = $state(false);
  #loaded = $state(false);
  #systemDark = $state(false);
  #moreContrast = $state(false);
  /** Whether a graphics card puts layers together; without one nothing can be blurred live. */
  accelerated = $state(true);
  readonly dark = $derived(
    this.settings.theme === "dark" || (this.settings.theme === "system" && this.#systemDark),
  );
  /** Baked until the first frames have been measured. */
  readonly level: Level = $derived.by(() => {
    if (this.#moreContrast) return "solid";
    const { glass } = this.settings;
    if (glass === "live" && !this.accelerated) return "baked";
    if (glass !== "auto") return glass;
    return this.#trying ? "live" : (this.#measured ?? "baked");
  });
  #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async load(): Promise<void> {
    this.settings = await this.#backend.settingsGet();
    await this.#speak();
    this.#loaded = true;
  }

  async choose(change: Partial<Settings>): Promise<void> {
    this.settings = { ...this.settings, ...change };
    if ("language" in change) await this.#speak();
    await this.#backend.settingsSet(this.settings);
  }

  /** Whether nothing is to move that need not, whatever the system says. */
  get still(): boolean {
    return this.settings.motion === "reduced";
  }

  /** Shows the language that was chosen, else the system's. */
  #speak(): Promise<void> {
    return showLanguage(this.settings.language ?? preferred(navigator.languages));
  }

  async remember(room: RoomId | null): Promise<void> {
    if (this.settings.last_room !== room) await this.choose({ last_room: room });
  }

  enter(hue: number | undefined): void {
    this.hue = hue ?? HUE_WITHOUT_ROOM;
  }

  /** Watches what the system wants and writes theme, glass, hue and backdrop to the page. Call in an effect root. */
  apply(): () => void {
    const root = document.documentElement;
    // Until the settings are known.
    if (!this.#loaded) void this.#speak();
    const watch = (query: string, tell: (matches: boolean) => void) => {
      const media = window.matchMedia(query);
      tell(media.matches);
      const changed = (event: MediaQueryListEvent) => tell(event.matches);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    };
    const stops = [
      watch("(prefers-color-scheme: dark)", (dark) => (this.#systemDark = dark)),
      watch("(prefers-contrast: more)", (more) => (this.#moreContrast = more)),
      watch("(-webkit-transform-3d)", (accelerated) => (this.accelerated = accelerated)),
      $effect.root(() => {
        $effect(() => {
          root.dataset.theme = this.dark ? "dark" : "light";
        });
        $effect(() => {
          const shown = language();
          root.lang = shown;
          root.dir = LANGUAGES[shown].direction;
        });
        $effect(() => {
          if (this.still) root.dataset.motion = "reduced";
          else delete root.dataset.motion;
        });
        $effect(() => {
          const { text_scale } = this.settings;
          root.style.fontSize = text_scale === 1 ? "" : `${text_scale * 100}%`;
        });
        $effect(() => {
          root.dataset.glass = this.level;
        });
        $effect(() => {
          const { hue, dark } = this;
          root.style.setProperty("--hue", String(hue));
          const draw = () => void (this.backdrop = drawBackdrop(hue, dark));
          // What lies behind everything comes after what somebody waits for.
          if (untrack(() => this.backdrop)) return afterFrame(draw);
          draw();
        });
        $effect(() => {
          if (this.backdrop && this.accelerated) showThroughGlass(this.backdrop);
        });
        $effect(() => {
          if (!this.#loaded || !this.accelerated) return;
          if (this.settings.glass === "auto" && !this.#measured) return this.#measure();
        });
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** Finds out, once the start itself is over, what the machine can bear. */
  #measure(): () => void {
    let gone = false;
    const timer = setTimeout(async () => {
      const level = await measureLevel((on) => (this.#trying = on));
      if (!gone) this.#measured = level;
    }, AFTER_START_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }
}
