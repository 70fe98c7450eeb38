/**
 * `npm run check [-- --only name,name] [--fix] [--all] [--fresh]`: everything that can be said about the code without running
 * it, in a few seconds. Checks run side by side; each prints one line, and what is wrong below it. What passed on the same files
 * before is not run again, unless `--fresh`.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { boundaries } from "./boundaries.ts";
import type { Check, Outcome } from "./check.ts";
import { docReferences } from "./doc-references.ts";
import {
  clientDrift,
  dataModelDrift,
  mapDrift,
  migrationDrift,
  openApiDrift,
  seedCoverage,
} from "./drift.ts";
import { lockfile } from "./lockfile.ts";
import { lint } from "./lint.ts";
import { Passed, fingerprint } from "./passed.ts";
import { dead, format, runProgram, types } from "./programs.ts";
import { fileNames, fileSize, sliceShape } from "./shape.ts";
import { Sources } from "./sources.ts";

const root = resolve(import.meta.dirname, "..", "..");

/** The slow ones first, so that the processors are never idle. */
const checks: readonly Check[] = [
  lint,
  types,
  openApiDrift,
  clientDrift,
  mapDrift,
  migrationDrift,
  dataModelDrift,
  seedCoverage,
  dead,
  format,
  boundaries,
  fileSize,
  fileNames,
  sliceShape,
  docReferences,
  lockfile,
];

const shownProblems = 12;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    fix: { type: "boolean", default: false },
    all: { type: "boolean", default: false },
    fresh: { type: "boolean", default: false },
  },
});

const only = values.only?.split(",").map((name) => name.trim().replaceAll("-", " "));
const unknown = only?.filter((name) => !checks.some((check) => check.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(", ")}: ${checks.map((check) => check.name).join(", ")}`);
  process.exit(2);
}
if (values.fix) await fix();

const start = performance.now();
const sources = new Sources(root);
const passed = new Passed(root, values.fresh, "checks");
const failed = (
  await Promise.all(checks.filter((check) => only?.includes(check.name) ?? true).map(runAndPrint))
).filter((good) => !good).length;
passed.save();
const seconds = ((performance.now() - start) / 1000).toFixed(1);
console.log(failed === 0 ? `All good in ${seconds} s` : `${failed} of the checks failed in ${seconds} s`);
process.exitCode = failed === 0 ? 0 : 1;

async function runAndPrint(check: Check): Promise<boolean> {
  const from = performance.now();
  const state = fingerprint(sources, check.inputs ?? /./);
  const before = passed.find(check.name, state);
  if (before !== undefined) {
    console.log(`${check.name.padEnd(17)} ok        unchanged  ${before}`.trimEnd());
    return true;
  }
  const found = await Promise.resolve()
    .then(() => check.run(sources, { fresh: values.fresh }))
    .catch((error: unknown): Outcome => ({
      problems: [{ where: check.name, what: "the check itself failed" }],
      output: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }));
  const took = `${Math.round(performance.now() - from)} ms`;
  const good = found.problems.length === 0;
  passed.remember(check.name, good ? state : undefined, found.summary);
  const verdict = good ? "ok" : `${found.problems.length} wrong`;
  const lines = [
    `${check.name.padEnd(17)} ${verdict.padEnd(9)} ${took.padStart(9)}  ${found.summary ?? ""}`.trimEnd(),
  ];
  const shown = values.all ? found.problems : found.problems.slice(0, shownProblems);
  for (const { where, what, mend } of shown)
    lines.push(`  ${where}: ${what}${mend === undefined ? "" : `\n      ${mend}`}`);
  if (shown.length < found.problems.length)
    lines.push(`  … and ${found.problems.length - shown.length} more (--all shows them)`);
  if (found.output !== undefined) lines.push(found.output.replace(/^/gm, "  "));
  console.log(lines.join("\n"));
  return good;
}

/** Mends what a program can mend. */
async function fix(): Promise<void> {
  await runProgram(root, "oxlint", ["--fix"]);
  await runProgram(root, "oxfmt", []);
  const { code, stdout, stderr } = await runProgram(root, "node", ["tools/generate/main.ts"]);
  console.log((code === 0 ? stdout : stderr).trim());
}
