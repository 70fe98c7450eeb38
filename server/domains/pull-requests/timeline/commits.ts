/** The commits of a pull request, with the push that brought each. */
import { and, asc, eq, sql } from "drizzle-orm";
import type { Commit } from "../../../git/commits.ts";
import { parentsAbove } from "../../../git/parents.ts";
import type { Context } from "../../../kernel/context.ts";
import { events } from "../../../kernel/schema.ts";
import { gitOf, type Repository } from "../../repositories/index.ts";
import { commitsOf } from "../contents.ts";
import { pullSynchronized } from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { revisionsOf, type Revision } from "../revisions/queries.ts";
import { orNull } from "../revisions/story.ts";

/** Commits that came in together and are still part of it, oldest first. */
export interface Came {
  /** Of what tells of the push; of the pull request itself for what it was opened with. */
  readonly id: string;
  readonly at: Date;
  readonly commits: readonly Commit[];
}

/** Of a pull request that was rewritten more often, commits that outlived older rewritings stand at a later one. */
const mostFormer = 100;

/**
 * What the pull request brings now, by the push since which it does. A commit that was rewritten away is not there any more; one
 * that a rewriting kept stays where it first came in.
 */
export async function commitsByPush(ctx: Context, repo: Repository, pull: PullRequest): Promise<Came[]> {
  const [commits, revisions] = await Promise.all([commitsOf(ctx, repo, pull), revisionsOf(ctx, pull)]);
  const later = revisions.filter((one) => one.number > 1);
  const [numbers, told] = await Promise.all([
    bringing(ctx, repo, pull, commits, revisions),
    later.length === 0 ? new Map<number, Pick<Came, "id" | "at">>() : pushesOf(ctx, pull),
  ]);
  const byNumber = new Map(revisions.map((one) => [one.number, one]));
  const groups = Map.groupBy(commits, (commit) => numbers.get(commit.oid) ?? 1);
  return [...groups].map(([number, some]) => {
    const revision = number > 1 ? byNumber.get(number) : undefined;
    const opened = { id: pull.id, at: pull.createdAt };
    const place = revision ? { id: revision.id, at: revision.createdAt } : opened;
    return { ...place, ...told.get(number), commits: some };
  });
}

/** By commit, the number of the first revision that has it. */
async function bringing(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  commits: readonly Commit[],
  revisions: readonly Revision[],
): Promise<Map<string, number>> {
  const parents = new Map<string, readonly string[]>(commits.map((commit) => [commit.oid, commit.parents]));
  const former = revisions.map((one) => one.headSha).filter((head) => !parents.has(head));
  if (former.length > 0) {
    const walk = parentsAbove(gitOf(ctx, repo), former.slice(-mostFormer), pull.baseSha);
    for (const [commit, some] of (await orNull(walk)) ?? []) parents.set(commit, some);
  }
  const numbers = new Map<string, number>();
  for (const { number, headSha } of revisions) {
    const open = [headSha];
    for (let commit = open.pop(); commit !== undefined; commit = open.pop()) {
      const above = parents.get(commit);
      if (above === undefined || numbers.has(commit)) continue;
      numbers.set(commit, number);
      open.push(...above);
    }
  }
  return numbers;
}

/** What tells of each push, by the number of its revision. */
async function pushesOf(ctx: Context, pull: PullRequest): Promise<Map<number, Pick<Came, "id" | "at">>> {
  const rows = await ctx.db
    .select({
      id: events.id,
      at: events.createdAt,
      revision: sql<number | null>`(${events.payload} ->> 'revision')::int`,
    })
    .from(events)
    .where(and(eq(events.subjectId, pull.id), eq(events.type, pullSynchronized.name)))
    .orderBy(asc(events.id));
  return new Map(rows.flatMap(({ id, at, revision }) => (revision === null ? [] : [[revision, { id, at }]])));
}
