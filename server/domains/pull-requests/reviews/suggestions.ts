/** Who might review: who wrote what is changed, and who reviewed it lately, those with less to do first. */
import { and, countDistinct, desc, eq, inArray, ne, sql } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { usersById, type Owner } from "../../accounts/index.ts";
import { user } from "../../accounts/schema.ts";
import {
  gitOf,
  peopleByEmail,
  permissionsOfUsers,
  visibleTo,
  type RepoWith,
} from "../../repositories/index.ts";
import { repositories } from "../../repositories/schema.ts";
import { forkPoint } from "../contents.ts";
import type { PullRequest } from "../queries.ts";
import { prComments, pullRequests } from "../schema.ts";
import { prReviewers } from "./schema.ts";
import { formerAuthors } from "./former-authors.ts";
import { requestsOf } from "./asked.ts";
import { verdictsOf } from "./queries.ts";

export interface Suggestion {
  readonly person: Owner;
  /** Of the changed lines that were there before, from 0 to 1. */
  readonly share: number;
  /** Pull requests on whose comments to these files they are found, among the latest of the repository. */
  readonly reviewed: number;
  /** Reviews that they are asked for and have not given, as far as the reader may see where. */
  readonly openReviews: number;
  /** Why, in words. */
  readonly reason: string;
}

const mostSuggested = 5;
const mostCandidates = 30;
const latestPulls = 200;

/** The best first, at most five; none who was asked already, who has judged, or who may not read. */
export async function suggestReviewers(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
): Promise<Suggestion[]> {
  const wrote = await formerAuthors(gitOf(ctx, repo), await forkPoint(ctx, repo, pull), pull.headSha);
  const [people, reviewed] = await Promise.all([
    peopleByEmail(ctx, [...wrote.lines.keys()].slice(0, 200)),
    reviewersOf(ctx, pull, wrote.paths),
  ]);
  const lines = new Map<string, number>();
  for (const [address, count] of wrote.lines) {
    const person = people.get(address);
    if (person) lines.set(person.id, (lines.get(person.id) ?? 0) + count);
  }
  const ids = await askable(ctx, repo, pull, [...new Set([...lines.keys(), ...reviewed.keys()])]);
  const [named, load] = await Promise.all([usersById(ctx, ids), openReviewsOf(ctx, ids)]);
  return ids
    .flatMap((id) => {
      const person = named.get(id);
      const share = wrote.total === 0 ? 0 : (lines.get(id) ?? 0) / wrote.total;
      const facts = { share, reviewed: reviewed.get(id) ?? 0, openReviews: load.get(id) ?? 0 };
      return person ? [{ person, ...facts, reason: reasonOf(facts) }] : [];
    })
    .toSorted((a, b) => weight(b) - weight(a) || a.person.login.localeCompare(b.person.login, "en"))
    .slice(0, mostSuggested);
}

type Facts = Pick<Suggestion, "share" | "reviewed" | "openReviews">;

/** Every waiting review weighs as much as a twentieth of the lines; five reviews of the files as much as two fifths. */
const weight = ({ share, reviewed, openReviews }: Facts): number =>
  share * 100 + Math.min(reviewed, 5) * 8 - openReviews * 5;

function reasonOf({ share, reviewed, openReviews }: Facts): string {
  const percent = Math.round(share * 100);
  const why = [
    ...(share > 0 ? [`wrote ${percent < 1 ? "some" : `${percent} %`} of the changed lines`] : []),
    ...(reviewed > 0 ? [`reviewed these files ${reviewed === 1 ? "once" : `${reviewed} times`} lately`] : []),
  ];
  const load =
    openReviews === 0
      ? "nothing to review"
      : `${openReviews} open ${openReviews === 1 ? "review" : "reviews"}`;
  return `${why.join(", ")}; ${load}`;
}

/** Who said something about these files in the latest merged pull requests, and in how many. */
async function reviewersOf(
  ctx: Context,
  pull: PullRequest,
  paths: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (paths.length === 0) return new Map();
  const latest = ctx.db
    .select({ id: pullRequests.id, authorId: pullRequests.authorId })
    .from(pullRequests)
    .where(and(eq(pullRequests.repoId, pull.repoId), eq(pullRequests.state, "merged")))
    .orderBy(desc(pullRequests.updatedAt))
    .limit(latestPulls)
    .as("latest");
  const rows = await ctx.db
    .select({ userId: prComments.userId, pulls: countDistinct(prComments.prId) })
    .from(prComments)
    .innerJoin(latest, eq(latest.id, prComments.prId))
    .where(and(inArray(prComments.path, [...paths]), ne(prComments.userId, latest.authorId)))
    .groupBy(prComments.userId)
    .orderBy(desc(countDistinct(prComments.prId)))
    .limit(mostCandidates);
  return new Map(rows.map((row) => [row.userId, row.pulls]));
}

async function askable(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const [rights, asked, verdicts, active] = await Promise.all([
    permissionsOfUsers(ctx, repo, ids),
    requestsOf(ctx, [pull.id]),
    verdictsOf(ctx, repo, [pull.id]),
    ctx.db
      .select({ id: user.id })
      .from(user)
      .where(and(inArray(user.id, [...ids]), eq(user.suspended, false))),
  ]);
  const done = new Set([
    pull.authorId,
    ...(asked.get(pull.id) ?? []).map((one) => one.userId),
    ...verdicts.map((one) => one.review.userId),
  ]);
  return active.map((one) => one.id).filter((id) => rights.has(id) && !done.has(id));
}

async function openReviewsOf(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .select({ userId: prReviewers.userId, open: sql<number>`count(*)`.mapWith(Number) })
    .from(prReviewers)
    .innerJoin(pullRequests, and(eq(pullRequests.id, prReviewers.prId), eq(pullRequests.state, "open")))
    .innerJoin(repositories, eq(repositories.id, pullRequests.repoId))
    .where(and(inArray(prReviewers.userId, [...ids]), eq(prReviewers.state, "pending"), visibleTo(ctx.actor)))
    .groupBy(prReviewers.userId);
  return new Map(rows.flatMap((row) => (row.userId === null ? [] : [[row.userId, row.open] as const])));
}
