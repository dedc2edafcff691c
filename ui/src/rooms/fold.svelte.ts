const KEPT = "rail";

/** Whether the rail shows the rooms' colours alone. This window's own affair, and kept beside it. */
export class Fold {
  folded = $state(read());

  toggle(): void {
    this.folded = !this.folded;
    try {
      localStorage.setItem(KEPT, this.folded ? "folded" : "open");
    } catch {
      // A window without storage simply starts as usual next time.
    }
  }
}

function read(): boolean {
  try {
    return localStorage.getItem(KEPT) === "folded";
  } catch {
    return false;
  }
}
