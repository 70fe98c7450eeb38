/** One look at a repository: what is wrong with it. Reads only. */
import { and, eq, lt } from "drizzle-orm";
import { checkObjects } from "../../git/keeping/integrity.ts";
import { readRefs } from "../../git/ref-cache.ts";
import { readHead } from "../../git/refs.ts";
import type { Context } from "../../kernel/context.ts";
import { checkContents } from "../lfs/index.ts";
import { checkHeads } from "../pull-requests/index.ts";
import { findRepositoryById, gitOf, type RepoWith } from "../repositories/index.ts";
import { refUpdateIntents } from "../repositories/schema.ts";

export interface CheckOptions {
  /** Read and hash every byte, instead of only looking whether everything is there. */
  readonly full: boolean;
}

/** Problems that are kept; a repository that lost its disk has more than anybody reads. */
const most = 100;
/** A ref move takes seconds, and the reconciler settles what was cut off within ten minutes. */
const unsettledAfterMs = 3_600_000;

/**
 * Everything that is wrong, a sentence each; none when all is well.
 *
 * @throws what kept the check from being done: a deadline, a store that does not answer
 */
export async function findProblems(
  ctx: Context,
  repo: RepoWith<"read">,
  { full }: CheckOptions,
): Promise<string[]> {
  if (!(await ctx.git.exists(repo.diskPath))) return ["the repository's folder is missing"];
  const before = await collect(disagreements(ctx, repo));
  const problems = await checkObjects(gitOf(ctx, repo), { full });
  if (before.length > 0) {
    // People push while we look: only what is still so is wrong.
    const now = new Set(await collect(disagreements(ctx, repo)));
    problems.push(...before.filter((one) => now.has(one)));
  }
  problems.push(...(await collect(checkContents(ctx, repo, { full }))));
  return problems.slice(0, most);
}

async function collect(problems: AsyncGenerator<string>): Promise<string[]> {
  const list: string[] = [];
  for await (const problem of problems) {
    list.push(problem);
    if (list.length >= most) break;
  }
  return list;
}

/** Where rows and refs say different things at this moment. */
async function* disagreements(ctx: Context, repo: RepoWith<"read">): AsyncGenerator<string> {
  const current = await findRepositoryById(ctx, repo.id);
  if (!current) return;
  const git = gitOf(ctx, current);
  const head = await readHead(git);
  if (head.branch !== current.defaultBranch)
    yield `HEAD is ${head.branch === null ? "no branch" : `at ${head.branch}`} instead of ${current.defaultBranch}`;
  const { refs } = await readRefs(git);
  const branches = [...refs.keys()].filter((name) => name.startsWith("refs/heads/"));
  if (branches.length > 0 && !refs.has(`refs/heads/${current.defaultBranch}`))
    yield `the default branch ${current.defaultBranch} is missing`;
  const longAgo = new Date(ctx.clock.now().getTime() - unsettledAfterMs);
  const unsettled = await ctx.db
    .select({ id: refUpdateIntents.id })
    .from(refUpdateIntents)
    .where(and(eq(refUpdateIntents.repoId, repo.id), lt(refUpdateIntents.createdAt, longAgo)))
    .limit(most);
  for (const { id } of unsettled) yield `the ref move ${id} was never settled`;
  yield* checkHeads(ctx, repo);
}
