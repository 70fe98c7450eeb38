/**
 * Keeps a pull request and the branches it speaks of together. Rows are a copy of what git says: whoever reads an open pull
 * request first lets it catch up, so nothing depends on an event having arrived.
 */
import { and, eq } from "drizzle-orm";
import { isAncestor } from "../../git/ancestry.ts";
import { transact, type Context } from "../../kernel/context.ts";
import { gitOf, type RepoWith } from "../repositories/index.ts";
import { closeAbandoned } from "./commands/close-abandoned.ts";
import { markMerged } from "./commands/mark-merged.ts";
import type { PullRequest } from "./queries.ts";
import { moveHead } from "./revisions/advance.ts";
import { pullRequests } from "./schema.ts";
import { branchTip, sourceTip } from "./source-branch.ts";

export { branchTip, headRef, keepHead, sourceTip } from "./source-branch.ts";

/**
 * Brings an open pull request up to date with its branches: a new head is kept and told, a new base is noted. A deleted source
 * branch leaves the head as it was. Whether a push merged it is for the push's own job to say (`concludeInBase`), which knows who
 * pushed; a merge under way would look the same from here.
 */
export async function catchUp(ctx: Context, repo: RepoWith<"read">, pull: PullRequest): Promise<PullRequest> {
  if (pull.state !== "open") return pull;
  const here = gitOf(ctx, repo);
  const [head, base] = await Promise.all([sourceTip(ctx, repo, pull), branchTip(here, pull.targetBranch)]);
  let current = pull;
  if (head !== null && head !== pull.headSha) current = await moveHead(ctx, repo, pull, { head, base });
  if (base === null || base === current.baseSha || current.state !== "open") return current;
  // The base stays where the head left it, or there would be nothing to show between the two.
  if (await isAncestor(here, current.headSha, base)) return current;
  const [moved] = await ctx.db
    .update(pullRequests)
    .set({ baseSha: base, updatedAt: current.updatedAt })
    .where(
      and(
        eq(pullRequests.id, current.id),
        eq(pullRequests.state, "open"),
        eq(pullRequests.targetBranch, current.targetBranch),
      ),
    )
    .returning();
  return moved ?? current;
}

/**
 * Ends an open pull request whose head the target has already. The row's base stays where the head left it (`catchUp`): a head
 * that came after it was merged by pushing, one that lies before it was reset to what was there and brings nothing.
 */
export async function concludeInBase(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  byId: string | null,
): Promise<PullRequest> {
  const git = gitOf(ctx, repo);
  const base = await branchTip(git, pull.targetBranch);
  if (pull.state !== "open" || base === null || !(await isAncestor(git, pull.headSha, base))) return pull;
  const wasReset = await isAncestor(git, pull.headSha, pull.baseSha);
  const ended = await transact(ctx, (tx) =>
    wasReset ? closeAbandoned(tx, pull, byId) : markMerged(tx, pull, { sha: base, method: "push", byId }),
  );
  return ended ?? pull;
}
