import { MediaQuery } from "svelte/reactivity";

const KEPT = "companion";
export const COMPANION = { min: 320, max: 640, usual: 392 };

interface Kept {
  width: number;
  open: boolean;
}

/** How the window is divided. The companion's width is this window's own affair and kept beside it. */
export class Layout {
  /** Under 900 px the companion slides over the surface. */
  readonly sheet = new MediaQuery("max-width: 899px", false);
  /** Under 640 px the rail is a bar. */
  readonly bar = new MediaQuery("max-width: 639px", false);
  width = $state(COMPANION.usual);
  companionOpen = $state(true);
  sheetOpen = $state(false);

  constructor() {
    const kept = read();
    this.width = Math.min(COMPANION.max, Math.max(COMPANION.min, kept.width));
    this.companionOpen = kept.open;
  }

  /** Whether the companion can be seen, in either form. */
  get companionSeen(): boolean {
    return this.sheet.current ? this.sheetOpen : this.companionOpen;
  }

  toggleCompanion(): void {
    if (this.sheet.current) this.sheetOpen = !this.sheetOpen;
    else this.companionOpen = !this.companionOpen;
    this.keep();
  }

  showCompanion(): void {
    if (this.sheet.current) this.sheetOpen = true;
    else this.companionOpen = true;
    this.keep();
  }

  resize(width: number): void {
    this.width = width;
    this.keep();
  }

  private keep(): void {
    try {
      localStorage.setItem(
        KEPT,
        JSON.stringify({ width: this.width, open: this.companionOpen } satisfies Kept),
      );
    } catch {
      // A window without storage simply starts as usual next time.
    }
  }
}

function read(): Kept {
  const usual = { width: COMPANION.usual, open: true };
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null") as Partial<Kept> | null;
    return {
      width: Number(kept?.width) || usual.width,
      open: kept?.open ?? usual.open,
    };
  } catch {
    return usual;
  }
}
