import { and, eq } from "drizzle-orm";
import { actingAs, type Context } from "../../../kernel/context.ts";
import { Refusal, conflict } from "../../../kernel/errors.ts";
import { reaches } from "../../../kernel/grants.ts";
import { actorOf } from "../../accounts/index.ts";
import { findRepositoryById, requireAccess, type Repository } from "../../repositories/index.ts";
import { mergePullRequest } from "../commands/merge.ts";
import { methodRefusal } from "../commands/methods.ts";
import { catchUp } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import { judge } from "../requirements.ts";
import { pullRequests } from "../schema.ts";
import { switchOff } from "./commands.ts";
import { autoMergeOf, type AutoMerge } from "./queries.ts";
import { prAutoMerges } from "./schema.ts";
import { trustOf } from "./trust.ts";

/**
 * Merges a pull request that is set to merge, if nothing stands in the way any more. Reads everything anew, so it can be asked
 * at any time and any number of times; what still has to happen is left to the event that tells of it.
 */
export async function attemptAutoMerge(ctx: Context, pullId: string): Promise<void> {
  const auto = await autoMergeOf(ctx, pullId);
  const [seen] = await ctx.db.select().from(pullRequests).where(eq(pullRequests.id, pullId));
  if (!auto || !seen) return;
  const actor = await actorOf(ctx, auto.enabledById);
  if (!actor) return switchOff(ctx, seen, "the account that asked for it is not active any more");
  const own = actingAs(ctx, actor);
  const repo = await findRepositoryById(own, seen.repoId);
  if (!repo || !reaches(repo.access, "write"))
    return switchOff(ctx, seen, "who asked for it may not merge here any more");
  if (repo.archivedAt !== null) return;
  await attemptAs(own, ctx, repo, seen, auto);
}

async function attemptAs(
  own: Context,
  forge: Context,
  found: Repository,
  seen: PullRequest,
  auto: AutoMerge,
): Promise<void> {
  const repo = requireAccess(own, found, "write");
  const pull = await catchUp(own, repo, seen);
  const off = (reason: string) => switchOff(forge, pull, reason);
  if (pull.state !== "open") return off("it is not open any more");
  if (pull.targetBranch !== auto.targetBranch) return off("the base branch was changed");
  const trust = await trustOf(own, repo, pull, auto);
  if (trust === "strange") return off("somebody without write access pushed to the branch");
  if (trust === "unknown") return;
  if (!repo.allowAutoMerge) return off("the repository does not allow it any more");
  const { requirements, methods } = await judge(own, repo, pull);
  if (!methods.includes(auto.method))
    return off(`the repository does not allow the method ${auto.method} any more`);
  if (requirements.some((one) => !one.met)) return;
  // A branch that is behind can catch up; a rebase that does not work out never will, which the merge itself says.
  if (auto.method !== "rebase" && (await methodRefusal(own, repo, pull, auto.method)) !== null) return;
  try {
    await mergePullRequest(own, repo, pull, {
      method: auto.method,
      expectedHead: pull.headSha,
      title: auto.title ?? undefined,
      message: auto.message ?? undefined,
      confirm: async (tx) => {
        const [still] = await tx.db
          .select({ id: prAutoMerges.prId })
          .from(prAutoMerges)
          .where(
            and(
              eq(prAutoMerges.prId, pull.id),
              eq(prAutoMerges.enabledById, auto.enabledById),
              eq(prAutoMerges.method, auto.method),
              eq(prAutoMerges.createdAt, auto.createdAt),
            ),
          );
        if (!still) throw conflict("It is not to merge by itself any more");
      },
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Somebody else was faster, or something came in between: that is told by an event of its own. But what is ready and
    // still cannot be put together so (a rebase that conflicts half-way) waits for nothing.
    if (error.code !== "not_allowed") return;
    const again = await judge(own, repo, await catchUp(own, repo, pull));
    if (again.requirements.every((one) => one.met)) await off(error.message);
  }
}
