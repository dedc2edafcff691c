import { describe, expect, it, vi } from "vitest";

import { aDocument, Double, somePages } from "../../tests/double";
import type { Document } from "../backend/bindings";
import { Viewer } from "./viewer.svelte";

const place = (page: number, document = 1) => ({ document, title: "Psychology 2e", page, boxes: [] });

function begin() {
  const backend = new Double();
  backend.pages.set(1, somePages(20));
  backend.pages.set(2, somePages(3));
  return { backend, viewer: new Viewer(backend) };
}

describe("the viewer", () => {
  it("can be asked for the same place twice", async () => {
    const { viewer, backend } = begin();
    await viewer.show(place(5));
    const first = viewer.target?.asked ?? 0;
    await viewer.show(place(5));
    expect(viewer.target?.asked).toBeGreaterThan(first);
    expect(backend.calls.filter(([name]) => name === "pageInfo")).toHaveLength(1);
  });

  it("begins anew with another document", async () => {
    const { viewer } = begin();
    await viewer.show(place(5));
    viewer.zoomBy(1);
    expect(viewer.zoom).toBe(1.25);
    await viewer.show(place(1, 2));
    expect(viewer.zoom).toBe(1);
    expect(viewer.pages).toHaveLength(3);
  });

  it("lights nothing up once another file has taken the document's place", async () => {
    const { viewer } = begin();
    await viewer.show(place(5));
    const before = aDocument({ document: 1, hash: "old" });
    viewer.changed(aDocument({ document: 1, hash: "old", title: "Named anew" }), before);
    expect(viewer.target?.page).toBe(5);
    viewer.changed(aDocument({ document: 1, hash: "new" }), before);
    expect(viewer.target).toBeNull();
  });

  it("takes in the pages that are read while it is open", async () => {
    const { viewer, backend } = begin();
    await viewer.show(place(5));
    backend.pages.set(1, somePages(40));
    viewer.changed(aDocument({ document: 1, pages_read: 40, state: "reading" }), null);
    await vi.waitFor(() => expect(viewer.pages).toHaveLength(40));
  });

  it("takes in what is recognised on its pages, also while it is reading them anew", async () => {
    const { viewer, backend } = begin();
    await viewer.show(place(5));
    const [none, one, two] = [0, 1, 2].map((recognised) =>
      aDocument({ document: 1, pages_read: 20, ledger: { ...aDocument().ledger, scanned: 2, recognised } }),
    ) as [Document, Document, Document];
    viewer.changed(one, none);
    backend.pages.set(1, somePages(20, { status: "scanned", confidence: 0.94 }));
    viewer.changed(two, one);
    await vi.waitFor(() => expect(viewer.pages[0]?.confidence).toBe(0.94));
  });

  it("shows the pages of a new edition once it is in place", async () => {
    const { viewer, backend } = begin();
    await viewer.show(place(5));
    backend.pages.set(1, somePages(12));
    viewer.changed(aDocument({ hash: "02", pages_read: 12 }), aDocument({ hash: "01", pages_read: 20 }));
    await vi.waitFor(() => expect(viewer.pages).toHaveLength(12));
  });

  it("leaves the pages alone when nothing of them has changed", async () => {
    const { viewer, backend } = begin();
    await viewer.show(place(5));
    viewer.changed(aDocument({ pages_read: 20, embedded: 9 }), aDocument({ pages_read: 20, embedded: 8 }));
    expect(backend.calls.filter(([name]) => name === "pageInfo")).toHaveLength(1);
  });

  it("says why it can't show a document, and tries again", async () => {
    const { viewer, backend } = begin();
    backend.faults.set("pageInfo", { code: "not_found", message: "It was removed." });
    await viewer.show(place(1));
    expect(viewer.state).toBe("failed");
    expect(viewer.fault?.message).toBe("It was removed.");
    backend.faults.clear();
    await viewer.load();
    expect(viewer.state).toBe("ready");
  });

  it("stays within its sizes", async () => {
    const { viewer } = begin();
    for (let step = 0; step < 20; step++) viewer.zoomBy(1);
    expect(viewer.zoom).toBe(3);
    for (let step = 0; step < 20; step++) viewer.zoomBy(-1);
    expect(viewer.zoom).toBe(0.5);
    viewer.fit();
    expect(viewer.zoom).toBe(1);
  });

  it("steps back to where a jump began, and forward again", async () => {
    const { viewer } = begin();
    await viewer.show(place(5));
    viewer.share = 0.4;
    viewer.goTo(12);
    expect(viewer.behind).toEqual({ page: 5, share: 0.4 });
    viewer.page = 12;
    expect(viewer.back()).toBe(true);
    expect(viewer.target).toMatchObject({ page: 5, share: 0.4 });
    viewer.page = 5;
    expect(viewer.forward()).toBe(true);
    expect(viewer.target).toMatchObject({ page: 12 });
    expect(viewer.forward()).toBe(false);
    viewer.goTo(3);
    expect(viewer.ahead).toBeNull();
  });

  it("turns pages one by one, or two by two, and not beyond the ends", async () => {
    const { viewer } = begin();
    await viewer.show(place(1));
    viewer.turnOver(1);
    expect(viewer.target?.page).toBe(2);
    viewer.spread = true;
    viewer.page = 3;
    viewer.turnOver(1);
    expect(viewer.target?.page).toBe(4);
    viewer.page = 20;
    const { target } = viewer;
    viewer.turnOver(1);
    expect(viewer.target).toBe(target);
    expect(viewer.behind).toBeNull();
  });

  it("opens again where it stood, as it lay", async () => {
    const { viewer, backend } = begin();
    await viewer.show(place(5));
    viewer.share = 0.25;
    viewer.zoomBy(1);
    viewer.spread = true;
    viewer.rotate();
    const kept = viewer.place();
    expect(kept).toEqual({
      document: 1,
      title: "Psychology 2e",
      page: 5,
      share: 0.25,
      zoom: 1.25,
      spread: true,
      whole: false,
      turn: 90,
    });
    const other = new Viewer(backend);
    expect(other.place()).toBeNull();
    await other.restore(JSON.parse(JSON.stringify(kept)) as NonNullable<typeof kept>);
    expect(other.place()).toMatchObject({ page: 5, zoom: 1.25, spread: true, turn: 90 });
    expect(other.target).toMatchObject({ page: 5, share: 0.25, lit: false });
    expect(other.behind).toBeNull();
  });

  it("fits whole pages at the zoom that its view says", async () => {
    const { viewer } = begin();
    await viewer.show(place(5));
    viewer.wholeZoom = 0.6;
    viewer.fit("page");
    expect(viewer.zoom).toBe(0.6);
    viewer.zoomBy(1);
    expect(viewer.zoom).toBe(0.67);
  });
});
