import { and, eq, isNotNull } from "drizzle-orm";
import { OtherKind, notFound } from "../../../kernel/errors.ts";
import type { Level } from "../../../kernel/grants.ts";
import type { Access } from "../../../kernel/http/route.ts";
import type { Context } from "../../../kernel/context.ts";
import { withRepository, type RepoWith } from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";
import { prComments, pullRequests } from "../schema.ts";
import { isGeneral, isInline, isPublished, type InlineComment, type PullComment } from "./queries.ts";

async function find(
  ctx: Context,
  repo: RepoWith<"read">,
  text: string | undefined,
  kind: "general" | "inline",
) {
  if (text === undefined || !/^[1-9]\d{0,15}$/.test(text)) throw notFound();
  const [row] = await ctx.db
    .select({ pull: pullRequests, comment: prComments })
    .from(prComments)
    .innerJoin(pullRequests, eq(pullRequests.id, prComments.prId))
    .where(
      and(
        eq(prComments.apiId, Number(text)),
        eq(pullRequests.repoId, repo.id),
        kind === "general" ? isGeneral : isNotNull(prComments.path),
        isPublished(ctx),
      ),
    );
  return row;
}

/**
 * Access to the general comment that `{comment_id}` names, of any pull request of the path's repository and of no other; an
 * issue's comment is `OtherKind`.
 */
export function withPullComment<L extends Level>(
  level: L,
  repository: Access<{ repo: RepoWith<L> }> = withRepository(level),
): Access<{ repo: RepoWith<L>; pull: PullRequest; comment: PullComment }> {
  return {
    name: repository.name,
    resolve: async (ctx, params) => {
      const { repo } = await repository.resolve(ctx, params);
      const row = await find(ctx, repo, params["comment_id"], "general");
      if (!row) throw new OtherKind();
      return { repo, ...row };
    },
  };
}

/** The same for a comment on a line, as far as the actor may see it. */
export function withReviewComment<L extends Level>(
  level: L,
  repository: Access<{ repo: RepoWith<L> }> = withRepository(level),
): Access<{ repo: RepoWith<L>; pull: PullRequest; comment: InlineComment }> {
  return {
    name: repository.name,
    resolve: async (ctx, params) => {
      const { repo } = await repository.resolve(ctx, params);
      const row = await find(ctx, repo, params["comment_id"], "inline");
      const number = params["pull_number"];
      if (!row || !isInline(row.comment)) throw notFound();
      if (number !== undefined && number !== String(row.pull.number)) throw notFound();
      return { repo, pull: row.pull, comment: row.comment };
    },
  };
}
