import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{language,server,web,cli,tools}/**/*.test.{ts,tsx}", "e2e/transcripts/**/*.test.ts"],
    globalSetup: ["tools/testing/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Where nobody watches, a busy machine gets a second try; at a desk a failure is seen at once.
    retry: process.env["CI"] ? 1 : 0,
    sequence: { hooks: "list" },
    restoreMocks: true,
  },
});
