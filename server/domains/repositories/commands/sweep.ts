/** Removes what crashes left on disk: git data without a row, halves of clones, forks and removals, and joins of repositories that are gone. */
import { inArray } from "drizzle-orm";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Context } from "../../../kernel/context.ts";
import { joinedFolder } from "../git/joined.ts";
import { repositories } from "../schema.ts";

/** A folder is older than its row by the time a clone or fork takes; after this it has none. */
const orphanedAfterMs = 24 * 3_600_000;
const batch = 500;

/** @returns how many repositories without a row were removed */
export async function sweepOrphans(ctx: Context): Promise<number> {
  const before = ctx.clock.now().getTime() - orphanedAfterMs;
  let [waiting, removed]: [string[], number] = [[], 0];
  for await (const { diskPath, born } of ctx.git.list()) {
    if (born.getTime() > before) continue;
    waiting.push(diskPath);
    if (waiting.length < batch) continue;
    removed += await removeOrphans(ctx, waiting);
    waiting = [];
  }
  removed += await removeOrphans(ctx, waiting);
  await ctx.git.sweep(new Date(before));
  await sweepJoined(ctx);
  return removed;
}

async function removeOrphans(ctx: Context, paths: readonly string[]): Promise<number> {
  if (paths.length === 0) return 0;
  const rows = await ctx.db
    .select({ diskPath: repositories.diskPath })
    .from(repositories)
    .where(inArray(repositories.diskPath, [...paths]));
  const known = new Set(rows.map((row) => row.diskPath));
  const orphans = paths.filter((one) => !known.has(one));
  for (const orphan of orphans) {
    ctx.log.info({ diskPath: orphan }, "git data without a repository is removed");
    await ctx.git.remove(orphan);
  }
  return orphans.length;
}

async function sweepJoined(ctx: Context): Promise<void> {
  const folder = joinedFolder(ctx);
  for (const name of await readdir(folder).catch(() => [])) {
    const ids = name.replace(/\.git$/, "").split(".");
    const rows = await ctx.db
      .select({ id: repositories.id })
      .from(repositories)
      .where(inArray(repositories.id, ids));
    if (rows.length < ids.length) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}
