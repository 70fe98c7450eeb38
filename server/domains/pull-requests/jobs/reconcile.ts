/** Compares open pull requests with their branches, for what a crash or a restored backup left behind. */
import { and, asc, eq, gt } from "drizzle-orm";
import { transact, type Context } from "../../../kernel/context.ts";
import type { JobType } from "../../../kernel/jobs/index.ts";
import { findRepositoryById, requireAccess } from "../../repositories/index.ts";
import { retargetAway } from "../commands/retarget.ts";
import { catchUp, keepHead, concludeInBase } from "../heads.ts";
import { completeRevisions, keepAllRevisions, withoutRevisions } from "../revisions/complete.ts";
import { pullRequests } from "../schema.ts";

const batch = 200;

/** Runs at every start of the server and every night; what is up to date costs one look at the refs. */
export const reconcileHeads: JobType = {
  name: "pull-requests.reconcile",
  lane: "long",
  schedule: "23 3 * * *",
  handle: async (ctx) => {
    await completeAll(ctx);
    let after = "00000000-0000-0000-0000-000000000000";
    for (;;) {
      const rows = await ctx.db
        .select()
        .from(pullRequests)
        .where(and(eq(pullRequests.state, "open"), gt(pullRequests.id, after)))
        .orderBy(asc(pullRequests.id))
        .limit(batch);
      for (const pull of rows) {
        after = pull.id;
        try {
          await reconcileOne(ctx, pull);
        } catch (error) {
          // One broken repository must not keep the others from being repaired.
          ctx.log.warn(
            { pullRequestId: pull.id, error: String(error) },
            "a pull request could not be reconciled",
          );
        }
      }
      if (rows.length < batch) return;
    }
  },
};

async function reconcileOne(ctx: Context, pull: typeof pullRequests.$inferSelect): Promise<void> {
  const found = await findRepositoryById(ctx, pull.repoId);
  if (!found) return;
  const repo = requireAccess(ctx, found, "read");
  const current = await catchUp(ctx, repo, await retargetAway(ctx, repo, pull, null));
  if (current.state === "open") {
    await keepHead(ctx, repo, current, current.headSha);
    await keepAllRevisions(ctx, repo, current);
  }
  await concludeInBase(ctx, repo, current, null);
}

/** Records the revisions of pull requests from before they were recorded. */
async function completeAll(ctx: Context): Promise<void> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await withoutRevisions(ctx, after, batch);
    for (const pull of rows) {
      after = pull.id;
      try {
        const found = await findRepositoryById(ctx, pull.repoId);
        if (found) await completeRevisions(ctx, requireAccess(ctx, found, "read"), pull);
      } catch (error) {
        ctx.log.warn({ pullRequestId: pull.id, error: String(error) }, "revisions could not be recorded");
      }
    }
    if (rows.length < batch) return;
  }
}

/** Asks for one reconciliation; while one waits, another is not added. */
export const askToReconcile = (ctx: Context): Promise<void> =>
  transact(ctx, (tx) => tx.jobs.enqueue(tx, reconcileHeads.name, {}, { singletonKey: "all" }));
