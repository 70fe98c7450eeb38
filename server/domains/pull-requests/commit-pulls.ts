/** Which pull requests a commit belongs to. */
import { and, desc, eq, inArray } from "drizzle-orm";
import { isAncestor } from "../../git/ancestry.ts";
import { commitsUpTo, namesContaining } from "../../git/containing.ts";
import type { Context } from "../../kernel/context.ts";
import { Refusal } from "../../kernel/errors.ts";
import { gitOf, type RepoWith } from "../repositories/index.ts";
import { landedChange } from "./commands/landed.ts";
import type { PullRequest } from "./queries.ts";
import { pullRequests } from "./schema.ts";
import { branchTip } from "./source-branch.ts";

/** Of the history after a commit, so much is looked through for what merged it. */
const mostAfter = 5_000;
/** Of the merges after a commit, so many are asked whether they brought it. */
const mostMerges = 10;
/** Of the pull requests that hold a commit, so many are looked at, the newest. */
const mostHolding = 100;

/**
 * For a commit of the default branch the pull request that brought it; else those, open or merged, that bring it to another
 * branch, the newest first.
 *
 * @throws GitTimeout where the history is too long to find out in a few seconds
 */
export async function pullsOfCommit(
  ctx: Context,
  repo: RepoWith<"read">,
  commit: string,
): Promise<readonly PullRequest[]> {
  const git = gitOf(ctx, repo);
  const tip = await branchTip(git, repo.defaultBranch);
  return tip !== null && (await isAncestor(git, commit, tip))
    ? broughtBy(ctx, repo, commit, tip)
    : held(ctx, repo, commit);
}

async function broughtBy(ctx: Context, repo: RepoWith<"read">, commit: string, tip: string) {
  const git = gitOf(ctx, repo);
  const after = await commitsUpTo(git, commit, tip, mostAfter);
  const rows = await ctx.db
    .select()
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.repoId, repo.id),
        eq(pullRequests.state, "merged"),
        inArray(pullRequests.mergeSha, after),
      ),
    );
  const place = new Map(after.map((oid, index) => [oid, index]));
  const order = (pull: PullRequest) => place.get(pull.mergeSha ?? "") ?? mostAfter;
  const merges = rows.toSorted((a, b) => order(a) - order(b)).slice(0, mostMerges);
  for (const pull of merges) {
    const landed = await landedChange(ctx, repo, pull).catch((error: unknown) => {
      if (error instanceof Refusal) return null;
      throw error;
    });
    if (landed && !(await isAncestor(git, commit, landed.from))) return [pull];
  }
  return [];
}

async function held(ctx: Context, repo: RepoWith<"read">, commit: string) {
  const git = gitOf(ctx, repo);
  const names = await namesContaining(git, commit, ["refs/pull/*/head"]);
  const numbers = names.map((name) => Number(name.split("/")[2])).slice(-mostHolding);
  if (numbers.length === 0) return [];
  const rows = await ctx.db
    .select()
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.repoId, repo.id),
        inArray(pullRequests.number, numbers),
        inArray(pullRequests.state, ["open", "merged"]),
      ),
    )
    .orderBy(desc(pullRequests.number));
  const found: PullRequest[] = [];
  // What its target had before is nothing that it brings.
  for (const pull of rows) if (!(await isAncestor(git, commit, pull.baseSha))) found.push(pull);
  return found;
}
