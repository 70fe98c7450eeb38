/** "Fixes #12": closing what a merged change says it closes. */
import { and, eq, sql } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import type { Reference } from "../../../kernel/markup/index.ts";
import { requireAccess, type Repository } from "../../repositories/index.ts";
import { changeIssue } from "../commands/change.ts";
import { mayTriage } from "../policy.ts";
import type { Issue } from "../queries.ts";
import { issueActivities } from "../schema.ts";
import { closedBy, namedIssues } from "./record.ts";

/** What closes: goes into the history of what is closed. */
export type Cause =
  | { readonly commitId: string }
  | { readonly kind: string; readonly id: string; readonly number: number };

/**
 * Closes the open issues that `references` close, as far as the actor has write access to them, once for each cause; answers
 * those it closed.
 *
 * Each is closed in a transaction of its own, whose locks are taken in the order issue, repository, milestone. So call this from
 * a job or after a commit, not inside a transaction that holds the repository's row.
 */
export async function closeByReference(
  ctx: Context,
  repo: Repository,
  references: readonly Reference[],
  by: Cause,
): Promise<Issue[]> {
  const closing = references.filter((one) => one.kind === "issue" && one.closes);
  const why =
    "commitId" in by
      ? { commit_id: by.commitId, source_repo_id: repo.id }
      : { source_kind: by.kind, source_id: by.id, source_repo_id: repo.id, source_number: by.number };
  const closed: Issue[] = [];
  for (const named of await namedIssues(ctx, repo, closing)) {
    if (named.issue.state === "closed" || mayTriage(ctx.actor, named.repo) !== true) continue;
    // Somebody opened it again since: the same news, read a second time, does not overrule them.
    if (await closedBefore(ctx, named.issue, by)) continue;
    const after = await changeIssue(
      ctx,
      requireAccess(ctx, named.repo, "read"),
      named.issue,
      (now) => (now.state === "open" ? { target: "completed" } : {}),
      why,
    );
    closed.push(after);
  }
  return closed;
}

async function closedBefore(ctx: Context, issue: Issue, by: Cause): Promise<boolean> {
  const cause =
    "commitId" in by
      ? closedBy(by.commitId)
      : and(
          eq(issueActivities.action, "closed"),
          sql`${issueActivities.metadata} ->> 'source_id' = ${by.id}`,
        );
  const [line] = await ctx.db
    .select({ id: issueActivities.id })
    .from(issueActivities)
    .where(and(eq(issueActivities.issueId, issue.id), cause))
    .limit(1);
  return line !== undefined;
}
