/** Files that are derived from the code, and migrations, hold what the code says now. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { outcome, type Check, type Outcome, type Problem } from "./check.ts";
import type { Coverage } from "./seed.ts";
import type { Sources } from "./sources.ts";

interface Report {
  readonly stale: readonly string[];
  readonly migrations?: readonly Problem[];
  readonly coverage?: Coverage;
}

/** Loading the routes or the schema takes a second of its own: each is done once, in a process of its own. */
const reports = new Map<string, Promise<Report>>();

function report(sources: Sources, name: "api" | "schema"): Promise<Report> {
  let found = reports.get(name);
  if (!found) {
    found = generate(sources.root, name);
    reports.set(name, found);
  }
  return found;
}

function generate(root: string, name: string): Promise<Report> {
  return new Promise((resolve, reject) => {
    const script = join(root, "tools", "generate", "main.ts");
    const child = spawn(process.execPath, [script, "--check", "--only", name], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString("utf8")));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve((JSON.parse(stdout) as Record<string, Report>)[name] ?? { stale: [] });
      else reject(new Error(`the ${name} cannot be loaded\n${stderr.trim()}`));
    });
  });
}

const derivedFromRoutes = /^(?:server\/|api\/|docs\/|tools\/generate\/)/;
const derivedFromSchema =
  /^(?:server\/(?:.*\/)?(?:schema|domains?)\.ts$|server\/kernel\/|migrations\/|docs\/|tools\/generate\/)/;

const stale = (report: Report, wanted: RegExp): Outcome =>
  outcome(
    report.stale
      .filter((file) => wanted.test(file))
      .map((where) => ({ where, what: "is not what the code says now", mend: "npm run generate" })),
  );

export const openApiDrift: Check = {
  name: "api document",
  inputs: derivedFromRoutes,
  run: async (sources) => stale(await report(sources, "api"), /^api\/openapi\.json$/),
};

export const clientDrift: Check = {
  name: "api client",
  inputs: derivedFromRoutes,
  run: async (sources) => stale(await report(sources, "api"), /^api\/client\.gen\.ts$/),
};

export const mapDrift: Check = {
  name: "api and map docs",
  inputs: derivedFromRoutes,
  run: async (sources) => stale(await report(sources, "api"), /^docs\//),
};

export const dataModelDrift: Check = {
  name: "data model doc",
  inputs: derivedFromSchema,
  run: async (sources) => stale(await report(sources, "schema"), /^docs\//),
};

export const migrationDrift: Check = {
  name: "migrations",
  inputs: derivedFromSchema,
  run: async (sources) => outcome((await report(sources, "schema")).migrations ?? []),
};

export const seedCoverage: Check = {
  name: "seed coverage",
  inputs: derivedFromSchema,
  run: async (sources) => {
    const { coverage } = await report(sources, "schema");
    return outcome(coverage?.problems ?? [], coverage?.summary);
  },
};
