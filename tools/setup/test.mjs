/** Runs every test, with both runners, and ends with one line that sums them up. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./machine.mjs";

const reports = mkdtempSync(join(tmpdir(), "wit-reports-"));

function run(program, args, environment = {}) {
  const { status } = spawnSync(process.execPath, [join(root, "node_modules", program), ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...environment },
  });
  return status === 0;
}

function report(name) {
  const path = join(reports, name);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

/** A runner that failed without naming a failed test (a crash, an error between tests) counts as one failure. */
function counted(succeeded, passed, failed, skipped) {
  return { passed, failed: succeeded ? failed : Math.max(failed, 1), skipped };
}

function vitest() {
  const output = [
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${join(reports, "vitest.json")}`,
  ];
  const succeeded = run("vitest/vitest.mjs", ["run", ...output]);
  const result = report("vitest.json");
  if (!result) return counted(false, 0, 0, 0);
  // A file that could not be loaded holds no test that could fail.
  const broken = result.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const skipped = result.numPendingTests + result.numTodoTests;
  return counted(succeeded, result.numPassedTests, result.numFailedTests + broken.length, skipped);
}

function playwright() {
  if (!existsSync(join(root, "playwright.config.ts"))) return counted(true, 0, 0, 0);
  const succeeded = run("@playwright/test/cli.js", ["test", "--reporter=list,json"], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, "playwright.json"),
  });
  const stats = report("playwright.json")?.stats;
  if (!stats) return counted(false, 0, 0, 0);
  return counted(succeeded, stats.expected + stats.flaky, stats.unexpected, stats.skipped);
}

let results;
try {
  results = [vitest(), playwright()];
} finally {
  rmSync(reports, { recursive: true, force: true });
}
const sum = (name) => results.reduce((total, result) => total + result[name], 0);
const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped}`);
process.exit(sum("failed") === 0 && sum("passed") > 0 ? 0 : 1);
