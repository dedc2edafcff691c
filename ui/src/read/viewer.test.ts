import { describe, expect, it } from "vitest";

import { aDocument, Double, somePages } from "../../tests/double";
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

  it("takes in the pages that are read while it is open", async () => {
    const { viewer, backend } = begin();
    await viewer.show(place(5));
    backend.pages.set(1, somePages(40));
    viewer.grown(aDocument({ document: 1, pages_read: 40, state: "reading" }));
    await new Promise((done) => setTimeout(done));
    expect(viewer.pages).toHaveLength(40);
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
});
