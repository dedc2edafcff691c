import type { LibraryFilter, LibraryView } from "../backend/bindings";
import { usualSort, type Filter, type Sort, type SortBy, type View } from "./arrange";

const NO_FILTER: Filter = { standings: [], tags: [], formats: [] };

/** How the library is shown: as what, in which order, and what of it. The desk keeps it for the next start. */
export class Arrangement {
  view = $state<View>("grid");
  sort = $state.raw<Sort>(usualSort("hand"));
  filter = $state.raw<Filter>(NO_FILTER);
  /** Words of titles that are looked for. */
  query = $state("");
  readonly isFiltered = $derived(
    this.query.trim() !== "" || Object.values(this.filter).some((chosen) => chosen.length > 0),
  );

  show(view: View): void {
    this.view = view;
  }

  /** Sorts by something; what is sorted by it already is turned round. */
  sortBy(by: SortBy): void {
    const again = this.sort.by === by && by !== "hand";
    this.sort = again ? { by, descending: !this.sort.descending } : usualSort(by);
  }

  /** Takes a value into a filter, or out of it. */
  toggle<Part extends keyof Filter>(part: Part, value: Filter[Part][number]): void {
    const chosen = this.filter[part] as Filter[Part][number][];
    const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
    this.filter = { ...this.filter, [part]: next };
  }

  /** Shows all documents again. */
  showAll(): void {
    this.filter = NO_FILTER;
    this.query = "";
  }

  /** View and order, which all rooms share, as the desk has them. */
  kept(): LibraryView {
    const { by, descending } = this.sort;
    return {
      layout: this.view,
      sort: by === "hand" ? "placed" : by,
      reversed: descending !== usualSort(by).descending,
    };
  }

  restore({ layout, sort, reversed }: LibraryView): void {
    const usual = usualSort(sort === "placed" ? "hand" : sort);
    this.view = layout;
    this.sort = reversed && usual.by !== "hand" ? { ...usual, descending: !usual.descending } : usual;
  }

  /** The tags and formats of which a room showed documents. How far they had come is not the same a day later. */
  restoreFilter(filter: LibraryFilter | null): void {
    this.filter = { standings: [], tags: filter?.tags ?? [], formats: filter?.formats ?? [] };
  }
}
