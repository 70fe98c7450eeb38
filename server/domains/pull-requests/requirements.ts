/**
 * What stands between a pull request and its merge. The merge box, `mergeable_state` and the refusal of a merge all read this
 * one list, so they cannot disagree.
 */
import { and, eq } from "drizzle-orm";
import { UnrelatedHistories, checkMerge } from "../../git/merges.ts";
import { hasScope } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { reaches } from "../../kernel/grants.ts";
import { combinedStatus } from "../checks/index.ts";
import { branchRule, checksLacking, gitOf, type RepoWith } from "../repositories/index.ts";
import { branchTip } from "./heads.ts";
import type { PullRequest } from "./queries.ts";
import { verdictsOf } from "./reviews/queries.ts";
import { pullRequests } from "./schema.ts";

export type MergeMethod = "merge" | "squash" | "rebase" | "fast-forward";

export interface Requirement {
  readonly name:
    | "open"
    | "ready"
    | "target"
    | "conflicts"
    | "reviews"
    | "checks"
    | "writable"
    | "permission"
    | "method";
  readonly met: boolean;
  /** What is the case, as people are told. */
  readonly sentence: string;
}

export interface Mergeability {
  readonly requirements: readonly Requirement[];
  /** Null for what is not open. */
  readonly mergeable: boolean | null;
  /** GitHub's word for the whole. */
  readonly state: "clean" | "dirty" | "draft" | "blocked" | "unstable" | "unknown";
  /** Files that both sides changed in ways that cannot both hold. */
  readonly conflicts: readonly string[];
  readonly methods: readonly MergeMethod[];
}

/** The methods that the repository's settings allow, the preferred one first. */
export const allowedMethods = (
  repo: Pick<
    RepoWith<"read">,
    "allowMergeCommit" | "allowSquashMerge" | "allowRebaseMerge" | "allowFastForwardMerge"
  >,
): MergeMethod[] => [
  ...(repo.allowMergeCommit ? (["merge"] as const) : []),
  ...(repo.allowSquashMerge ? (["squash"] as const) : []),
  ...(repo.allowRebaseMerge ? (["rebase"] as const) : []),
  ...(repo.allowFastForwardMerge ? (["fast-forward"] as const) : []),
];

/** Judges a pull request that has caught up with its branches. */
export async function judge(ctx: Context, repo: RepoWith<"read">, pull: PullRequest): Promise<Mergeability> {
  const methods = allowedMethods(repo);
  if (pull.state !== "open") {
    const sentence = pull.state === "merged" ? "This pull request is merged" : "This pull request is closed";
    const requirements = [{ name: "open" as const, met: false, sentence }];
    return { requirements, mergeable: null, state: "unknown", conflicts: [], methods };
  }
  const target = await branchTip(gitOf(ctx, repo), pull.targetBranch);
  const check = target === null ? null : await checkConflicts(ctx, repo, pull);
  const requirements: Requirement[] = [
    said("ready", !pull.isDraft, "This is ready for review", "This is still a draft"),
    said(
      "target",
      target !== null,
      `It goes to ${pull.targetBranch}`,
      `The branch ${pull.targetBranch} does not exist`,
    ),
    said(
      "conflicts",
      check?.clean === true,
      "It has no conflicts with the base branch",
      check?.reason ?? "It cannot be compared with the base branch",
    ),
    ...(await protection(ctx, repo, pull)),
    said(
      "writable",
      repo.archivedAt === null,
      "The repository takes changes",
      "The repository is archived and read-only",
    ),
    said(
      "method",
      methods.length > 0,
      "The repository allows merging",
      "The repository's settings allow no way of merging",
    ),
    said(
      "permission",
      reaches(repo.access, "write") && hasScope(ctx.actor, "repo:write"),
      "You may merge this",
      "Only people with write access can merge this",
    ),
  ];
  const unmet = (name: Requirement["name"]) => requirements.some((one) => one.name === name && !one.met);
  const status = await combinedStatus(ctx, repo, pull.headSha);
  const failing = status.statuses.length > 0 && status.state !== "success";
  return {
    requirements,
    mergeable: check?.clean ?? false,
    conflicts: check?.conflicts ?? [],
    methods,
    state: unmet("conflicts")
      ? "dirty"
      : pull.isDraft
        ? "draft"
        : (["target", "reviews", "checks", "writable", "method"] as const).some(unmet)
          ? "blocked"
          : failing
            ? "unstable"
            : "clean",
  };
}

/** What the rule of the target branch wants of a pull request. */
async function protection(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
): Promise<readonly Requirement[]> {
  const rule = await branchRule(ctx, repo, pull.targetBranch);
  if (!rule) return [];
  const found: Requirement[] = [];
  if (rule.requiredReviewers > 0) {
    const verdicts = (await verdictsOf(ctx, repo, [pull.id])).filter((one) => one.counts);
    const approvals = verdicts.filter(
      ({ review }) => review.state === "approved" && review.userId !== pull.authorId,
    ).length;
    const refused = verdicts.some(({ review }) => review.state === "changes_requested");
    const wanted = rule.requiredReviewers === 1 ? "1 approval" : `${rule.requiredReviewers} approvals`;
    found.push(
      said(
        "reviews",
        approvals >= rule.requiredReviewers && !refused,
        `It has the approvals that ${pull.targetBranch} requires`,
        refused
          ? "Somebody asked for changes"
          : `${pull.targetBranch} requires ${wanted} by people with write access; it has ${approvals}`,
      ),
    );
  }
  if (rule.requireStatusChecks) {
    const lacking = await checksLacking(ctx, repo, rule, pull.headSha);
    found.push(
      said(
        "checks",
        lacking === null,
        `It passed the checks that ${pull.targetBranch} requires`,
        `${pull.targetBranch} requires checks: ${lacking ?? ""}`,
      ),
    );
  }
  return found;
}

const said = (name: Requirement["name"], met: boolean, yes: string, no: string): Requirement => ({
  name,
  met,
  sentence: met ? yes : no,
});

interface ConflictCheck {
  readonly clean: boolean;
  readonly conflicts: readonly string[];
  readonly reason: string | null;
}

/** Asks git, and notes the answer for this pair of commits. */
async function checkConflicts(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
): Promise<ConflictCheck> {
  const known = pull.mergeCheckedHeadSha === pull.headSha && pull.mergeCheckedBaseSha === pull.baseSha;
  if (known && pull.isMergeable === true) return { clean: true, conflicts: [], reason: null };
  const check = await tryMerge(ctx, repo, pull);
  await ctx.db
    .update(pullRequests)
    .set({
      isMergeable: check.clean,
      mergeCheckedHeadSha: pull.headSha,
      mergeCheckedBaseSha: pull.baseSha,
      updatedAt: pull.updatedAt,
    })
    .where(and(eq(pullRequests.id, pull.id), eq(pullRequests.headSha, pull.headSha)));
  return check;
}

async function tryMerge(ctx: Context, repo: RepoWith<"read">, pull: PullRequest): Promise<ConflictCheck> {
  try {
    const merged = await checkMerge(gitOf(ctx, repo), pull.baseSha, pull.headSha);
    const conflicts = "conflicts" in merged ? [...new Set(merged.conflicts.map((one) => one.path))] : [];
    const reason =
      conflicts.length > 0 ? "It conflicts with the base branch and must be resolved first" : null;
    return { clean: reason === null, conflicts, reason };
  } catch (error) {
    if (!(error instanceof UnrelatedHistories)) throw error;
    return { clean: false, conflicts: [], reason: "The two branches have entirely different histories" };
  }
}
