/** Runs every test, with both runners, and ends with one line that sums them up. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
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

/**
 * A runner that failed without naming a failed test (a crash, an error between tests) counts as one failure.
 * `failures` are `{ title, message }` of the tests that failed: between two thousand lines nobody finds them again.
 */
function counted(succeeded, passed, failed, skipped, failures = []) {
  return { passed, failed: succeeded ? failed : Math.max(failed, 1), skipped, failures };
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
  const failures = result.testResults.flatMap((file) => [
    ...(broken.includes(file) ? [{ title: relative(root, file.name), message: file.message }] : []),
    ...file.assertionResults
      .filter((test) => test.status === "failed")
      .map((test) => ({
        title: `${relative(root, file.name)} › ${test.fullName}`,
        message: test.failureMessages.join("\n"),
      })),
  ]);
  return counted(succeeded, result.numPassedTests, result.numFailedTests + broken.length, skipped, failures);
}

function playwright() {
  if (!existsSync(join(root, "playwright.config.ts"))) return counted(true, 0, 0, 0);
  const succeeded = run("@playwright/test/cli.js", ["test", "--reporter=list,json"], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, "playwright.json"),
  });
  const result = report("playwright.json");
  if (!result) return counted(false, 0, 0, 0);
  const { stats } = result;
  const failures = result.suites.flatMap(failedSpecs);
  return counted(succeeded, stats.expected + stats.flaky, stats.unexpected, stats.skipped, failures);
}

/** What failed in a suite of Playwright's report and in those inside it. */
function failedSpecs(suite) {
  const own = (suite.specs ?? []).filter((spec) => !spec.ok);
  return [
    ...own.map((spec) => ({
      title: `${spec.file}:${spec.line} › ${spec.title}`,
      message: spec.tests
        .flatMap((test) => test.results.map((result) => result.error?.message ?? ""))
        .join("\n"),
    })),
    ...(suite.suites ?? []).flatMap(failedSpecs),
  ];
}

/** The first lines of a message, without the colours of a terminal. */
function beginning(message) {
  const lines = stripVTControlCharacters(message ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "");
  return lines.slice(0, 12).map((line) => `    ${line.slice(0, 300)}`);
}

let results;
try {
  results = [vitest(), playwright()];
} finally {
  rmSync(reports, { recursive: true, force: true });
}
for (const { title, message } of results.flatMap((result) => result.failures))
  console.log([`\nFAILED ${title}`, ...beginning(message)].join("\n"));
const sum = (name) => results.reduce((total, result) => total + result[name], 0);
const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped}`);
process.exit(sum("failed") === 0 && sum("passed") > 0 ? 0 : 1);
