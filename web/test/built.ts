import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");

/** Builds the web as it stands into a folder of its own. `remove` deletes it. */
export async function buildWeb(): Promise<{ readonly dist: string; readonly remove: () => Promise<void> }> {
  const dist = await mkdtemp(join(tmpdir(), "wit-web-"));
  const vite = join(root, "node_modules/vite/bin/vite.js");
  const env = { ...process.env, WEB_OUT: dist, NODE_ENV: "production" };
  for (const more of [[], ["--ssr"]]) {
    await run(process.execPath, [vite, "build", "-c", "web/vite.config.ts", "-l", "error", ...more], {
      cwd: root,
      env,
    });
  }
  return { dist, remove: () => rm(dist, { recursive: true, force: true }) };
}
