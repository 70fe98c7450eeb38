/** The repositories that are measured on, as bare ones; made once and kept in `.cache/bench`, because making them takes longest. */
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { History } from "./histories.ts";
import { git } from "./programs.ts";

const kept = fileURLToPath(new URL("../.cache/bench/", import.meta.url));
/** What decides of their bytes, besides their sizes. */
const sources = ["histories.ts", "wide-history.ts", "repositories.ts"];

/** Makes `NAME.git` of all histories in a folder; what is done to them there is not kept. */
export async function makeRepositories(folder: string, histories: readonly History[]): Promise<void> {
  await mkdir(folder);
  await mkdir(kept, { recursive: true });
  const texts = await Promise.all(sources.map((name) => readFile(new URL(name, import.meta.url), "utf8")));
  const version = [...texts, await git("--version")].join("\0");
  await Promise.all(
    histories.map(async (history) => {
      const hash = createHash("sha256").update(`${version}\0${history.size}`).digest("hex").slice(0, 16);
      const place = join(kept, `${history.name}-${hash}.git`);
      if (!(await stat(place).catch(() => null))) await make(place, history);
      await cp(place, join(folder, `${history.name}.git`), { recursive: true });
    }),
  );
}

/** As tidy as git itself can make it: one pack with a bitmap, packed refs, and a commit-graph with changed paths. */
async function make(place: string, history: History): Promise<void> {
  process.stderr.write(`  making the ${history.name} repository\n`);
  // Whole or not at all: the next run believes what it finds.
  const folder = `${place}.${process.pid}`;
  try {
    await git("init", "--quiet", "--bare", "--initial-branch=main", folder);
    await history.write(folder);
    await git("-C", folder, "config", "http.receivepack", "true");
    await git("-C", folder, "config", "uploadpack.allowFilter", "true");
    await git("-C", folder, "pack-refs", "--all");
    await git("-C", folder, "repack", "-adbq");
    await git("-C", folder, "commit-graph", "write", "--reachable", "--changed-paths");
    await rename(folder, place);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
