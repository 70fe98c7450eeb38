import { and, eq, type SQL } from "drizzle-orm";
import { resolveCommit } from "../../git/revisions.ts";
import type { Context } from "../../kernel/context.ts";
import { notFound } from "../../kernel/errors.ts";
import type { Access } from "../../kernel/http/route.ts";
import { readPage, where, type Page, type PageRequest, type SortKey } from "../../kernel/paging.ts";
import { gitOf, type Repository, type RepoWith } from "../repositories/index.ts";
import { commitComments } from "./schema.ts";

export type CommitComment = typeof commitComments.$inferSelect;

const oldest: readonly SortKey<CommitComment>[] = [
  { column: commitComments.createdAt, value: (row) => row.createdAt },
  { column: commitComments.id, value: (row) => row.id },
];

/** Comments within a repository, of one commit or of all, oldest first. */
export function listCommitComments(
  ctx: Context,
  repo: RepoWith<"read">,
  commit: string | null,
  page: PageRequest,
): Promise<Page<CommitComment>> {
  const scope: SQL | undefined = and(
    eq(commitComments.repoId, repo.id),
    commit === null ? undefined : eq(commitComments.commitSha, commit),
  );
  return readPage<CommitComment>(page, oldest, "asc", (part) =>
    ctx.db
      .select()
      .from(commitComments)
      .where(where(scope, part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}

/** The whole id of the commit that a client names by an id or the beginning of one. @throws Refusal 404 */
export async function requireCommit(ctx: Context, repo: Repository, name: string): Promise<string> {
  const found = /^[0-9a-f]{4,64}$/i.test(name) ? await resolveCommit(gitOf(ctx, repo), name) : null;
  if (found === null) throw notFound();
  return found;
}

/** @throws Refusal 404 for what is no id */
export function commentId(text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,14}$/.test(text)) throw notFound();
  return Number(text);
}

export interface OnCommit {
  readonly repo: RepoWith<"read">;
  readonly comment: CommitComment;
}

/** Access to the comment that `{comment_id}` names, of the path's repository and of no other. */
export function withCommitComment(repository: Access<{ repo: RepoWith<"read"> }>): Access<OnCommit> {
  return {
    name: repository.name,
    resolve: async (ctx, params) => {
      const { repo } = await repository.resolve(ctx, params);
      const [comment] = await ctx.db
        .select()
        .from(commitComments)
        .where(
          and(eq(commitComments.repoId, repo.id), eq(commitComments.apiId, commentId(params["comment_id"]))),
        );
      if (!comment) throw notFound();
      return { repo, comment };
    },
  };
}
