/** What pull requests do when something else happened. */
import { and, eq, or } from "drizzle-orm";
import { actingAs, transact, type Context } from "../../kernel/context.ts";
import { subscription } from "../../kernel/events.ts";
import { system } from "../../kernel/actor.ts";
import { findRepositoryById, pushed, requireAccess } from "../repositories/index.ts";
import { markMerged } from "./commands/mark-merged.ts";
import { catchUp } from "./heads.ts";
import { judge } from "./requirements.ts";
import { pullRequests } from "./schema.ts";

/**
 * After a push: pull requests from or to the branch catch up with it and learn whether they can still be merged. A merge whose
 * process died between the ref and the row is finished here: the push's event says which pull request it was.
 */
export const followPush = subscription("pull-requests.follow-push", [pushed], async (ctx, event) => {
  const push = pushed.payload.parse(event.payload);
  const repoId = event.repoId;
  if (repoId === null || !push.ref.startsWith("refs/heads/")) return;
  await finishMerge(ctx, push, event.actorId);
  const branch = push.ref.slice("refs/heads/".length);
  const affected = await ctx.db
    .select()
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.state, "open"),
        or(
          and(eq(pullRequests.sourceRepoId, repoId), eq(pullRequests.sourceBranch, branch)),
          and(eq(pullRequests.repoId, repoId), eq(pullRequests.targetBranch, branch)),
        ),
      ),
    );
  const asForge = actingAs(ctx, system("pull-requests"));
  for (const pull of affected) {
    const found = await findRepositoryById(asForge, pull.repoId);
    if (!found) continue;
    const repo = requireAccess(asForge, found, "read");
    await judge(asForge, repo, await catchUp(asForge, repo, pull));
  }
});

async function finishMerge(
  ctx: Context,
  push: { readonly after: string; readonly reason: string; readonly detail: Record<string, unknown> },
  byId: string | null,
): Promise<void> {
  const id = push.detail["pull_request_id"];
  if (push.reason !== "merge" || typeof id !== "string") return;
  const [pull] = await ctx.db.select().from(pullRequests).where(eq(pullRequests.id, id));
  if (pull?.state !== "open") return;
  const method = String(push.detail["method"] ?? "merge");
  await transact(ctx, (tx) => markMerged(tx, pull, { sha: push.after, method, byId }));
}
