import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import { created, nothing, route } from "../../kernel/http/route.ts";
import { pagingQuery } from "../../kernel/paging.ts";
import { issueInput, verdictShape, wantsHtml } from "../issues/index.ts";
import { asPerson, withRepository } from "../repositories/index.ts";
import { editRoutes, reactionRoutes, seenThrough, type Text, type TextDoor } from "../texts/index.ts";
import {
  addCommitComment,
  deleteCommitComment,
  editCommitComment,
  restoreCommitComment,
} from "./commands.ts";
import { locate } from "./locate.ts";
import { mayChange, mayDelete, maySpeak } from "./policy.ts";
import { commentId, listCommitComments, requireCommit, withCommitComment, type OnCommit } from "./queries.ts";
import { commitComments } from "./schema.ts";
import { commitCommentShape, commitCommentView, commitCommentViews } from "./views.ts";

const ofCommit = "/repos/{owner}/{repo}/commits/{commit_sha}/comments";
const all = "/repos/{owner}/{repo}/comments";
const one = `${all}/{comment_id}` as const;
const asReader = withRepository("read");
const asSpeaker = asPerson("read", "repo:write");

const list = route({
  method: "GET",
  path: all,
  operation: "repos/list-commit-comments-for-repo",
  summary: "List the comments on the commits of a repository, oldest first",
  access: asReader,
  query: z.object(pagingQuery),
  answer: z.array(commitCommentShape),
  handle: async ({ ctx, repo, query, headers }) => {
    const page = await listCommitComments(ctx, repo, null, query);
    const html = wantsHtml(headers);
    return { ...page, items: await commitCommentViews(ctx, repo, page.items, { html }) };
  },
});

const listOfCommit = route({
  method: "GET",
  path: ofCommit,
  operation: "repos/list-comments-for-commit",
  summary: "List the comments on a commit, oldest first",
  access: asReader,
  query: z.object(pagingQuery),
  answer: z.array(commitCommentShape),
  handle: async ({ ctx, repo, params, query, headers }) => {
    const commit = await requireCommit(ctx, repo, params.commit_sha);
    const page = await listCommitComments(ctx, repo, commit, query);
    const html = wantsHtml(headers);
    return { ...page, items: await commitCommentViews(ctx, repo, page.items, { html }) };
  },
});

const number = z.int().min(1).max(100_000_000);

const create = route({
  method: "POST",
  path: ofCommit,
  operation: "repos/create-commit-comment",
  summary: "Comment on a commit, or on a line of what it changed",
  access: asSpeaker,
  body: z.object({
    body: issueInput.commentBody,
    path: z.string().max(4096).nullable().optional(),
    line: number.nullable().optional().describe("Of the file as the commit left it"),
    position: number.nullable().optional().describe("Lines below the first header of the file's patch"),
  }),
  answer: commitCommentShape,
  status: 201,
  handle: async ({ ctx, repo, params, body }) => {
    const commit = await requireCommit(ctx, repo, params.commit_sha);
    const place = await locate(ctx, repo, commit, body);
    const comment = await addCommitComment(ctx, repo, commit, { ...place, body: body.body });
    const view = await commitCommentView(ctx, repo, comment);
    return created(view, view.url);
  },
});

const get = route({
  method: "GET",
  path: one,
  operation: "repos/get-commit-comment",
  summary: "Get a comment on a commit",
  access: withCommitComment(asReader),
  answer: commitCommentShape,
  handle: ({ ctx, repo, comment, headers }) =>
    commitCommentView(ctx, repo, comment, { html: wantsHtml(headers) }),
});

const update = route({
  method: "PATCH",
  path: one,
  operation: "repos/update-commit-comment",
  summary: "Change your comment on a commit",
  access: withCommitComment(asSpeaker),
  body: z.object({ body: issueInput.commentBody }),
  answer: commitCommentShape,
  handle: async ({ ctx, repo, comment, body }) =>
    commitCommentView(ctx, repo, await editCommitComment(ctx, repo, comment, body.body)),
});

const remove = route({
  method: "DELETE",
  path: one,
  operation: "repos/delete-commit-comment",
  summary: "Delete a comment on a commit: your own, or any as a writer",
  access: withCommitComment(asSpeaker),
  answer: nothing,
  status: 204,
  handle: ({ ctx, repo, comment }) => deleteCommitComment(ctx, repo, comment),
});

const restore = route({
  method: "PUT",
  path: `${one}/restoration`,
  operation: "repos/restore-commit-comment",
  summary: "Take back that you deleted a comment on a commit, within ten minutes",
  access: asSpeaker,
  answer: commitCommentShape,
  handle: async ({ ctx, repo, params }) =>
    commitCommentView(ctx, repo, await restoreCommitComment(ctx, repo, commentId(params.comment_id))),
});

/** A page of the website shows at most so many comments of one commit. */
const mostShown = 200;

const page = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/commit-comments/{commit_sha}",
  operation: "web/get-commit-comments",
  summary: "The comments on a commit as its page shows them",
  access: asReader,
  internal: true,
  answer: z.object({
    comments: z.array(
      commitCommentShape.extend({ can: z.object({ edit: verdictShape, delete: verdictShape }) }),
    ),
    can: z.object({ comment: verdictShape }),
  }),
  handle: async ({ ctx, repo, params }) => {
    const commit = await requireCommit(ctx, repo, params.commit_sha);
    const { items } = await listCommitComments(ctx, repo, commit, { per_page: mostShown });
    const views = await commitCommentViews(ctx, repo, items, { html: true });
    return {
      comments: items.flatMap((comment, index) => {
        const view = views[index];
        const can = {
          edit: mayChange(ctx.actor, repo, comment),
          delete: mayDelete(ctx.actor, repo, comment),
        };
        return view ? [{ ...view, can }] : [];
      }),
      can: { comment: maySpeak(ctx.actor, repo) },
    };
  },
});

const textOf = (ctx: Context, { repo, comment }: OnCommit): Text => ({
  id: comment.id,
  kind: "commit_comment",
  authorId: comment.userId,
  speak: maySpeak(ctx.actor, repo),
  hold: async (tx) =>
    (
      await tx.db
        .select({ id: commitComments.id })
        .from(commitComments)
        .where(eq(commitComments.id, comment.id))
        .for("key share")
    ).length > 0,
});

const door: TextDoor = {
  path: one,
  noun: "commit-comment",
  seen: seenThrough(withCommitComment(asReader), textOf),
  spoken: seenThrough(withCommitComment(asSpeaker), textOf),
};

export const routes = [
  list,
  listOfCommit,
  create,
  get,
  update,
  remove,
  restore,
  page,
  ...reactionRoutes(door),
  ...editRoutes(door),
];
