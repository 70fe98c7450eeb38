/** Asking people for a review. */
import { and, eq, inArray } from "drizzle-orm";
import { transact, type Context } from "../../../kernel/context.ts";
import { unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce, requireUser } from "../../../kernel/grants.ts";
import type { Owner } from "../../accounts/index.ts";
import { mayTriage } from "../../issues/index.ts";
import { permissionsOfUsers, type RepoWith } from "../../repositories/index.ts";
import { about, described } from "../commands/record.ts";
import * as facts from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { prReviewers } from "../schema.ts";

/** @throws Refusal 422 for the author, and for people who cannot read the repository */
export async function requestReviews(
  ctx: Context,
  repo: RepoWith<"write">,
  pull: PullRequest,
  people: readonly Owner[],
): Promise<void> {
  enforce(mayTriage(ctx.actor, repo));
  const me = requireUser(ctx.actor).user;
  if (people.some((person) => person.id === pull.authorId))
    throw unprocessable("Review cannot be requested from pull request author.");
  const rights = await permissionsOfUsers(
    ctx,
    repo,
    people.map((person) => person.id),
  );
  const blind = people.find((person) => !rights.has(person.id));
  if (blind) throw unprocessable("Reviews may only be requested from people who can read the repository");
  await transact(ctx, async (tx) => {
    for (const person of people) {
      const now = tx.clock.now();
      const [known] = await tx.db
        .select()
        .from(prReviewers)
        .where(and(eq(prReviewers.prId, pull.id), eq(prReviewers.userId, person.id)))
        .for("update");
      if (known?.state === "pending") continue;
      const asked = await tx.db
        .insert(prReviewers)
        .values({ prId: pull.id, userId: person.id, requestedById: me.id, requestedAt: now })
        .onConflictDoUpdate({
          target: [prReviewers.prId, prReviewers.userId],
          set: { state: "pending", requestedById: me.id, requestedAt: now, completedAt: null },
        })
        .returning();
      if (asked.length > 0)
        await emit(tx, facts.reviewRequested, about(pull), { ...described(pull), reviewer_id: person.id });
    }
  });
}

export function withdrawRequests(
  ctx: Context,
  repo: RepoWith<"write">,
  pull: PullRequest,
  people: readonly Owner[],
): Promise<void> {
  enforce(mayTriage(ctx.actor, repo));
  return transact(ctx, async (tx) => {
    const gone = await tx.db
      .delete(prReviewers)
      .where(
        and(
          eq(prReviewers.prId, pull.id),
          eq(prReviewers.state, "pending"),
          inArray(
            prReviewers.userId,
            people.map((person) => person.id),
          ),
        ),
      )
      .returning();
    for (const { userId } of gone)
      await emit(tx, facts.reviewRequestRemoved, about(pull), { ...described(pull), reviewer_id: userId });
  });
}
