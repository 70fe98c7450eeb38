import { and, eq } from "drizzle-orm";
import { OtherKind, notFound } from "../../kernel/errors.ts";
import type { Level } from "../../kernel/grants.ts";
import type { Access } from "../../kernel/http/route.ts";
import { withRepository, type RepoWith } from "../repositories/index.ts";
import { findIssue, parseNumber, type Comment, type Issue } from "./queries.ts";
import { issueComments, issues } from "./schema.ts";

/** Access to the issue that `{issue_number}` names in the path's repository. A pull request's number is `OtherKind`. */
export function withIssue<L extends Level>(level: L): Access<{ repo: RepoWith<L>; issue: Issue }> {
  const repository = withRepository(level);
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
): Access<{ repo: RepoWith<L>; issue: Issue; comment: Comment }> {
  const repository = withRepository(level);
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
