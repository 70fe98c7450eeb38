import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import { notFound } from "../../../kernel/errors.ts";
import type { Context } from "../../../kernel/context.ts";
import { created, nothing, route } from "../../../kernel/http/route.ts";
import { pagingQuery } from "../../../kernel/paging.ts";
import { issueInput, wantsHtml } from "../../issues/index.ts";
import { asPerson, withRepository } from "../../repositories/index.ts";
import { asParticipant, withPullRequest } from "../access.ts";
import { catchUp } from "../heads.ts";
import { sha } from "../routes/input.ts";
import { prComments, pullRequests } from "../schema.ts";
import { withReviewComment } from "./access.ts";
import { addInline, editComment, reply, setResolved } from "./commands.ts";
import { deleteComment, restoreComment } from "./deletion.ts";
import { locate, type Wanted } from "./locate.ts";
import { isInline, listPullComments, type InlineComment, type PullComment } from "./queries.ts";
import { reviewCommentShape, reviewCommentView, reviewCommentViews } from "./views.ts";

const order = {
  sort: z.enum(["created", "updated"]).default("created"),
  direction: z.enum(["asc", "desc"]).default("asc"),
  since: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
};

const line = z.int().min(1).max(100_000_000);
const side = z.enum(["LEFT", "RIGHT"]);

/** Where a comment stands, in GitHub's words. */
export const placeInput = {
  path: z.string().min(1).max(4096),
  line: line.optional(),
  side: side.optional(),
  start_line: line.nullable().optional(),
  start_side: side.nullable().optional(),
  position: line.optional(),
  subject_type: z.enum(["line", "file"]).optional().describe("`file` speaks of the file as a whole"),
};

/** The same in ours. */
export const wantedOf = (
  input: z.output<z.ZodObject<typeof placeInput>>,
  commit: string | undefined,
): Wanted => ({
  path: input.path,
  line: input.line,
  side: input.side,
  startLine: input.start_line ?? undefined,
  startSide: input.start_side ?? undefined,
  position: input.position,
  subject: input.subject_type,
  commit,
});

const asWriter = asPerson("read", "repo:write");

async function placed(ctx: Context, comments: readonly PullComment[]) {
  const ids = [...new Set(comments.map((comment) => comment.prId))];
  const rows = await ctx.db.select().from(pullRequests).where(inArray(pullRequests.id, ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return comments.filter(isInline).flatMap((comment) => {
    const pull = byId.get(comment.prId);
    return pull ? [{ pull, comment }] : [];
  });
}

const listOfRepository = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/pulls/comments",
  operation: "pulls/list-review-comments-for-repo",
  summary: "List the comments on lines of all pull requests of a repository",
  access: withRepository("read"),
  query: z.object({ ...pagingQuery, ...order }),
  answer: z.array(reviewCommentShape),
  handle: async ({ ctx, repo, query, headers }) => {
    const mine = sql`${prComments.prId} in (select ${pullRequests.id} from ${pullRequests} where ${pullRequests.repoId} = ${repo.id})`;
    const page = await listPullComments(ctx, and(mine, isNotNull(prComments.path)), query, query);
    const options = { html: wantsHtml(headers) };
    return { ...page, items: await reviewCommentViews(ctx, repo, await placed(ctx, page.items), options) };
  },
});

const list = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/comments",
  operation: "pulls/list-review-comments",
  summary: "List the comments on lines of a pull request",
  access: withPullRequest("read"),
  query: z.object({ ...pagingQuery, ...order }),
  answer: z.array(reviewCommentShape),
  handle: async ({ ctx, repo, pull: seen, query, headers }) => {
    const pull = await catchUp(ctx, repo, seen);
    const scope = and(eq(prComments.prId, pull.id), isNotNull(prComments.path));
    const page = await listPullComments(ctx, scope, query, query);
    const list = page.items.filter(isInline).map((comment) => ({ pull, comment }));
    return { ...page, items: await reviewCommentViews(ctx, repo, list, { html: wantsHtml(headers) }) };
  },
});

