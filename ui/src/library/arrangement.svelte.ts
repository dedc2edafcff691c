import { SORTS, STANDINGS, usualSort, type Filter, type Sort, type SortBy, type View } from "./arrange";

const KEPT = "library";

/** How the library is shown, as it is kept for the next time. */
export interface Kept {
  view: View;
  sort: Sort;
  filter: Filter;
}

const NO_FILTER: Filter = { standings: [], tags: [], formats: [] };

/** How the library is shown: as what, in which order, and what of it. This window's own affair, and kept beside it. */
export class Arrangement {
  view = $state<View>("grid");
  sort = $state.raw<Sort>(usualSort("added"));
  filter = $state.raw<Filter>(NO_FILTER);
  /** Words of titles that are looked for; they are not kept. */
  query = $state("");
  readonly isFiltered = $derived(
    this.query.trim() !== "" || Object.values(this.filter).some((chosen) => chosen.length > 0),
  );

  constructor() {
    const kept = read();
    this.view = kept.view;
    this.sort = kept.sort;
    this.filter = kept.filter;
  }

  show(view: View): void {
    this.view = view;
    this.#keep();
  }

  /** Sorts by something; what is sorted by it already is turned round. */
  sortBy(by: SortBy): void {
    const again = this.sort.by === by && by !== "hand";
    this.sort = again ? { by, descending: !this.sort.descending } : usualSort(by);
    this.#keep();
  }

  /** Takes a value into a filter, or out of it. */
  toggle<Part extends keyof Filter>(part: Part, value: Filter[Part][number]): void {
    const chosen = this.filter[part] as Filter[Part][number][];
    const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
    this.filter = { ...this.filter, [part]: next };
    this.#keep();
  }

  /** Shows all documents again. */
  showAll(): void {
    this.filter = NO_FILTER;
    this.query = "";
    this.#keep();
  }

  #keep(): void {
    const kept: Kept = { view: this.view, sort: this.sort, filter: this.filter };
    try {
      localStorage.setItem(KEPT, JSON.stringify(kept));
    } catch {
      // A window without storage simply starts as usual next time.
    }
  }
}

/** What was kept, as far as it can be used. */
function read(): Kept {
  let kept: Partial<Kept> | null = null;
  try {
    kept = JSON.parse(localStorage.getItem(KEPT) ?? "null") as Partial<Kept> | null;
  } catch {
    // Not what this window wrote.
  }
  const words = (list: unknown): string[] =>
    Array.isArray(list) ? list.filter((word): word is string => typeof word === "string") : [];
  const by = SORTS.find((name) => name === kept?.sort?.by);
  return {
    view: kept?.view === "list" ? "list" : "grid",
    sort: by ? { by, descending: kept?.sort?.descending === true } : usualSort("added"),
    filter: {
      standings: STANDINGS.filter((name) => words(kept?.filter?.standings).includes(name)),
      tags: words(kept?.filter?.tags),
      formats: words(kept?.filter?.formats),
    },
  };
}
