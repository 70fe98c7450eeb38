/** Asking people and teams for a review. A team is asked as one: whichever member reviews answers for it. */
import { and, eq, inArray, or } from "drizzle-orm";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce, requireUser } from "../../../kernel/grants.ts";
import type { Owner } from "../../accounts/index.ts";
import { mayTriage } from "../../issues/index.ts";
import { teamsOf, type Team } from "../../organizations/index.ts";
import { permissionsOfUsers, type RepoWith } from "../../repositories/index.ts";
import { about, described } from "../commands/record.ts";
import * as facts from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { prReviewers } from "./schema.ts";

/** Who is, or shall be, asked. */
export interface Asked {
  readonly people: readonly Owner[];
  readonly teams: readonly Team[];
}

/** @throws Refusal 422 for the author, and for people and teams that cannot read the repository */
export async function requestReviews(
  ctx: Context,
  repo: RepoWith<"write">,
  pull: PullRequest,
  { people, teams }: Asked,
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
  if (teams.some((team) => team.orgId !== repo.owner.id))
    throw unprocessable("Reviews may only be requested from teams of the organization that owns it");
  await transact(ctx, async (tx) => {
    for (const { id } of people) await ask(tx, pull, { userId: id }, { byId: me.id, again: true });
    for (const { id } of teams) await ask(tx, pull, { teamId: id }, { byId: me.id, again: true });
  });
}

type Reviewer =
  | { readonly userId: string; readonly teamId?: undefined }
  | { readonly teamId: string; readonly userId?: undefined };

interface Asking {
  /** In whose name. */
  readonly byId: string;
  /** Also those who have answered once. */
  readonly again: boolean;
  /** Because they own files of the change. */
  readonly asOwner?: boolean;
}

/** Asks one, unless they are asked already. Locks the row of the request. */
export async function ask(
  tx: TransactionContext,
  pull: PullRequest,
  reviewer: Reviewer,
  { byId, again, asOwner = false }: Asking,
): Promise<void> {
  const now = tx.clock.now();
  const [known] = await tx.db
    .select()
    .from(prReviewers)
    .where(and(eq(prReviewers.prId, pull.id), whichIs(reviewer)))
    .for("update");
  if (known && (known.state === "pending" || !again)) return;
  const request = { state: "pending" as const, requestedById: byId, requestedAt: now, completedAt: null };
  const asked = known
    ? await tx.db.update(prReviewers).set(request).where(eq(prReviewers.id, known.id)).returning()
    : await tx.db
        .insert(prReviewers)
        .values({ prId: pull.id, ...reviewer, ...request, asOwner })
        .onConflictDoNothing()
        .returning();
  if (asked.length === 0) return;
  const subject = { ...about(pull), byId };
  await emit(tx, facts.reviewRequested, subject, {
    ...described(pull),
    ...named(reviewer),
    as_owner: asOwner,
  });
}

const whichIs = (reviewer: Reviewer) =>
  reviewer.userId === undefined
    ? eq(prReviewers.teamId, reviewer.teamId)
    : eq(prReviewers.userId, reviewer.userId);

const named = ({
  userId,
  teamId,
}: {
  readonly userId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
}) => ({
  ...(userId ? { reviewer_id: userId } : {}),
  ...(teamId ? { team_id: teamId } : {}),
});

export function withdrawRequests(
  ctx: Context,
  repo: RepoWith<"write">,
  pull: PullRequest,
  { people, teams }: Asked,
): Promise<void> {
  enforce(mayTriage(ctx.actor, repo));
  const ids = (list: readonly { readonly id: string }[]) => list.map((one) => one.id);
  return transact(ctx, async (tx) => {
    const gone = await tx.db
      .delete(prReviewers)
      .where(
        and(
          eq(prReviewers.prId, pull.id),
          eq(prReviewers.state, "pending"),
          or(inArray(prReviewers.userId, ids(people)), inArray(prReviewers.teamId, ids(teams))),
        ),
      )
      .returning();
    for (const row of gone)
      await emit(tx, facts.reviewRequestRemoved, about(pull), { ...described(pull), ...named(row) });
  });
}

/** A review answers what its author, and the teams that they are in, were asked. */
export async function completeRequests(
  tx: TransactionContext,
  pull: Pick<PullRequest, "id" | "authorId">,
  userId: string,
  at: Date,
): Promise<void> {
  // What an author says about their own change answers for nobody.
  const teams = userId === pull.authorId ? [] : await teamsOf(tx, userId);
  await tx.db
    .update(prReviewers)
    .set({ state: "completed", completedAt: at })
    .where(
      and(
        eq(prReviewers.prId, pull.id),
        eq(prReviewers.state, "pending"),
        or(eq(prReviewers.userId, userId), inArray(prReviewers.teamId, teams)),
      ),
    );
}
