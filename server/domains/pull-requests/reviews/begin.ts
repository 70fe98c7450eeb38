import { transact, type Context } from "../../../kernel/context.ts";
import { enforce, requireUser } from "../../../kernel/grants.ts";
import { mayComment } from "../../issues/index.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { count } from "../comments/commands.ts";
import type { PullRequest } from "../queries.ts";
import { prReviews } from "../schema.ts";
import { pendingReview, type Review } from "./queries.ts";

/** The review that the actor has begun on the head; begun now when there is none. */
export async function beginReview(ctx: Context, repo: RepoWith<"read">, pull: PullRequest): Promise<Review> {
  const me = requireUser(ctx.actor).user;
  return transact(ctx, async (tx) => {
    enforce(mayComment(tx.actor, repo, await count(tx, pull, {})));
    const begun = await pendingReview(tx, pull.id, me.id);
    if (begun) return begun;
    const time = tx.clock.now();
    const [review] = await tx.db
      .insert(prReviews)
      .values({
        prId: pull.id,
        userId: me.id,
        state: "pending",
        commitSha: pull.headSha,
        createdAt: time,
        updatedAt: time,
      })
      .returning();
    if (!review) throw new Error("the insert answered no row");
    return review;
  });
}
