/** What is worked out about a repository after its refs moved. */
import { eq } from "drizzle-orm";
import { languageStatistics } from "../../../git/languages.ts";
import { maintain } from "../../../git/keeping/maintenance.ts";
import { inTurn } from "../../../git/keeping/turn.ts";
import { gitText } from "../../../git/process.ts";
import { readHead, setHead } from "../../../git/refs.ts";
import type { GitRepository } from "../../../git/store.ts";
import type { JobType } from "../../../kernel/jobs/index.ts";
import { findRepositoryById } from "../access.ts";
import { gitOf } from "../addresses.ts";
import { repositories } from "../schema.ts";

/** Packs and commit-graph, size, languages, and HEAD where a crash kept it from following the default branch. Run again, it finds the same. */
export const tendRepository: JobType = {
  name: "repositories.tend",
  lane: "long",
  handle: async (ctx, data) => {
    const repo = await findRepositoryById(ctx, String(data["repoId"]));
    if (!repo) return;
    const git = gitOf(ctx, repo);
    let head = await readHead(git);
    if (head.branch !== repo.defaultBranch) {
      await setHead(git, repo.defaultBranch);
      head = await readHead(git);
    }
    const [sizeBytes, languages] = await Promise.all([
      gitBytes(git),
      head.oid === null ? null : languageStatistics(git, head.oid),
    ]);
    await ctx.db
      .update(repositories)
      .set({
        sizeBytes,
        languageStats: Object.fromEntries(
          (languages?.languages ?? []).map(({ name, bytes }) => [name, bytes]),
        ),
        languageStatsUpdatedAt: ctx.clock.now(),
        // Working something out is not a change of the repository.
        updatedAt: repo.updatedAt,
      })
      .where(eq(repositories.id, repo.id));
    ctx.freshness.written();
    // Who keeps it at this moment packs what came in, or the next push does.
    await inTurn(git, () => maintain(git));
  },
};

/** Bytes of all objects on disk, as `git count-objects -v` adds them up in KiB. */
export async function gitBytes(git: GitRepository): Promise<number> {
  const text = await gitText(git.dir, ["count-objects", "-v"]);
  const value = (name: string) => Number(new RegExp(`^${name}: (\\d+)$`, "m").exec(text)?.[1] ?? 0);
  return (value("size") + value("size-pack")) * 1024;
}
