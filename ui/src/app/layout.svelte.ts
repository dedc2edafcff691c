import { MediaQuery } from "svelte/reactivity";

/** What the companion can show beside the surface. */
export type Beside = "ask" | "document" | "notes";

export const COMPANION = { min: 320, max: 720, usual: 392 };

/** How the window is divided. */
export class Layout {
  /** Under 900 px the companion slides over the surface. */
  readonly sheet = new MediaQuery("(max-width: 899px)", false);
  /** Under 640 px the rail is a bar. */
  readonly bar = new MediaQuery("(max-width: 639px)", false);
  width = $state(COMPANION.usual);
  companionOpen = $state(true);
  sheetOpen = $state(false);
  /** What the companion is to show; the session knows what it can. */
  shows = $state<Beside>("ask");

  /** Whether the companion can be seen, in either form. */
  get companionSeen(): boolean {
    return this.sheet.current ? this.sheetOpen : this.companionOpen;
  }

  toggleCompanion(): void {
    if (this.sheet.current) this.sheetOpen = !this.sheetOpen;
    else this.companionOpen = !this.companionOpen;
  }

  showCompanion(): void {
    if (this.sheet.current) this.sheetOpen = true;
    else this.companionOpen = true;
  }

  resize(width: number): void {
    this.width = Math.min(COMPANION.max, Math.max(COMPANION.min, width));
  }
}
