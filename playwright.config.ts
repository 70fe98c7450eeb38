import { defineConfig } from "@playwright/test";

/** Journeys in a real browser, on the demo: a whole forge with people and repositories in it. */
const port = Number(process.env["WIT_BROWSER_PORT"] ?? 3977);

export default defineConfig({
  testDir: "e2e/browser",
  fullyParallel: false,
  workers: 1,
  // A second try with a trace tells a wrong page from a busy machine.
  retries: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  outputDir: "test-results",
  use: {
    baseURL: `http://localhost:${port}`,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: "node tools/demo/main.ts",
    env: { PORT: String(port), SSH_PORT: String(port + 1), WIT_LOG_LEVEL: "warn" },
    wait: { stdout: /sign in as/ },
    timeout: 300_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stdout: "ignore",
  },
});
