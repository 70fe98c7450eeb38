import { and, eq } from "drizzle-orm";
import { notFound } from "../../../kernel/errors.ts";
import type { Level } from "../../../kernel/grants.ts";
import type { Access } from "../../../kernel/http/route.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { withPullRequest } from "../access.ts";
import type { PullRequest } from "../queries.ts";
import { prReviews } from "../schema.ts";
import { isSubmitted, type Review } from "./queries.ts";

/** Access to the review that `{review_id}` names, of the path's pull request and of no other. */
export function withReview<L extends Level>(
  level: L,
  pulls: Access<{ repo: RepoWith<L>; pull: PullRequest }> = withPullRequest(level),
): Access<{ repo: RepoWith<L>; pull: PullRequest; review: Review }> {
  return {
    name: pulls.name,
    resolve: async (ctx, params) => {
      const granted = await pulls.resolve(ctx, params);
      const id = params["review_id"] ?? "";
      if (!/^[1-9]\d{0,15}$/.test(id)) throw notFound();
      const [review] = await ctx.db
        .select()
        .from(prReviews)
        .where(and(eq(prReviews.apiId, Number(id)), eq(prReviews.prId, granted.pull.id), isSubmitted(ctx)));
      if (!review) throw notFound();
      return { ...granted, review };
    },
  };
}
