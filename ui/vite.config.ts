import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

import { packedCatalogues } from "./packedCatalogues";

/** KaTeX names each font in three formats; every web view that the shell runs in reads the first. */
const newestFontsOnly: Plugin = {
  name: "newest-fonts-only",
  enforce: "pre",
  transform: (code, id) =>
    id.endsWith("katex.min.css")
      ? { code: code.replace(/,url\([^)]+\.(?:woff|ttf)\) format\("[a-z]+"\)/g, ""), map: null }
      : null,
};

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), newestFontsOnly, packedCatalogues],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    // The oldest web view that the shell runs in.
    target: ["es2022", "safari17.5", "chrome123"],
    // The content security policy allows no data: fonts and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  // Without the browser condition the tests would load Svelte's server build.
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
    restoreMocks: true,
    // A test is not a measure of speed: a machine may have much else to do.
    testTimeout: 60_000,
  },
}));
