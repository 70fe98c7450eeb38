/** GitHub's paths of comments and history for the numbers that are pull requests. */
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { OtherKind } from "../../../kernel/errors.ts";
import { created, nothing, route } from "../../../kernel/http/route.ts";
import { pagingQuery } from "../../../kernel/paging.ts";
import { simpleUser, simpleUserShape } from "../../accounts/index.ts";
import {
  commentShape,
  commentView,
  commentViews,
  crossReferenceShape,
  issueInput,
  wantsHtml,
} from "../../issues/index.ts";
import { asPerson, gitCommitShape, gitCommitView } from "../../repositories/index.ts";
import { asParticipant, withPullRequest } from "../access.ts";
import { withPullComment } from "../comments/access.ts";
import { addComment, editComment } from "../comments/commands.ts";
import { deleteComment, restoreComment } from "../comments/deletion.ts";
import { commentId } from "../comments/routes.ts";
import { isGeneral, listPullComments } from "../comments/queries.ts";
import { reviewCommentShape, reviewCommentViews } from "../comments/views.ts";
import { pullCrossReferenced } from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { reviewShape, reviewViews } from "../reviews/views.ts";
import { prComments } from "../schema.ts";
import { readTimeline } from "../timeline/queries.ts";
import { crossReferenceViews } from "../timeline/cross-references.ts";
import { pullEventShape, pullEventViews } from "../timeline/views.ts";

const path = "/repos/{owner}/{repo}/issues/{issue_number}";
const placeOf = ({ number }: Pick<PullRequest, "number">) => ({ kind: "pull_request", number }) as const;

const list = route({
  method: "GET",
  path: `${path}/comments`,
  operation: "issues/list-comments",
  summary: "List the general comments of a pull request, oldest first",
  access: withPullRequest("read"),
  query: z.object({
    ...pagingQuery,
    since: z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text))
      .optional(),
  }),
  answer: z.array(commentShape),
  handle: async ({ ctx, repo, pull, query, headers }) => {
    const scope = and(eq(prComments.prId, pull.id), isGeneral);
    const order = { sort: "created", direction: "asc", since: query.since } as const;
    const page = await listPullComments(ctx, scope, order, query);
    const placed = page.items.map((comment) => ({ comment, on: placeOf(pull) }));
    return { ...page, items: await commentViews(ctx, repo, placed, { html: wantsHtml(headers) }) };
  },
});

const create = route({
  method: "POST",
  path: `${path}/comments`,
  operation: "issues/create-comment",
  summary: "Comment on a pull request",
  access: asParticipant(),
  body: z.object({ body: issueInput.commentBody }),
  answer: commentShape,
  status: 201,
  handle: async ({ ctx, repo, pull, body, headers }) => {
    const comment = await addComment(ctx, repo, pull, body.body);
    const view = await commentView(ctx, repo, { comment, on: placeOf(pull) }, { html: wantsHtml(headers) });
    return created(view, view.url);
  },
});

const one = "/repos/{owner}/{repo}/issues/comments/{comment_id}";
const asWriter = asPerson("read", "repo:write");

const get = route({
  method: "GET",
  path: one,
  operation: "issues/get-comment",
  summary: "Get a comment",
  access: withPullComment("read"),
  answer: commentShape,
  handle: ({ ctx, repo, pull, comment, headers }) =>
    commentView(ctx, repo, { comment, on: placeOf(pull) }, { html: wantsHtml(headers) }),
});

const update = route({
  method: "PATCH",
  path: one,
  operation: "issues/update-comment",
  summary: "Change your comment",
  access: withPullComment("read", asWriter),
  body: z.object({ body: issueInput.commentBody }),
  answer: commentShape,
  handle: async ({ ctx, repo, pull, comment, body, headers }) => {
    const edited = await editComment(ctx, repo, pull, comment, body.body);
    return commentView(ctx, repo, { comment: edited, on: placeOf(pull) }, { html: wantsHtml(headers) });
  },
});

