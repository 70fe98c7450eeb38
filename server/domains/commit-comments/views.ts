/** GitHub's `commit-comment`. */
import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import { nodeId } from "../../kernel/ids.ts";
import { nullableSimpleUser, simpleUserShape, usersById } from "../accounts/index.ts";
import { associationShape, associationsOf, renderTexts } from "../issues/index.ts";
import { htmlUrl, repositoryUrl, type Repository } from "../repositories/index.ts";
import {
  editedShape,
  editedView,
  editsOf,
  reactionsOf,
  reactionsShape,
  reactionsView,
} from "../texts/index.ts";
import type { CommitComment } from "./queries.ts";

export const commitCommentShape = z
  .object({
    id: z.int(),
    node_id: z.string(),
    url: z.url(),
    html_url: z.url(),
    user: simpleUserShape.nullable(),
    body: z.string(),
    body_html: z.string().optional().describe("With Accept: application/vnd.github.full+json"),
    path: z.string().nullable(),
    line: z.int().nullable().describe("Of the file as the commit left it"),
    position: z.int().nullable(),
    commit_id: z.string(),
    author_association: associationShape,
    reactions: reactionsShape,
    edits: editedShape,
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "CommitComment" });

export type CommitCommentView = z.input<typeof commitCommentShape>;

/** Comments of one repository, in their order. */
export async function commitCommentViews(
  ctx: Context,
  repo: Repository,
  list: readonly CommitComment[],
  options: { readonly html?: boolean } = {},
): Promise<CommitCommentView[]> {
  const ids = list.map((comment) => comment.id);
  const authors = list.map((comment) => comment.userId);
  const [users, reactions, edits, associationOf, html] = await Promise.all([
    usersById(ctx, authors),
    reactionsOf(ctx, ids),
    editsOf(ctx, ids),
    associationsOf(
      ctx,
      authors.map((userId) => ({ repo, userId })),
    ),
    options.html
      ? renderTexts(
          ctx,
          list.map(({ body, apiId }) => ({ repo, body, scope: `commit-comment-${apiId}` })),
        )
      : [],
  ]);
  return list.map((comment, index) => {
    const url = `${repositoryUrl(ctx, repo)}/comments/${comment.apiId}`;
    return {
      id: comment.apiId,
      node_id: nodeId("CommitComment", comment.id),
      url,
      html_url: `${htmlUrl(ctx, repo)}/commit/${comment.commitSha}#commitcomment-${comment.apiId}`,
      user: nullableSimpleUser(ctx, users.get(comment.userId)),
      body: comment.body,
      ...(options.html ? { body_html: html[index] ?? "" } : {}),
      path: comment.path,
      line: comment.line,
      position: comment.position,
      commit_id: comment.commitSha,
      author_association: associationOf(repo, comment.userId),
      reactions: reactionsView(url, reactions.get(comment.id)),
      edits: editedView(edits.get(comment.id)),
      created_at: comment.createdAt.toISOString(),
      updated_at: comment.updatedAt.toISOString(),
    };
  });
}

/** The one view of one comment. */
export async function commitCommentView(
  ctx: Context,
  repo: Repository,
  comment: CommitComment,
  options: { readonly html?: boolean } = {},
): Promise<CommitCommentView> {
  const [view] = await commitCommentViews(ctx, repo, [comment], options);
  if (!view) throw new Error("a comment has a view");
  return view;
}
