/**
 * Measures the forge beside its floors, on this machine, over loopback, one thing after the other. Prints a table and writes
 * it as JSON into bench/results/.
 *
 *   npm run bench [-- --seconds 3 --commits 15000 --refs 50000 --only requests,code]
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measureBirths } from "./births.ts";
import { measureCode } from "./code.ts";
import { installPrograms } from "./debian.ts";
import { measureGitClients } from "./git-clients.ts";
import { measureGitRequests } from "./git-requests.ts";
import { measureGitWork } from "./git-work.ts";
import { measureHands } from "./hands.ts";
import { plainHistory, type History } from "./histories.ts";
import { connections } from "./asking.ts";
import { loader } from "./load.ts";
import { measureMemory } from "./memory.ts";
import { measurePages } from "./pages.ts";
import { measurePullLists } from "./pull-lists.ts";
import { measurePulls, pullsHistory } from "./pulls.ts";
import { breakOff, git } from "./programs.ts";
import { measurePullSweep } from "./pull-sweep.ts";
import { setTheScene, type Benchmark } from "./scene.ts";
import { measureStarts } from "./starting.ts";
import { table, tally, type Outcome } from "./table.ts";
import { wideHistory } from "./wide-history.ts";

/** What is measured on a scene, in this order, and the repositories that it needs. */
const onScene: Readonly<
  Record<string, { readonly needs: readonly History["name"][]; readonly lines: readonly Benchmark[] }>
> = {
  requests: { needs: ["wide"], lines: [measureGitRequests] },
  clients: { needs: ["small", "large", "wide"], lines: [measureGitWork, measureGitClients, measureBirths] },
  pages: { needs: ["large"], lines: [measurePages] },
  code: { needs: ["wide"], lines: [measureCode] },
  pulls: {
    needs: ["small", "pulls"],
    lines: [measurePulls, measureHands, measurePullSweep, measurePullLists],
  },
};
const groups = ["starts", "memory", ...Object.keys(onScene)];

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "3" },
    commits: { type: "string", default: "15000" },
    refs: { type: "string", default: "50000" },
    only: { type: "string", default: groups.join(",") },
  },
});
const seconds = Number(values.seconds);
const commits = Number(values.commits);
const refs = Number(values.refs);
const only = values.only.split(",");

function problemOf(): string | undefined {
  if (!(seconds > 0)) return "--seconds is a number above 0";
  if (!Number.isInteger(commits) || commits < 2) return "--commits is a whole number above 1";
  if (!Number.isInteger(refs / 400) || refs < 400) return "--refs is a multiple of 400";
  if (only.some((name) => !groups.includes(name)))
    return `--only takes some of ${groups.join(", ")}, parted by commas`;
  return undefined;
}

const problem = problemOf();
if (problem) {
  process.stderr.write(`bench: ${problem}\n`);
  process.exit(2);
}

/** After so long, counted from the start of this process, no further line is begun. */
const longestRunMs = 345_000;

const began = new Date();
const loadBefore = loadavg()[0] ?? 0;
const folder = await mkdtemp(join(tmpdir(), "wit-bench-"));
const outcomes: Outcome[] = [];
/** Ends what was started, the last first. */
const opened: (() => Promise<unknown>)[] = [];
let ending: Promise<void> | undefined;

/** Leaves no process and no file behind, however the run ends. */
const end = () =>
  (ending ??= (async () => {
    for (const close of opened.toReversed()) await close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  })());

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    breakOff();
    void end().then(() => process.exit(1));
  });

async function take(lines: AsyncGenerator<Outcome>): Promise<void> {
  for await (const outcome of lines) {
    outcomes.push(outcome);
    process.stderr.write(`  ${outcome.name}${"why" in outcome ? `: ${outcome.why}` : ""}\n`);
  }
}

try {
  process.stderr.write(`Measuring ${only.join(", ")}; ${connections} connections, ${seconds} s each.\n`);
  const dataDir = join(folder, "data");
  await mkdir(dataDir);
  installPrograms();
  if (only.includes("starts")) await take(measureStarts(folder, dataDir, 3));
  const chosen = Object.entries(onScene).filter(([name]) => only.includes(name));
  if (chosen.length > 0 || only.includes("memory")) {
    const needs = new Set(chosen.flatMap(([, { needs: names }]) => names));
    const histories = [
      plainHistory("small", 400, 300),
      plainHistory("large", commits, 1200),
      wideHistory(refs),
      pullsHistory,
    ].filter(({ name }) => needs.has(name));
    const issues = only.includes("pages") ? 60 : 0;
    const scene = await setTheScene({
      folder,
      dataDir,
      seconds,
      until: longestRunMs,
      commits,
      refs,
      histories,
      issues,
      opened,
    });
    process.stderr.write(`Filled after ${Math.round(performance.now() / 1000)} s\n`);
    process.stderr.write(`Loads are made by ${loader()}.\n`);
    if (typeof scene.rival === "string") process.stderr.write(`Without nginx and cgit: ${scene.rival}\n`);
    if (only.includes("memory")) await take(measureMemory(scene, "idle"));
    for (const [, { lines }] of chosen) for (const measure of lines) await take(measure(scene));
    if (only.includes("memory") && chosen.length > 0) await take(measureMemory(scene, "after load"));
  }
  process.stdout.write(
    `\n${table(outcomes)}\n\nCost: what wit costs over what the other costs; below 1 wit is cheaper. Loads were made by ${loader()}. ${tally(outcomes)}.\n`,
  );
  if (loadBefore > cpus().length / 2)
    process.stdout.write(
      `The machine was busy with other work (load ${loadBefore.toFixed(1)}): compare with nothing.\n`,
    );
  process.stdout.write(`Written to ${await keep()}\n`);
} finally {
  await end();
}

/** Writes the results with what they depend on. Answers the file. */
async function keep(): Promise<string> {
  const results = fileURLToPath(new URL("./results/", import.meta.url));
  await mkdir(results, { recursive: true });
  const commit = await git("-C", results, "rev-parse", "--short", "HEAD").catch(() => "unknown");
  const machine = {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    loadBefore,
    node: process.version,
    git: await git("--version"),
  };
  const file = join(results, `${began.toISOString().slice(0, 16).replace(":", "")}-${commit}.json`);
  const run = {
    began,
    seconds,
    commits,
    refs,
    only,
    connections,
    loader: loader(),
    commit,
    machine,
    outcomes,
  };
  await writeFile(file, `${JSON.stringify(run, undefined, 2)}\n`);
  return file;
}
