import { eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { notFound, OtherKind } from "../../../kernel/errors.ts";
import { created, nothing, route } from "../../../kernel/http/route.ts";
import { pagingQuery } from "../../../kernel/paging.ts";
import { withRepository } from "../../repositories/index.ts";
import { asSpeaker, withIssue, withIssueComment } from "../access.ts";
import { commentShape, commentView, commentViews } from "../comment-views.ts";
import { addComment, deleteComment, editComment, restoreComment } from "../commands/comment.ts";
import { commentBody } from "../input.ts";
import { listComments, type Issue } from "../queries.ts";
import { issueComments, issues } from "../schema.ts";
import { wantsHtml } from "../text.ts";

const since = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .optional()
  .describe("Only what changed at or after this moment");

const placeOf = ({ number }: Pick<Issue, "number">) => ({ kind: "issue", number }) as const;

const listOfIssue = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/issues/{issue_number}/comments",
  operation: "issues/list-comments",
  summary: "List the comments of an issue, oldest first",
  access: withIssue("read"),
  query: z.object({ ...pagingQuery, since }),
  answer: z.array(commentShape),
  handle: async ({ ctx, repo, issue, query, headers }) => {
    const order = { sort: "created", direction: "asc", since: query.since } as const;
    const page = await listComments(ctx, eq(issueComments.issueId, issue.id), order, query);
    const placed = page.items.map((comment) => ({ comment, on: placeOf(issue) }));
    return { ...page, items: await commentViews(ctx, repo, placed, { html: wantsHtml(headers) }) };
  },
});

const listOfRepository = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/issues/comments",
  operation: "issues/list-comments-for-repo",
  summary: "List the comments on all issues of a repository",
  access: withRepository("read"),
  query: z.object({
    ...pagingQuery,
    since,
    sort: z.enum(["created", "updated"]).default("created"),
    direction: z.enum(["asc", "desc"]).default("asc"),
  }),
  answer: z.array(commentShape),
  handle: async ({ ctx, repo, query, headers }) => {
    const scope = sql`${issueComments.issueId} in (select ${issues.id} from ${issues} where ${issues.repoId} = ${repo.id})`;
    const page = await listComments(ctx, scope, query, query);
    const ids = page.items.map((comment) => comment.issueId);
    const rows = await ctx.db
      .select({ id: issues.id, number: issues.number })
      .from(issues)
      .where(inArray(issues.id, ids));
    const byId = new Map(rows.map((row) => [row.id, row]));
    const placed = page.items.flatMap((comment) => {
      const issue = byId.get(comment.issueId);
      return issue ? [{ comment, on: placeOf(issue) }] : [];
    });
    return { ...page, items: await commentViews(ctx, repo, placed, { html: wantsHtml(headers) }) };
  },
});

const create = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/issues/{issue_number}/comments",
  operation: "issues/create-comment",
  summary: "Comment on an issue",
  access: withIssue("read", asSpeaker),
  body: z.object({ body: commentBody }),
  answer: commentShape,
  status: 201,
  handle: async ({ ctx, repo, issue, body, headers }) => {
    const comment = await addComment(ctx, repo, issue, body.body);
    const view = await commentView(ctx, repo, { comment, on: placeOf(issue) }, { html: wantsHtml(headers) });
    return created(view, view.url);
  },
});

const get = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
  operation: "issues/get-comment",
  summary: "Get a comment",
  access: withIssueComment("read"),
  answer: commentShape,
  handle: ({ ctx, repo, issue, comment, headers }) =>
    commentView(ctx, repo, { comment, on: placeOf(issue) }, { html: wantsHtml(headers) }),
});

const update = route({
  method: "PATCH",
  path: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
  operation: "issues/update-comment",
  summary: "Change your comment",
  access: withIssueComment("read", asSpeaker),
  body: z.object({ body: commentBody }),
  answer: commentShape,
  handle: async ({ ctx, repo, issue, comment, body, headers }) => {
    const edited = await editComment(ctx, repo, issue, comment, body.body);
    return commentView(ctx, repo, { comment: edited, on: placeOf(issue) }, { html: wantsHtml(headers) });
  },
});

const remove = route({
  method: "DELETE",
  path: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
  operation: "issues/delete-comment",
  summary: "Delete a comment: your own, or any as a writer",
  access: withIssueComment("read", asSpeaker),
  answer: nothing,
  status: 204,
  handle: ({ ctx, repo, issue, comment }) => deleteComment(ctx, repo, issue, comment),
});

const restore = route({
  method: "PUT",
  path: "/repos/{owner}/{repo}/issues/comments/{comment_id}/restoration",
  operation: "issues/restore-comment",
  summary: "Take back that you deleted a comment, within ten minutes",
  access: asSpeaker,
  answer: commentShape,
  handle: async ({ ctx, repo, params }) => {
    if (!/^[1-9]\d{0,14}$/.test(params.comment_id)) throw notFound();
    const found = await restoreComment(ctx, repo, Number(params.comment_id));
    if (!found) throw new OtherKind();
    return commentView(ctx, repo, { comment: found.comment, on: placeOf(found.issue) });
  },
});

export const commentRoutes = [listOfIssue, listOfRepository, create, get, update, remove, restore];