const remove = route({
  method: "DELETE",
  path: one,
  operation: "issues/delete-comment",
  summary: "Delete a comment: your own, or any as a writer",
  access: withPullComment("read", asWriter),
  answer: nothing,
  status: 204,
  handle: ({ ctx, repo, pull, comment }) => deleteComment(ctx, repo, pull, comment),
});

const restore = route({
  method: "PUT",
  path: `${one}/restoration`,
  operation: "issues/restore-comment",
  summary: "Take back that you deleted a comment, within ten minutes",
  access: asWriter,
  answer: commentShape,
  handle: async ({ ctx, repo, params }) => {
    const found = await restoreComment(ctx, repo, "pull_request_comment", commentId(params.comment_id));
    if (!found) throw new OtherKind();
    return commentView(ctx, repo, { comment: found.comment, on: placeOf(found.pull) });
  },
});

const events = route({
  method: "GET",
  path: `${path}/events`,
  operation: "issues/list-events",
  summary: "What happened to a pull request, oldest first",
  access: withPullRequest("read"),
  query: z.object(pagingQuery),
  answer: z.array(pullEventShape),
  handle: async ({ ctx, repo, pull, query }) => {
    const page = await readTimeline(ctx, repo, pull, query, "events");
    const told = page.items.flatMap((entry) => (entry.kind === "event" ? [entry.fact] : []));
    return { ...page, items: await pullEventViews(ctx, repo, pull, told) };
  },
});

/** GitHub names somebody in every entry; who is gone is `ghost`. */
const ghost = { id: "ghost", apiId: 0, login: "ghost", type: "user" } as const;

const timelineShape = z.union([
  commentShape.extend({ event: z.literal("commented"), actor: simpleUserShape, user: simpleUserShape }),
  reviewShape.extend({ event: z.literal("reviewed"), user: simpleUserShape }),
  z.object({ event: z.literal("line-commented"), comments: z.array(reviewCommentShape) }),
  gitCommitShape.extend({ event: z.literal("committed") }),
  crossReferenceShape,
  pullEventShape,
]);

const timeline = route({
  method: "GET",
  path: `${path}/timeline`,
  operation: "issues/list-events-for-timeline",
  summary: "What happened to a pull request and what was said, oldest first",
  access: withPullRequest("read"),
  query: z.object(pagingQuery),
  answer: z.array(timelineShape),
  handle: async ({ ctx, repo, pull, query, headers }) => {
    const page = await readTimeline(ctx, repo, pull, query, "each-commit");
    const naming = await crossReferenceViews(
      ctx,
      page.items.flatMap((entry) => (entry.kind === "event" ? [entry.fact] : [])),
    );
    const html = { html: wantsHtml(headers) };
    const unknown = simpleUser(ctx, ghost);
    const shown = await Promise.all(
      page.items.map(async (entry): Promise<z.input<typeof timelineShape>[]> => {
        if (entry.kind === "comment") {
          const placed = { comment: entry.comment, on: placeOf(pull) };
          const view = await commentView(ctx, repo, placed, html);
          const user = view.user ?? unknown;
          return [{ ...view, event: "commented", actor: user, user }];
        }
        if (entry.kind === "review")
          return (await reviewViews(ctx, repo, pull, [entry.review], html)).map((view) => ({
            ...view,
            event: "reviewed",
            user: view.user ?? unknown,
          }));
        if (entry.kind === "commits")
          return entry.commits.map((commit) => ({
            ...gitCommitView(ctx, repo, commit),
            event: "committed" as const,
          }));
        if (entry.kind === "event") {
          if (entry.fact.type !== pullCrossReferenced.name)
            return pullEventViews(ctx, repo, pull, [entry.fact]);
          const view = naming.get(entry.fact.id);
          return view ? [view] : [];
        }
        const comments = await reviewCommentViews(ctx, repo, [{ pull, comment: entry.root }], html);
        return [{ event: "line-commented", comments }];
      }),
    );
    return { ...page, items: shown.flat() };
  },
});

export const conversationRoutes = [list, create, get, update, remove, restore, events, timeline];
