/** GitHub's `issue-comment`, for comments on issues and on pull requests. */
import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import { nodeId } from "../../kernel/ids.ts";
import { nullableSimpleUser, simpleUserShape, usersById } from "../accounts/index.ts";
import { repositoryUrl, type Repository } from "../repositories/index.ts";
import {
  editedShape,
  editedView,
  editsOf,
  reactionsOf,
  reactionsShape,
  reactionsView,
} from "../texts/index.ts";
import { associationShape, associationsOf } from "./associations.ts";
import type { Comment } from "./queries.ts";
import { renderTexts } from "./text.ts";
import { pageOf, type Discussion } from "./views.ts";

export const commentShape = z
  .object({
    id: z.int(),
    node_id: z.string(),
    url: z.string(),
    html_url: z.string(),
    issue_url: z.string(),
    body: z.string(),
    body_html: z.string().optional().describe("With Accept: application/vnd.github.full+json"),
    user: simpleUserShape.nullable(),
    created_at: z.string(),
    updated_at: z.string(),
    reactions: reactionsShape,
    edits: editedShape,
    author_association: associationShape,
    performed_via_github_app: z.null(),
  })
  .meta({ id: "IssueComment" });

export type CommentView = z.input<typeof commentShape>;

/** A comment and where it stands. */
export interface PlacedComment {
  readonly on: Pick<Discussion, "kind" | "number">;
  readonly comment: Pick<Comment, "id" | "apiId" | "userId" | "body" | "createdAt" | "updatedAt">;
}

/** Comments of one repository, in their order. */
export async function commentViews(
  ctx: Context,
  repo: Repository,
  list: readonly PlacedComment[],
  options: { readonly html?: boolean } = {},
): Promise<CommentView[]> {
  const authorIds = list.map(({ comment }) => comment.userId);
  const ids = list.map(({ comment }) => comment.id);
  const [users, reactions, edits, associationOf, html] = await Promise.all([
    usersById(ctx, authorIds),
    reactionsOf(ctx, ids),
    editsOf(ctx, ids),
    associationsOf(
      ctx,
      authorIds.map((userId) => ({ repo, userId })),
    ),
    options.html
      ? renderTexts(
          ctx,
          list.map(({ comment }) => ({ repo, body: comment.body, scope: `comment-${comment.apiId}` })),
        )
      : [],
  ]);
  const repository = repositoryUrl(ctx, repo);
  return list.map(({ on, comment }, index) => ({
    id: comment.apiId,
    node_id: nodeId("IssueComment", comment.id),
    url: `${repository}/issues/comments/${comment.apiId}`,
    html_url: `${pageOf(ctx, repo, on)}#issuecomment-${comment.apiId}`,
    issue_url: `${repository}/issues/${on.number}`,
    body: comment.body,
    ...(options.html ? { body_html: html[index] ?? "" } : {}),
    user: nullableSimpleUser(ctx, users.get(comment.userId)),
    created_at: comment.createdAt.toISOString(),
    updated_at: comment.updatedAt.toISOString(),
    reactions: reactionsView(`${repository}/issues/comments/${comment.apiId}`, reactions.get(comment.id)),
    edits: editedView(edits.get(comment.id)),
    author_association: associationOf(repo, comment.userId),
    performed_via_github_app: null,
  }));
}

/** The one view of one comment. */
export async function commentView(
  ctx: Context,
  repo: Repository,
  placed: PlacedComment,
  options: { readonly html?: boolean } = {},
): Promise<CommentView> {
  const [view] = await commentViews(ctx, repo, [placed], options);
  if (!view) throw new Error("a comment has a view");
  return view;
}
