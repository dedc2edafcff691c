import { flushSync } from "svelte";
import { describe, expect, it } from "vitest";

import type { Document } from "../backend/bindings";
import { Shelf } from "./shelf.svelte";

const shelved = (document: number, title = "Notes") => ({
  document: { document, title } as Document,
  eta: null,
});

describe("the documents of a room", () => {
  it("are told of once, however many come at once", () => {
    const shelf = new Shelf();
    const seen: number[] = [];
    const end = $effect.root(() => {
      $effect(() => void seen.push(shelf.size));
    });
    flushSync();
    flushSync(() =>
      shelf.change((held) => {
        for (let id = 1; id <= 1000; id++) held.set(id, shelved(id));
      }),
    );
    end();
    expect(seen).toEqual([0, 1000]);
  });

  it("are told of when one changes or goes, and not when what goes was never there", () => {
    const shelf = new Shelf();
    shelf.set(1, shelved(1));
    const seen: (string | undefined)[] = [];
    const end = $effect.root(() => {
      $effect(() => void seen.push(shelf.get(1)?.document.title));
    });
    flushSync();
    flushSync(() => shelf.set(1, shelved(1, "Better notes")));
    flushSync(() => shelf.delete(2));
    flushSync(() => shelf.delete(1));
    end();
    expect(seen).toEqual(["Notes", "Better notes", undefined]);
    expect([...shelf.values()]).toEqual([]);
  });
});
