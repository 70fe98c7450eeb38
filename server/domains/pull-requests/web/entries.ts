/** The timeline of a pull request as its page shows it: comments, reviews with their threads, single threads, events. */
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { simpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
import {
  commentShape,
  commentViews,
  crossReferenceShape,
  mayDeleteComment,
  mayEditComment,
  verdictShape,
} from "../../issues/index.ts";
import type { RepoWith } from "../../repositories/index.ts";
import type { InlineComment } from "../comments/queries.ts";
import { reviewCommentViews } from "../comments/views.ts";
import { mayDismiss, mayResolve } from "../policy.ts";
import { pullCrossReferenced } from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { mayApply } from "../suggestions/may-apply.ts";
import { reviewShape, reviewViews } from "../reviews/views.ts";
import type { Entry } from "../timeline/queries.ts";
import { briefly, tailOf, threadCommentShape } from "./thread-comments.ts";
import { crossReferenceViews } from "../timeline/cross-references.ts";
import { pullEventShape, pullEventViews } from "../timeline/views.ts";

const canEdit = z.object({ edit: verdictShape, delete: verdictShape });

export const threadShape = z
  .object({
    id: z.int().describe("Of its first comment: what replies and the resolution name"),
    path: z.string(),
    side: z.enum(["LEFT", "RIGHT"]),
    subject: z.enum(["line", "file"]),
    line: z.int().nullable(),
    start_line: z.int().nullable(),
    shown: z.boolean().describe("The diff of the pull request shows the line"),
    outdated: z.boolean(),
    resolved: z.boolean(),
    resolved_by: simpleUserShape.nullable(),
    pending: z.boolean().describe("Begun in a review that is not submitted"),
    about: z.array(z.string()).describe("The last lines of the diff before it, with their signs"),
    comments: z.array(threadCommentShape),
    can: z.object({ resolve: verdictShape }),
  })
  .meta({ id: "WebThread" });

export type ThreadView = z.input<typeof threadShape>;

export const entryShape = z.union([
  commentShape.extend({ event: z.literal("commented"), can: canEdit }),
  reviewShape.extend({
    event: z.literal("reviewed"),
    created_at: z.iso.datetime(),
    threads: z.array(threadShape),
    can: z.object({ edit: verdictShape, dismiss: verdictShape }),
  }),
  z.object({ event: z.literal("line-commented"), created_at: z.iso.datetime(), thread: threadShape }),
  z.object({
    event: z.literal("committed"),
    id: z.string(),
    created_at: z.iso.datetime(),
    commits: z.array(z.string()).describe("That came in together, as `commits` of the page has them"),
  }),
  crossReferenceShape,
  pullEventShape,
]);

/** The conversations on lines, oldest first. `pendingId` is the review that the reader has begun. */
export async function threadsOf(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  comments: readonly InlineComment[],
  pendingId: string | null,
): Promise<Map<string, ThreadView>> {
  const suggesting = comments.filter((comment) => comment.suggestion !== null);
  const [views, resolvers, appliable] = await Promise.all([
    reviewCommentViews(
      ctx,
      repo,
      comments.map((comment) => ({ pull, comment })),
      { html: true },
    ),
    usersById(
      ctx,
      comments.map((comment) => comment.resolvedById),
    ),
    mayApply(ctx, repo, pull, suggesting),
  ]);
  const threads = new Map<string, ThreadView>();
  for (const [index, comment] of comments.entries()) {
    const view = views[index];
    if (!view) continue;
    const suggested = appliable.get(comment.id);
    const shown = {
      ...briefly(view),
      lines: suggested?.lines ?? null,
      can: {
        apply: suggested?.verdict ?? "This comment suggests nothing",
        edit: mayEditComment(ctx.actor, repo, pull, comment),
        delete: mayDeleteComment(ctx.actor, repo, pull, comment),
      },
    };
    const known = threads.get(comment.replyToId ?? comment.id);
    if (known) {
      threads.set(comment.replyToId ?? comment.id, { ...known, comments: [...known.comments, shown] });
      continue;
    }
    if (comment.replyToId !== null) continue;
    const resolver = resolvers.get(comment.resolvedById ?? "");
    threads.set(comment.id, {
      id: comment.apiId,
      path: view.path,
      side: comment.side,
      subject: view.subject_type,
      line: view.line ?? null,
      start_line: view.start_line,
      shown: typeof view.position === "number",
      outdated: view.subject_type === "line" && (view.line ?? null) === null,
      resolved: comment.isResolved,
      resolved_by: resolver ? simpleUser(ctx, resolver) : null,
      pending: comment.reviewId !== null && comment.reviewId === pendingId,
      about: tailOf(view.diff_hunk),
      comments: [shown],
      can: { resolve: mayResolve(ctx.actor, repo, pull, comment) },
    });
  }
  return threads;
}

/** @param inline all inline comments of the pull request, to which the threads belong */
export async function entryViews(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  entries: readonly Entry[],
  inline: { readonly comments: readonly InlineComment[]; readonly threads: ReadonlyMap<string, ThreadView> },
): Promise<z.input<typeof entryShape>[]> {
  const comments = entries.flatMap((entry) => (entry.kind === "comment" ? [entry.comment] : []));
  const reviews = entries.flatMap((entry) => (entry.kind === "review" ? [entry.review] : []));
  const told = entries.flatMap((entry) => (entry.kind === "event" ? [entry.fact] : []));
  const on = { kind: "pull_request", number: pull.number } as const;
  const [commentList, reviewList, eventList, naming] = await Promise.all([
    commentViews(
      ctx,
      repo,
      comments.map((comment) => ({ on, comment })),
      { html: true },
    ),
    reviewViews(ctx, repo, pull, reviews, { html: true }),
    pullEventViews(ctx, repo, pull, told),
    crossReferenceViews(ctx, told),
  ]);
  const commentOf = new Map(comments.map((comment, index) => [comment.id, commentList[index]]));
  const reviewOf = new Map(reviews.map((review, index) => [review.id, reviewList[index]]));
  const eventOf = new Map(told.map((fact, index) => [fact.id, eventList[index]]));
  const threadsIn = (reviewId: string) =>
    inline.comments.flatMap((comment) => {
      const thread = comment.reviewId === reviewId ? inline.threads.get(comment.id) : undefined;
      return thread ? [thread] : [];
    });
  return entries.flatMap((entry): z.input<typeof entryShape>[] => {
    switch (entry.kind) {
      case "comment": {
        const view = commentOf.get(entry.comment.id);
        const can = {
          edit: mayEditComment(ctx.actor, repo, pull, entry.comment),
          delete: mayDeleteComment(ctx.actor, repo, pull, entry.comment),
        };
        return view ? [{ ...view, event: "commented", can }] : [];
      }
      case "review": {
        const view = reviewOf.get(entry.review.id);
        const can = {
          edit: mayEditComment(ctx.actor, repo, pull, entry.review),
          dismiss: mayDismiss(ctx.actor, repo, entry.review),
        };
        const at = (entry.review.submittedAt ?? entry.review.createdAt).toISOString();
        const threads = threadsIn(entry.review.id);
        return view ? [{ ...view, event: "reviewed", created_at: at, threads, can }] : [];
      }
      case "thread": {
        const thread = inline.threads.get(entry.root.id);
        return thread
          ? [{ event: "line-commented", created_at: entry.root.createdAt.toISOString(), thread }]
          : [];
      }
      case "event": {
        const isNaming = entry.fact.type === pullCrossReferenced.name;
        const view = (isNaming ? naming : eventOf).get(entry.fact.id);
        return view ? [view] : [];
      }
      case "commits":
        return [
          {
            event: "committed",
            id: entry.id,
            created_at: entry.at.toISOString(),
            commits: entry.commits.map((commit) => commit.oid),
          },
        ];
    }
  });
}
