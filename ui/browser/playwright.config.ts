import { defineConfig } from "@playwright/test";

const PORT = 5199;

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  fullyParallel: true,
  forbidOnly: true,
  // The machine may have much else to do, but a scene that needs a second try is broken.
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["line"]],
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    // The system's browser: none is fetched.
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
      ],
    },
  },
  webServer: {
    command: `npx vite build --config browser/vite.config.ts && npx vite preview --config browser/vite.config.ts --host 127.0.0.1 --port ${PORT} --strictPort`,
    cwd: "..",
    port: PORT,
    timeout: 180_000,
  },
});
