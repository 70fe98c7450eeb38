import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { route } from "../../../kernel/http/route.ts";
import { simpleUser, simpleUserShape } from "../../accounts/index.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { withPullRequest } from "../access.ts";
import type { PullRequest } from "../queries.ts";
import { suggestReviewers } from "./suggestions.ts";

export const suggestionShape = z
  .object({
    user: simpleUserShape,
    reason: z.string().describe("In words: `wrote 40 % of the changed lines; 2 open reviews`"),
    share: z.number().describe("Of the changed lines that were there before, from 0 to 1"),
    reviewed: z.int().describe("Recent pull requests in which they commented on these files"),
    open_reviews: z.int(),
  })
  .meta({ id: "SuggestedReviewer" });

export async function suggestionViews(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
): Promise<z.input<typeof suggestionShape>[]> {
  const found = await suggestReviewers(ctx, repo, pull);
  return found.map(({ person, reason, share, reviewed, openReviews }) => ({
    user: simpleUser(ctx, person),
    reason,
    share,
    reviewed,
    open_reviews: openReviews,
  }));
}

const list = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/suggested_reviewers",
  operation: "pulls/suggest-reviewers",
  summary: "Who might review a pull request, and why, the best first; not at GitHub",
  access: withPullRequest("read"),
  answer: z.array(suggestionShape),
  handle: ({ ctx, repo, pull }) => suggestionViews(ctx, repo, pull),
});

export const suggestionRoutes = [list];
