/** The panel of reviewers: who was asked, who said what, and why their word matters. */
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { simpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
import { mayTriage } from "../../issues/index.ts";
import { listTeams, teamView, teamShape, teamsById, teamsSeen } from "../../organizations/index.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { inlineComments } from "../comments/queries.ts";
import { ownedFiles, type OwnedFiles } from "../owners/find.ts";
import type { PullRequest } from "../queries.ts";
import { requestsOf } from "../reviews/asked.ts";
import { decisionOf, lastReviews, pendingReview, verdictsOf } from "../reviews/queries.ts";
import { reviewShape, reviewViews } from "../reviews/views.ts";
import { isOfChange } from "../revisions/stale.ts";

const owns = z.int().describe("Changed files that CODEOWNERS gives them, alone or with others");

export const reviewersShape = z.object({
  decision: z.enum(["approved", "changes_requested"]).nullable(),
  latest: z.array(
    reviewShape.extend({
      counts: z.boolean().describe("It decides: the reviewer can write, and it is an approval or a refusal"),
      of_change: z
        .boolean()
        .describe("It is about the head, or about the same change before it was brought onto another base"),
      owns,
    }),
  ),
  asked: z
    .array(
      z.object({
        user: simpleUserShape.nullable(),
        team: teamShape.nullable(),
        team_seen: z.boolean().describe("The reader may see the page of the team"),
        as_owner: z.boolean().describe("Because they own files, not because somebody named them"),
        owns,
      }),
    )
    .describe("A person or a team each"),
  teams: z.array(teamShape).describe("That can be asked"),
  pending: z
    .object({ review: reviewShape, comments: z.int() })
    .nullable()
    .describe("What the reader has begun and not submitted"),
});

export async function reviewersOf(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
): Promise<z.input<typeof reviewersShape>> {
  const [verdicts, last, begun, owned, teams] = await Promise.all([
    verdictsOf(ctx, repo, [pull.id]),
    lastReviews(ctx, pull),
    begunBy(ctx, repo, pull),
    pull.state === "open" ? ownedFiles(ctx, repo, { base: pull.baseSha, head: pull.headSha }) : [],
    teamsToAsk(ctx, repo),
  ]);
  const decided = new Set(verdicts.map((one) => one.review.userId));
  const shown = [
    ...verdicts,
    ...last.filter((one) => !decided.has(one.userId)).map((review) => ({ review, counts: false })),
  ];
  const [views, ofChange] = await Promise.all([
    reviewViews(
      ctx,
      repo,
      pull,
      shown.map((one) => one.review),
    ),
    Promise.all(shown.map(({ review }) => isOfChange(ctx, repo, pull, review.commitSha))),
  ]);
  return {
    decision: decisionOf(verdicts),
    latest: shown.flatMap(({ counts, review }, index) => {
      const view = views[index];
      const files = filesOf(owned ?? [], (one) => one.known.some((known) => known.people.has(review.userId)));
      return view ? [{ ...view, counts, of_change: ofChange[index] === true, owns: files }] : [];
    }),
    asked: await askedOf(ctx, pull, owned ?? []),
    teams,
    pending: begun,
  };
}

const filesOf = (owned: readonly OwnedFiles[], isTheirs: (one: OwnedFiles) => boolean): number =>
  owned.filter(isTheirs).reduce((sum, one) => sum + one.paths.length, 0);

async function askedOf(ctx: Context, pull: PullRequest, owned: readonly OwnedFiles[]) {
  const requests = (await requestsOf(ctx, [pull.id])).get(pull.id) ?? [];
  const [people, teams] = await Promise.all([
    usersById(
      ctx,
      requests.map((one) => one.userId),
    ),
    teamsById(
      ctx,
      requests.map((one) => one.teamId),
    ),
  ]);
  const seen = await teamsSeen(ctx, [...teams.values()]);
  return requests.flatMap(({ userId, teamId, asOwner }) => {
    const person = people.get(userId ?? "");
    const team = teams.get(teamId ?? "");
    if (!person && !team) return [];
    const files = filesOf(owned, (one) =>
      one.known.some((known) =>
        userId === null ? known.teamId === teamId : known.userId === userId || known.people.has(userId),
      ),
    );
    return [
      {
        user: person ? simpleUser(ctx, person) : null,
        team: team ? teamView(ctx, team) : null,
        team_seen: team !== undefined && seen.has(team.id),
        as_owner: asOwner,
        owns: files,
      },
    ];
  });
}

/** For who may ask somebody: others need no list. */
async function teamsToAsk(ctx: Context, repo: RepoWith<"read">) {
  if (repo.owner.type !== "organization" || mayTriage(ctx.actor, repo) !== true) return [];
  const { items } = await listTeams(ctx, repo.owner, { per_page: 100 });
  return items.map((team) => teamView(ctx, team));
}

async function begunBy(ctx: Context, repo: RepoWith<"read">, pull: PullRequest) {
  const me = ctx.actor.kind === "user" ? ctx.actor.user.id : null;
  const pending = me === null ? null : await pendingReview(ctx, pull.id, me);
  if (!pending) return null;
  const [[review], comments] = await Promise.all([
    reviewViews(ctx, repo, pull, [pending]),
    inlineComments(ctx, pull.id),
  ]);
  return review ? { review, comments: comments.filter((one) => one.reviewId === pending.id).length } : null;
}
