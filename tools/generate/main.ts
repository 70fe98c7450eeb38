/**
 * `npm run generate` writes every file that is derived from the code. `--check` writes nothing and prints, as JSON, what would
 * change; `--only api|schema` looks at one source of them.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { GeneratedFile } from "./generated-file.ts";

const root = resolve(import.meta.dirname, "..", "..");
const { values } = parseArgs({
  options: { check: { type: "boolean", default: false }, only: { type: "string" } },
});

const sources: Readonly<Record<string, () => Promise<GeneratedFile[]>>> = {
  api: async () => (await import("./api-files.ts")).apiFiles(),
};

const files: GeneratedFile[] = [];
for (const [name, make] of Object.entries(sources)) {
  if (values.only === undefined || values.only === name) files.push(...(await make()));
}
const stale = files.filter(({ path, text }) => read(path) !== text);
if (values.check) {
  console.log(
    JSON.stringify({ checked: files.map((file) => file.path), stale: stale.map((file) => file.path) }),
  );
} else {
  for (const { path, text } of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}
// Importing the server opens what keeps a process alive; everything is written.
process.exit(0);

function read(path: string): string | undefined {
  const full = join(root, path);
  return existsSync(full) ? readFileSync(full, "utf8") : undefined;
}
