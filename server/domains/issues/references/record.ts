/**
 * "Mentioned in": a text that names an issue, or another kind of thing with a number, leaves a line in its history, once for each
 * thing that names it.
 */
import { and, eq, inArray, or, sql } from "drizzle-orm";
import { transact, type Context } from "../../../kernel/context.ts";
import type { Reference } from "../../../kernel/markup/index.ts";
import { record, type Action } from "../commands/record.ts";
import { mayComment } from "../policy.ts";
import type { Issue } from "../queries.ts";
import { issueActivities, issues } from "../schema.ts";
import type { Repository } from "../../repositories/index.ts";
import { otherKinds, type Mention } from "./other-kinds.ts";
import type { Source } from "./sources.ts";
import { byRepository } from "./targets.ts";

/** What a text stands in. */
export interface Referring {
  /** `issue`, or the name of another kind (`addOtherKind`). */
  readonly kind: string;
  readonly id: string;
  readonly repo: Repository;
}

/** One text leaves its mark on at most so many issues. */
const mostIssues = 50;

/**
 * Records that `from` names issues. The actor is the author of the text: only issues that they may comment on take note. Does
 * nothing for what was recorded before, so that it can be called for every edit.
 */
export async function recordReferences(
  ctx: Context,
  from: Referring,
  references: readonly Reference[],
): Promise<void> {
  const source: Source = { source_kind: from.kind, source_id: from.id, source_repo_id: from.repo.id };
  const named = await namedIssues(ctx, from.repo, references);
  for (const { repo, issue } of named.slice(0, mostIssues))
    if (issue.id !== from.id) await note(ctx, repo, issue, "cross-referenced", from.id, { ...source });
  await tellOthers(ctx, from.repo, references, source);
}

/**
 * Records that a commit in `repo` names issues and other things with a number. The actor is who pushed it. An issue that the
 * commit closed has that in its history already: ask for closing first.
 */
export async function recordCommit(
  ctx: Context,
  repo: Repository,
  sha: string,
  references: readonly Reference[],
): Promise<void> {
  const metadata = { commit_id: sha, source_repo_id: repo.id };
  for (const target of (await namedIssues(ctx, repo, references)).slice(0, mostIssues))
    await note(ctx, target.repo, target.issue, "referenced", sha, metadata);
  await tellOthers(ctx, repo, references, metadata);
}

/** Tells the other kinds which numbers are named; each knows its own. */
async function tellOthers(
  ctx: Context,
  here: Repository,
  references: readonly Reference[],
  by: Mention,
): Promise<void> {
  const list = references.filter((one) => one.kind === "issue");
  for (const [repo, located] of await byRepository(ctx, here, list)) {
    const numbers = located.flatMap((one) => (one.kind === "issue" ? [one.number] : []));
    for (const kind of otherKinds())
      await kind.note(ctx, repo, [...new Set(numbers)].slice(0, mostIssues), by);
  }
}

/** The issues behind references in a text that stands in `here`, as far as the actor may see them. */
export async function namedIssues(
  ctx: Context,
  here: Repository,
  references: readonly Reference[],
): Promise<{ repo: Repository; issue: Issue }[]> {
  const list = references.filter((one) => one.kind === "issue");
  const found: { repo: Repository; issue: Issue }[] = [];
  for (const [repo, located] of await byRepository(ctx, here, list)) {
    const numbers = located.flatMap((one) => (one.kind === "issue" ? [one.number] : []));
    const rows = await ctx.db
      .select()
      .from(issues)
      .where(and(eq(issues.repoId, repo.id), inArray(issues.number, numbers)));
    found.push(...rows.map((issue) => ({ repo, issue })));
  }
  return found;
}

/** Adds the line unless it is there. The issue's row is locked meanwhile: two jobs at once add one line. */
async function note(
  ctx: Context,
  repo: Repository,
  issue: Issue,
  action: Action,
  key: string,
  metadata: Record<string, unknown>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const [now] = await tx.db.select().from(issues).where(eq(issues.id, issue.id)).for("no key update");
    if (!now || mayComment(tx.actor, repo, now) !== true) return;
    const [known] = await tx.db
      .select({ id: issueActivities.id })
      .from(issueActivities)
      .where(
        and(
          eq(issueActivities.issueId, issue.id),
          or(
            and(eq(issueActivities.action, action), eq(issueActivities.newValue, key)),
            action === "referenced" ? closedBy(key) : undefined,
          ),
        ),
      )
      .limit(1);
    if (!known) await record(tx, issue, action, { newValue: key, metadata });
  });
}

/** A line that says that this commit closed its issue. */
export const closedBy = (sha: string) =>
  and(eq(issueActivities.action, "closed"), sql`${issueActivities.metadata} ->> 'commit_id' = ${sha}`);
