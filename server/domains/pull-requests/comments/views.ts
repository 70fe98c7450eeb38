/** GitHub's `pull-request-review-comment`. */
import { inArray } from "drizzle-orm";
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { nodeId } from "../../../kernel/ids.ts";
import { nullableSimpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
import { associationShape, associationsOf, renderTexts } from "../../issues/index.ts";
import { repositoryUrl, type Repository } from "../../repositories/index.ts";
import {
  editedShape,
  editedView,
  editsOf,
  reactionsOf,
  reactionsShape,
  reactionsView,
} from "../../texts/index.ts";
import type { PullRequest } from "../queries.ts";
import { prComments, prReviews } from "../schema.ts";
import { placesOf } from "../views.ts";
import { standingsOf, type Standing } from "./follow.ts";
import { isOnLine, type InlineComment } from "./queries.ts";

const linkShape = z.object({ href: z.string() });
const sideShape = z.enum(["LEFT", "RIGHT"]);

export const reviewCommentShape = z
  .object({
    id: z.int(),
    node_id: z.string(),
    url: z.string(),
    html_url: z.url(),
    pull_request_url: z.url(),
    pull_request_review_id: z.int().nullable(),
    in_reply_to_id: z.int().optional(),
    user: simpleUserShape.nullable(),
    body: z.string(),
    body_html: z.string().optional().describe("With Accept: application/vnd.github.full+json"),
    path: z.string(),
    diff_hunk: z.string(),
    commit_id: z.string(),
    original_commit_id: z.string(),
    subject_type: z.enum(["line", "file"]),
    side: sideShape,
    start_side: sideShape.nullable(),
    line: z.int().optional().describe("Absent when the line was changed since or is gone, and on files"),
    start_line: z.int().nullable(),
    position: z
      .int()
      .nullable()
      .optional()
      .describe("Absent where the diff does not show the line; null among the comments of a review"),
    original_line: z.int().optional().describe("Absent on files"),
    original_start_line: z.int().nullable(),
    original_position: z.int(),
    suggestion: z
      .object({ text: z.string(), applied: z.boolean(), commit_id: z.string().nullable() })
      .nullable()
      .describe("What the first suggestion block puts in the place of the lines; not at GitHub"),
    is_resolved: z.boolean().describe("Not at GitHub, which has this in GraphQL only"),
    resolved_by: simpleUserShape.nullable(),
    reactions: reactionsShape,
    edits: editedShape,
    author_association: associationShape,
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    _links: z.object({ self: linkShape, html: linkShape, pull_request: linkShape }),
  })
  .meta({ id: "ReviewComment" });

export type ReviewCommentView = z.input<typeof reviewCommentShape>;

export interface PlacedInline {
  readonly pull: PullRequest;
  readonly comment: InlineComment;
}

/** Comments of one repository, in their order. */
export async function reviewCommentViews(
  ctx: Context,
  repo: Repository,
  list: readonly PlacedInline[],
  options: { readonly html?: boolean } = {},
): Promise<ReviewCommentView[]> {
  const ids = list.map(({ comment }) => comment.id);
  const [users, reactions, edits, associationOf, standings, apiIds, html] = await Promise.all([
    usersById(
      ctx,
      list.flatMap(({ comment }) => [comment.userId, comment.resolvedById]),
    ),
    reactionsOf(ctx, ids),
    editsOf(ctx, ids),
    associationsOf(
      ctx,
      list.map(({ comment }) => ({ repo, userId: comment.userId })),
    ),
    standingsOfAll(ctx, repo, list),
    numbersOf(ctx, list),
    options.html
      ? renderTexts(
          ctx,
          list.map(({ comment }) => ({ repo, body: comment.body, scope: `comment-${comment.apiId}` })),
        )
      : [],
  ]);
  const repository = repositoryUrl(ctx, repo);
  return list.map(({ pull, comment }, index) => {
    const places = placesOf(ctx, repo, pull.number);
    const url = `${repository}/pulls/comments/${comment.apiId}`;
    const htmlUrl = `${places.html}#discussion_r${comment.apiId}`;
    const now = standings.get(comment.id);
    const parent = apiIds.get(comment.replyToId ?? "");
    return {
      id: comment.apiId,
      node_id: nodeId("PullRequestReviewComment", comment.id),
      url,
      html_url: htmlUrl,
      pull_request_url: places.url,
      pull_request_review_id: apiIds.get(comment.reviewId ?? "") ?? null,
      ...(parent === undefined ? {} : { in_reply_to_id: parent }),
      user: nullableSimpleUser(ctx, users.get(comment.userId)),
      body: comment.body,
      ...(options.html ? { body_html: html[index] ?? "" } : {}),
      path: now?.path ?? comment.path,
      diff_hunk: comment.diffHunk ?? "",
      commit_id: now?.commit ?? comment.originalCommitSha,
      original_commit_id: comment.originalCommitSha,
      subject_type: comment.originalLine === null ? "file" : "line",
      side: comment.side,
      start_side: comment.originalStartLine === null ? null : comment.side,
      ...(typeof now?.line === "number" ? { line: now.line } : {}),
      start_line: now?.startLine ?? null,
      ...(typeof now?.position === "number" ? { position: now.position } : {}),
      original_position: now?.originalPosition ?? 1,
      ...(comment.originalLine === null ? {} : { original_line: comment.originalLine }),
      original_start_line: comment.originalStartLine,
      suggestion:
        comment.suggestion === null
          ? null
          : {
              text: comment.suggestion,
              applied: comment.suggestionApplied,
              commit_id: comment.suggestionCommitSha,
            },
      is_resolved: comment.isResolved,
      resolved_by: nullableSimpleUser(ctx, users.get(comment.resolvedById ?? "")),
      reactions: reactionsView(url, reactions.get(comment.id)),
      edits: editedView(edits.get(comment.id)),
      author_association: associationOf(repo, comment.userId),
      created_at: comment.createdAt.toISOString(),
      updated_at: comment.updatedAt.toISOString(),
      _links: { self: { href: url }, html: { href: htmlUrl }, pull_request: { href: places.url } },
    };
  });
}

/** The one view of one comment. */
export async function reviewCommentView(
  ctx: Context,
  repo: Repository,
  placed: PlacedInline,
  options: { readonly html?: boolean } = {},
): Promise<ReviewCommentView> {
  const [view] = await reviewCommentViews(ctx, repo, [placed], options);
  if (!view) throw new Error("a comment has a view");
  return view;
}

async function standingsOfAll(ctx: Context, repo: Repository, list: readonly PlacedInline[]) {
  const all = new Map<string, Standing>();
  for (const [, group] of Map.groupBy(list, ({ pull }) => pull.id)) {
    const [first] = group;
    if (!first) continue;
    const comments = group.map(({ comment }) => comment).filter(isOnLine);
    for (const [id, found] of await standingsOf(ctx, repo, first.pull, comments)) all.set(id, found);
  }
  return all;
}

/** The integer ids of the reviews and comments that the comments name. */
async function numbersOf(ctx: Context, list: readonly PlacedInline[]): Promise<Map<string, number>> {
  const ids = (of: "reviewId" | "replyToId") => [
    ...new Set(list.flatMap(({ comment }) => comment[of] ?? [])),
  ];
  const [reviews, comments] = await Promise.all([
    ctx.db
      .select({ id: prReviews.id, apiId: prReviews.apiId })
      .from(prReviews)
      .where(inArray(prReviews.id, ids("reviewId"))),
    ctx.db
      .select({ id: prComments.id, apiId: prComments.apiId })
      .from(prComments)
      .where(inArray(prComments.id, ids("replyToId"))),
  ]);
  return new Map([...reviews, ...comments].map((row) => [row.id, row.apiId]));
}
