/** Asking people for a review. */
import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { transact, type Context } from "../../../kernel/context.ts";
import { invalid, unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce, requireUser } from "../../../kernel/grants.ts";
import { created, route } from "../../../kernel/http/route.ts";
import { simpleUser, simpleUserShape, usersById, usersByLogin, type Owner } from "../../accounts/index.ts";
import { mayTriage } from "../../issues/index.ts";
import { permissionsOfUsers, type RepoWith } from "../../repositories/index.ts";
import { withPullRequest } from "../access.ts";
import { about, described } from "../commands/record.ts";
import * as facts from "../events.ts";
import { requestedReviewersOf, type PullRequest } from "../queries.ts";
import { prReviewers } from "../schema.ts";
import { simplePullShape } from "../shapes.ts";
import { simplePullView } from "../views.ts";

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

const path = "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers";

const body = z.object({
  reviewers: z.array(z.string().min(1).max(100)).max(50).default([]),
  team_reviewers: z.array(z.string()).max(0, "This forge has no teams to ask").default([]),
});

/** @throws Refusal 422 that names who is unknown */
async function named(ctx: Context, logins: readonly string[]): Promise<Owner[]> {
  const people = await usersByLogin(ctx, logins);
  const unknown = logins.filter((login) => !people.has(login.toLowerCase()));
  if (unknown.length > 0) throw invalid("PullRequest", "reviewers", `Nobody is called ${unknown.join(", ")}`);
  return [...people.values()];
}

const list = route({
  method: "GET",
  path,
  operation: "pulls/list-requested-reviewers",
  summary: "List who is asked for a review and has not given one",
  access: withPullRequest("read"),
  answer: z.object({ users: z.array(simpleUserShape), teams: z.array(z.never()) }),
  handle: async ({ ctx, pull }) => {
    const ids = (await requestedReviewersOf(ctx, [pull.id])).get(pull.id) ?? [];
    const people = await usersById(ctx, ids);
    const users = ids.flatMap((id) => {
      const person = people.get(id);
      return person ? [simpleUser(ctx, person)] : [];
    });
    return { users, teams: [] };
  },
});

const add = route({
  method: "POST",
  path,
  operation: "pulls/request-reviewers",
  summary: "Ask people for a review",
  access: withPullRequest("write"),
  body,
  answer: simplePullShape,
  status: 201,
  handle: async ({ ctx, repo, pull, body: input }) => {
    await requestReviews(ctx, repo, pull, await named(ctx, input.reviewers));
    const view = await simplePullView(ctx, repo, pull);
    return created(view, view.url);
  },
});

const remove = route({
  method: "DELETE",
  path,
  operation: "pulls/remove-requested-reviewers",
  summary: "Ask people no longer",
  access: withPullRequest("write"),
  body,
  answer: simplePullShape,
  handle: async ({ ctx, repo, pull, body: input }) => {
    await withdrawRequests(ctx, repo, pull, await named(ctx, input.reviewers));
    return simplePullView(ctx, repo, pull);
  },
});

export const requestRoutes = [list, add, remove];
