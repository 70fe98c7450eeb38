import { and, eq } from "drizzle-orm";
import { OtherKind, notFound } from "../../kernel/errors.ts";
import type { Level } from "../../kernel/grants.ts";
import type { Access } from "../../kernel/http/route.ts";
import { asPerson, withRepository, type RepoWith } from "../repositories/index.ts";
import { findIssue, parseNumber, type Comment, type Issue } from "./queries.ts";
import { issueComments, issues } from "./schema.ts";

/** For readers who write: they are signed in, and their token may write. */
export const asSpeaker = asPerson("read", "repo:write");

/**
 * Access to the issue that `{issue_number}` names in the path's repository. A pull request's number is `OtherKind`.
 *
 * @param repository what the repository must grant, when that is more than the level
 */
export function withIssue<L extends Level>(
  level: L,
  repository: Access<{ repo: RepoWith<L> }> = withRepository(level),
): Access<{ repo: RepoWith<L>; issue: Issue }> {
  return {
    name: repository.name,
    resolve: async (ctx, params) => {
      const { repo } = await repository.resolve(ctx, params);
      const issue = await findIssue(ctx, repo, parseNumber(params["issue_number"]));
      if (!issue) throw new OtherKind();
      return { repo, issue };
    },
  };
}

/** Access to the comment that `{comment_id}` names, of any issue of the path's repository and of no other. */
export function withIssueComment<L extends Level>(
  level: L,
  repository: Access<{ repo: RepoWith<L> }> = withRepository(level),
): Access<{ repo: RepoWith<L>; issue: Issue; comment: Comment }> {
  return {
    name: repository.name,
    resolve: async (ctx, params) => {
      const { repo } = await repository.resolve(ctx, params);
      const id = params["comment_id"] ?? "";
      if (!/^[1-9]\d{0,15}$/.test(id)) throw notFound();
      const [row] = await ctx.db
        .select({ issue: issues, comment: issueComments })
        .from(issueComments)
        .innerJoin(issues, eq(issues.id, issueComments.issueId))
        .where(and(eq(issueComments.apiId, Number(id)), eq(issues.repoId, repo.id)));
      if (!row) throw new OtherKind();
      return { repo, ...row };
    },
  };
}
