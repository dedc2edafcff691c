import { join } from "node:path";

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const ui = join(import.meta.dirname, "..");

/** The scenes and the gallery, built once: a browser that opens each of them should not wait for a compiler. */
export default defineConfig({
  root: ui,
  plugins: [svelte()],
  clearScreen: false,
  logLevel: "warn",
  build: {
    outDir: join(import.meta.dirname, "dist"),
    emptyOutDir: true,
    minify: false,
    rollupOptions: { input: [join(ui, "dev/index.html"), join(ui, "gallery.html")] },
  },
});
