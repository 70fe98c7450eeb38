/**
 * `npm run generate` writes every file that is derived from the code. `--check` writes nothing and prints, as JSON, what would
 * change; `--only api|schema` looks at one source of them.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Sources } from "../checks/sources.ts";
import type { GeneratedFile } from "./generated-file.ts";

const root = resolve(import.meta.dirname, "..", "..");
const { values } = parseArgs({
  options: { check: { type: "boolean", default: false }, only: { type: "string" } },
});

const makers = { api, schema };
type Maker = () => Promise<{ files: readonly GeneratedFile[] } & Record<string, unknown>>;

const written: string[] = [];
const reports: Record<string, unknown> = {};
for (const [name, make] of Object.entries(makers) as [string, Maker][]) {
  if (values.only !== undefined && values.only !== name) continue;
  const { files, ...report } = await make();
  const stale = files.filter(({ path, text }) => read(path) !== text);
  reports[name] = { ...report, stale: stale.map((file) => file.path) };
  if (values.check) continue;
  for (const { path, text } of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    written.push(path);
  }
}
console.log(
  values.check
    ? JSON.stringify(reports)
    : written
        .map((path) => `wrote ${path}\n`)
        .join("")
        .trimEnd(),
);
// Importing the server opens what keeps a process alive; everything is written.
process.exit(0);

function read(path: string): string | undefined {
  const full = join(root, path);
  return existsSync(full) ? readFileSync(full, "utf8") : undefined;
}

async function api() {
  const { apiFiles } = await import("./api-files.ts");
  return { files: apiFiles(new Sources(root)) };
}

async function schema() {
  const { schemaReport } = await import("./schema-files.ts");
  return schemaReport(new Sources(root));
}