const create = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/comments",
  operation: "pulls/create-review-comment",
  summary: "Comment on a line of a pull request, or answer in a thread",
  access: asParticipant(),
  body: z.object({
    body: issueInput.commentBody,
    commit_id: sha.optional().describe("The head unless told"),
    ...placeInput,
    path: placeInput.path.optional(),
    in_reply_to: z
      .int()
      .min(1)
      .optional()
      .describe("The thread's first comment; the place is not asked then"),
  }),
  answer: reviewCommentShape,
  status: 201,
  handle: async ({ ctx, repo, pull: seen, body, headers }) => {
    const pull = await catchUp(ctx, repo, seen);
    let comment: InlineComment;
    if (body.in_reply_to !== undefined) {
      const scope = and(eq(prComments.prId, pull.id), eq(prComments.apiId, body.in_reply_to));
      const [root] = (
        await listPullComments(ctx, scope, { sort: "created", direction: "asc" }, { per_page: 1 })
      ).items;
      if (!root || !isInline(root)) throw notFound();
      comment = await reply(ctx, repo, pull, root, body.body);
    } else {
      const place = await locate(
        ctx,
        repo,
        pull,
        wantedOf({ ...body, path: body.path ?? "" }, body.commit_id),
      );
      comment = await addInline(ctx, repo, pull, place, body.body);
    }
    const view = await reviewCommentView(ctx, repo, { pull, comment }, { html: wantsHtml(headers) });
    return created(view, view.url);
  },
});

const answer = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies",
  operation: "pulls/create-reply-for-review-comment",
  summary: "Answer in a thread",
  access: withReviewComment("read", asWriter),
  body: z.object({ body: issueInput.commentBody }),
  answer: reviewCommentShape,
  status: 201,
  handle: async ({ ctx, repo, pull, comment: root, body }) => {
    const comment = await reply(ctx, repo, pull, root, body.body);
    const view = await reviewCommentView(ctx, repo, { pull, comment });
    return created(view, view.url);
  },
});

const path = "/repos/{owner}/{repo}/pulls/comments/{comment_id}";

const get = route({
  method: "GET",
  path,
  operation: "pulls/get-review-comment",
  summary: "Get a comment on a line",
  access: withReviewComment("read"),
  answer: reviewCommentShape,
  handle: ({ ctx, repo, pull, comment, headers }) =>
    reviewCommentView(ctx, repo, { pull, comment }, { html: wantsHtml(headers) }),
});

const update = route({
  method: "PATCH",
  path,
  operation: "pulls/update-review-comment",
  summary: "Change your comment on a line",
  access: withReviewComment("read", asWriter),
  body: z.object({ body: issueInput.commentBody }),
  answer: reviewCommentShape,
  handle: async ({ ctx, repo, pull, comment, body, headers }) => {
    const edited = await editComment(ctx, repo, pull, comment, body.body);
    return reviewCommentView(ctx, repo, { pull, comment: edited }, { html: wantsHtml(headers) });
  },
});

const remove = route({
  method: "DELETE",
  path,
  operation: "pulls/delete-review-comment",
  summary: "Delete a comment on a line: your own, or any as a writer",
  access: withReviewComment("read", asWriter),
  answer: nothing,
  status: 204,
  handle: ({ ctx, repo, pull, comment }) => deleteComment(ctx, repo, pull, comment),
});

const restore = route({
  method: "PUT",
  path: `${path}/restoration`,
  operation: "pulls/restore-review-comment",
  summary: "Take back that you deleted a comment on a line, within ten minutes",
  access: asWriter,
  answer: reviewCommentShape,
  handle: async ({ ctx, repo, params }) => {
    const found = await restoreComment(ctx, repo, "review_comment", commentId(params.comment_id));
    if (!found || !isInline(found.comment)) throw notFound();
    return reviewCommentView(ctx, repo, { pull: found.pull, comment: found.comment });
  },
});

/** @throws Refusal 404 for what is no id */
export function commentId(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw notFound();
  return Number(text);
}

const resolution = (method: "PUT" | "DELETE", resolved: boolean) =>
  route({
    method,
    path: `${path}/resolution`,
    operation: resolved ? "pulls/resolve-thread" : "pulls/unresolve-thread",
    summary: resolved ? "Settle the thread of a comment" : "Open the thread of a comment again",
    access: withReviewComment("read", asWriter),
    answer: reviewCommentShape,
    handle: async ({ ctx, repo, pull, comment }) => {
      const root = await setResolved(ctx, repo, pull, comment, resolved);
      return reviewCommentView(ctx, repo, { pull, comment: root });
    },
  });

export const commentRoutes = [
  listOfRepository,
  list,
  create,
  answer,
  get,
  update,
  remove,
  restore,
  resolution("PUT", true),
  resolution("DELETE", false),
];
