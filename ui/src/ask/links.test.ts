import { describe, expect, it } from "vitest";

import { destinationOf } from "./links";

const parts = (address: string) => {
  const found = destinationOf(address);
  return found && [found.before, found.host, found.after];
};

describe("where an address leads", () => {
  it("is its host, whatever stands before and behind it", () => {
    expect(parts("https://example.org/a?b=https://other.org")).toEqual([
      "https://",
      "example.org",
      "/a?b=https://other.org",
    ]);
    expect(parts("http://example.org:8080")).toEqual(["http://", "example.org:8080", "/"]);
    expect(parts("mailto:ada@example.org?subject=a@b.org")).toEqual([
      "mailto:ada@",
      "example.org",
      "?subject=a@b.org",
    ]);
  });

  it("is not a name that looks like a host", () => {
    expect(parts("https://bank.example@evil.example/login")).toEqual([
      "https://bank.example@",
      "evil.example",
      "/login",
    ]);
    expect(parts("https://evil.example\\@bank.example")).toEqual([
      "https://",
      "evil.example",
      "/@bank.example",
    ]);
  });

  it("is written out where signs look like others, or turn the text round", () => {
    expect(parts("https://b\u0430nk.example")?.[1]).toMatch(/^xn--/);
    expect(destinationOf("https://example.org/\u202egpj.exe")?.address).toBe(
      "https://example.org/%E2%80%AEgpj.exe",
    );
  });

  it("is nowhere without one of the ways that may be opened", () => {
    for (const address of [
      "javascript:alert(1)",
      "java\nscript:alert(1)",
      " javascript:alert(1)",
      "data:text/html,x",
      "file:///etc/passwd",
      "vbscript:x",
      "ftp://example.org",
      "//example.org",
      "page.html",
      "https://",
      "https://exa mple.org",
      "mailto:",
      "",
    ])
      expect([address, destinationOf(address)]).toEqual([address, null]);
  });
});
