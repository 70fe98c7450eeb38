/** Gathers what `decide` decides from. What a rule does not ask about is not looked up. */
import { and, eq, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import { aheadBehind, isAncestor } from "../../../git/ancestry.ts";
import { hasScope } from "../../../kernel/actor.ts";
import type { Context } from "../../../kernel/context.ts";
import { reaches } from "../../../kernel/grants.ts";
import { usersById } from "../../accounts/index.ts";
import { combinedChecks } from "../../checks/index.ts";
import { branchRule, checksLacking, gitOf, type RepoWith } from "../../repositories/index.ts";
import { branchTip } from "../heads.ts";
import { ownedFiles } from "../owners/find.ts";
import type { PullRequest } from "../queries.ts";
import { verdictsOf } from "../reviews/queries.ts";
import { isOfChange } from "../revisions/stale.ts";
import { prComments, prReviews } from "../schema.ts";
import { checkConflicts, type ConflictCheck } from "./conflicts.ts";
import type { Facts, LastWord, MergeRule, Owned } from "./shapes.ts";
import { lastChanger } from "./last-change.ts";

type Rule = NonNullable<Awaited<ReturnType<typeof branchRule>>>;

/** The facts about an open pull request that has caught up with its branches, and what git said of its merge. */
export async function gather(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  allowsMerging: boolean,
): Promise<{ readonly facts: Facts; readonly check: ConflictCheck | null }> {
  const [target, rule, reported] = await Promise.all([
    branchTip(gitOf(ctx, repo), pull.targetBranch),
    branchRule(ctx, repo, pull.targetBranch),
    combinedChecks(ctx, repo, pull.headSha),
  ]);
  const check = target === null ? null : await checkConflicts(ctx, repo, pull);
  const about = rule ? await factsFor(ctx, repo, pull, rule) : nothingAsked(pull);
  const facts: Facts = {
    isDraft: pull.isDraft,
    targetBranch: pull.targetBranch,
    targetExists: target !== null,
    merge: check,
    rule,
    authorId: pull.authorId,
    checksFailing: reported.checks.length > 0 && reported.verdict !== "success",
    archived: repo.archivedAt !== null,
    allowsMerging,
    mayMerge: reaches(repo.access, "write") && hasScope(ctx.actor, "repo:write"),
    ...about,
  };
  return { facts, check };
}

type Asked = Pick<Facts, "pushedBy" | "reviews" | "owned" | "unresolved" | "behind" | "checksLacking">;

const nothingAsked = (pull: PullRequest): Asked => ({
  pushedBy: { id: pull.authorId, login: "" },
  reviews: [],
  owned: [],
  unresolved: 0,
  behind: 0,
  checksLacking: null,
});

async function factsFor(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  rule: Rule & MergeRule,
): Promise<Asked> {
  const [reviews, pushedById, owned, unresolved, behind, lacking] = await Promise.all([
    lastWords(ctx, repo, pull, rule.requireLastPushApproval),
    rule.requireLastPushApproval ? lastChanger(ctx, repo, pull) : null,
    rule.requireCodeOwnerReviews ? ownedBy(ctx, repo, pull) : [],
    rule.requireConversationResolution ? countUnresolved(ctx, pull) : 0,
    rule.requireUpToDate ? commitsBehind(ctx, repo, pull) : 0,
    checksLacking(ctx, repo, rule, pull.headSha),
  ]);
  const pusherId = pushedById ?? pull.authorId;
  const people = await usersById(ctx, [pusherId, ...reviews.map((review) => review.byId)]);
  const login = (id: string) => people.get(id)?.login ?? "ghost";
  return {
    pushedBy: { id: pusherId, login: login(pusherId) },
    reviews: reviews.map((review) => ({ ...review, by: login(review.byId) })),
    owned,
    unresolved,
    behind,
    checksLacking: lacking,
  };
}

async function lastWords(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  ofWhat: boolean,
): Promise<Omit<LastWord, "by">[]> {
  const verdicts = await verdictsOf(ctx, repo, [pull.id]);
  return Promise.all(
    verdicts.map(async ({ review, counts }) => ({
      byId: review.userId,
      verdict: review.state === "approved" ? ("approved" as const) : ("changes_requested" as const),
      ofChange: ofWhat && (await isOfChange(ctx, repo, pull, review.commitSha)),
      counts,
    })),
  );
}

async function ownedBy(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
): Promise<readonly Owned[] | null> {
  const owned = await ownedFiles(ctx, repo, { base: pull.baseSha, head: pull.headSha });
  return (
    owned?.map(({ owners, known, paths }) => ({
      owners,
      people: new Set(known.flatMap((one) => [...one.people])),
      paths,
    })) ?? null
  );
}

/** Conversations on lines that nobody settled, whether or not the lines still are what they were. */
async function countUnresolved(ctx: Context, pull: PullRequest): Promise<number> {
  const [row] = await ctx.db
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(prComments)
    .leftJoin(prReviews, eq(prReviews.id, prComments.reviewId))
    .where(
      and(
        eq(prComments.prId, pull.id),
        isNotNull(prComments.path),
        isNull(prComments.replyToId),
        eq(prComments.isResolved, false),
        // What waits in a review that was not submitted nobody else can see, let alone settle.
        or(isNull(prComments.reviewId), ne(prReviews.state, "pending")),
      ),
    );
  return row?.count ?? 0;
}

async function commitsBehind(ctx: Context, repo: RepoWith<"read">, pull: PullRequest): Promise<number> {
  const git = gitOf(ctx, repo);
  if (await isAncestor(git, pull.baseSha, pull.headSha)) return 0;
  return (await aheadBehind(git, pull.baseSha, pull.headSha)).behind;
}
