/** GitHub's `pull-request-review`. */
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { nodeId } from "../../../kernel/ids.ts";
import { nullableSimpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
import { associationShape, associationsOf, renderTexts } from "../../issues/index.ts";
import type { Repository } from "../../repositories/index.ts";
import {
  editedShape,
  editedView,
  editsOf,
  reactionsOf,
  reactionsShape,
  reactionsView,
} from "../../texts/index.ts";
import { placesOf } from "../views.ts";
import type { PullRequest } from "../queries.ts";
import type { Review } from "./queries.ts";

const linkShape = z.object({ href: z.string() });

export const reviewShape = z
  .object({
    id: z.int(),
    node_id: z.string(),
    user: simpleUserShape.nullable(),
    body: z.string(),
    body_html: z.string().optional().describe("With Accept: application/vnd.github.full+json"),
    state: z.enum(["PENDING", "APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"]),
    html_url: z.url(),
    pull_request_url: z.url(),
    reactions: reactionsShape.describe("Not at GitHub"),
    edits: editedShape,
    author_association: associationShape,
    commit_id: z.string(),
    submitted_at: z.iso.datetime().optional(),
    _links: z.object({ html: linkShape, pull_request: linkShape }),
  })
  .meta({ id: "Review" });

export type ReviewView = z.input<typeof reviewShape>;

const words = {
  pending: "PENDING",
  approved: "APPROVED",
  changes_requested: "CHANGES_REQUESTED",
  commented: "COMMENTED",
} as const;

/** Reviews of one pull request, in their order. */
export async function reviewViews(
  ctx: Context,
  repo: Repository,
  pull: Pick<PullRequest, "number">,
  list: readonly Review[],
  options: { readonly html?: boolean } = {},
): Promise<ReviewView[]> {
  const ids = list.map((review) => review.id);
  const [users, reactions, edits, associationOf, html] = await Promise.all([
    usersById(
      ctx,
      list.map((review) => review.userId),
    ),
    reactionsOf(ctx, ids),
    editsOf(ctx, ids),
    associationsOf(
      ctx,
      list.map((review) => ({ repo, userId: review.userId })),
    ),
    options.html
      ? renderTexts(
          ctx,
          list.map((review) => ({ repo, body: review.body ?? "", scope: `review-${review.apiId}` })),
        )
      : [],
  ]);
  const places = placesOf(ctx, repo, pull.number);
  return list.map((review, index) => {
    const htmlUrl = `${places.html}#pullrequestreview-${review.apiId}`;
    return {
      id: review.apiId,
      node_id: nodeId("PullRequestReview", review.id),
      user: nullableSimpleUser(ctx, users.get(review.userId)),
      body: review.body ?? "",
      ...(options.html ? { body_html: html[index] ?? "" } : {}),
      state: review.dismissedAt ? "DISMISSED" : words[review.state],
      html_url: htmlUrl,
      pull_request_url: places.url,
      reactions: reactionsView(`${places.url}/reviews/${review.apiId}`, reactions.get(review.id)),
      edits: editedView(edits.get(review.id)),
      author_association: associationOf(repo, review.userId),
      commit_id: review.commitSha,
      ...(review.submittedAt ? { submitted_at: review.submittedAt.toISOString() } : {}),
      _links: { html: { href: htmlUrl }, pull_request: { href: places.url } },
    };
  });
}

/** The one view of one review. */
export async function reviewView(
  ctx: Context,
  repo: Repository,
  pull: Pick<PullRequest, "number">,
  review: Review,
  options: { readonly html?: boolean } = {},
): Promise<ReviewView> {
  const [view] = await reviewViews(ctx, repo, pull, [review], options);
  if (!view) throw new Error("a review has a view");
  return view;
}
