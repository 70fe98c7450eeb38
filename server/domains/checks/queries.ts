import { and, desc, eq } from "drizzle-orm";
import { resolveCommit } from "../../git/revisions.ts";
import type { Context } from "../../kernel/context.ts";
import { notFound } from "../../kernel/errors.ts";
import { readPage, where, type Page, type PageRequest } from "../../kernel/paging.ts";
import type { RepoWith } from "../repositories/index.ts";
import { verdictOf, verdictOfAll } from "./combined.ts";
import { commitStatuses } from "./schema.ts";

export type Status = typeof commitStatuses.$inferSelect;

export interface CombinedStatus {
  readonly sha: string;
  readonly state: "failure" | "pending" | "success";
  /** The newest report of each context. */
  readonly statuses: readonly Status[];
}

/** @throws Refusal 404 when no branch, tag or commit has this name */
export async function commitOf(ctx: Context, repo: RepoWith<"read">, revision: string): Promise<string> {
  const sha = await resolveCommit(ctx.git.directory(repo.diskPath), revision);
  if (sha === null) throw notFound();
  return sha;
}

/** All reports on a commit, newest first. */
export function listStatuses(
  ctx: Context,
  repo: RepoWith<"read">,
  sha: string,
  page: PageRequest,
): Promise<Page<Status>> {
  return readPage<Status>(
    page,
    [{ column: commitStatuses.apiId, value: (row) => row.apiId }],
    "desc",
    (part) =>
      ctx.db
        .select()
        .from(commitStatuses)
        .where(where(eq(commitStatuses.repoId, repo.id), eq(commitStatuses.sha, sha), part.where))
        .orderBy(...part.orderBy)
        .limit(part.limit)
        .offset(part.offset),
  );
}

/** GitHub's combined status of one commit: statuses alone. What all checks come to is in `combined.ts`. */
export async function combinedStatus(
  ctx: Context,
  repo: RepoWith<"read">,
  sha: string,
): Promise<CombinedStatus> {
  const statuses = await ctx.db
    .selectDistinctOn([commitStatuses.context])
    .from(commitStatuses)
    .where(and(eq(commitStatuses.repoId, repo.id), eq(commitStatuses.sha, sha)))
    .orderBy(commitStatuses.context, desc(commitStatuses.apiId));
  return { sha, statuses, state: verdictOfAll(statuses.map(({ state }) => verdictOf(state))) };
}
