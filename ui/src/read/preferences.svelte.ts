/** What stands beside the pages. */
export type SideTab = "pages" | "contents" | "notes";

export const SIDE = { min: 200, max: 480, usual: 264 };
const KEPT = "reading";
const TABS: readonly SideTab[] = ["pages", "contents", "notes"];

/** How somebody likes to read, whatever the document: what stands beside its pages, how wide, and whether they dim. */
export class ReadingPreferences {
  /** What the side sheet shows, also while it is closed. */
  tab = $state<SideTab>("contents");
  open = $state(false);
  /** Whether it was opened since the document was: where it lies over the pages, it is not there before it is asked for. */
  asked = $state(false);
  width = $state(SIDE.usual);
  /** Whether pages are dimmed a little in the dark theme. */
  dim = $state(true);

  constructor() {
    const kept = read();
    if (TABS.includes(kept.tab as SideTab)) this.tab = kept.tab as SideTab;
    this.open = kept.open === true;
    if (Number(kept.width)) this.width = Math.min(SIDE.max, Math.max(SIDE.min, Number(kept.width)));
    this.dim = kept.dim !== false;
  }

  show(tab: SideTab): void {
    this.tab = tab;
    this.open = true;
    this.asked = true;
    this.#keep();
  }

  close(): void {
    this.open = false;
    this.asked = false;
    this.#keep();
  }

  /** Shows what was shown last, or closes it. */
  toggle(isShown: boolean): void {
    if (isShown) this.close();
    else this.show(this.tab);
  }

  resize(width: number): void {
    this.width = width;
    this.#keep();
  }

  dimPages(dim: boolean): void {
    this.dim = dim;
    this.#keep();
  }

  #keep(): void {
    const { tab, open, width, dim } = this;
    try {
      localStorage.setItem(KEPT, JSON.stringify({ tab, open, width, dim }));
    } catch {
      // A window without storage simply starts as usual next time.
    }
  }
}

function read(): Record<string, unknown> {
  try {
    return (JSON.parse(localStorage.getItem(KEPT) ?? "null") as Record<string, unknown> | null) ?? {};
  } catch {
    return {};
  }
}
