import type { Context } from "../../kernel/context.ts";
import { nodeId } from "../../kernel/ids.ts";
import { nullableSimpleUser, simpleUser, usersById } from "../accounts/index.ts";
import { associationsOf } from "../issues/index.ts";
import { labelView } from "../labels/index.ts";
import { milestoneViews, milestonesById } from "../planning/index.ts";
import { teamView, teamsById } from "../organizations/index.ts";
import {
  htmlUrl,
  repositoriesById,
  repositoryUrl,
  repositoryView,
  type Repository,
  type RepoWith,
} from "../repositories/index.ts";
import { autoMergesOf, type AutoMerge } from "./auto-merge/queries.ts";
import { extentOf } from "./contents.ts";
import { catchUp, headRef } from "./heads.ts";
import { labelsOf, lockReasonsOf, type PullRequest } from "./queries.ts";
import { judge } from "./requirements.ts";
import { rebaseVerdict } from "./requirements/rebases.ts";
import { requestsOf } from "./reviews/asked.ts";
import type { PullView, SimplePullView } from "./shapes.ts";

/** The addresses of a pull request. */
export function placesOf(ctx: Pick<Context, "config">, repo: Repository, number: number) {
  const api = repositoryUrl(ctx, repo);
  return {
    url: `${api}/pulls/${number}`,
    issue: `${api}/issues/${number}`,
    html: `${htmlUrl(ctx, repo)}/pull/${number}`,
  };
}

/** Pull requests of one repository, in their order. */
export async function simplePullViews(
  ctx: Context,
  repo: Repository,
  list: readonly PullRequest[],
): Promise<SimplePullView[]> {
  const ids = list.map((pull) => pull.id);
  const [labels, requests, milestones, sources, associationOf, lockReasons, autos] = await Promise.all([
    labelsOf(ctx, ids),
    requestsOf(ctx, ids),
    milestonesById(
      ctx,
      list.map((pull) => pull.milestoneId),
    ),
    repositoriesById(
      ctx,
      list.map((pull) => pull.sourceRepoId),
    ),
    associationsOf(
      ctx,
      list.map((pull) => ({ repo, userId: pull.authorId })),
    ),
    lockReasonsOf(ctx, list),
    autoMergesOf(ctx, ids),
  ]);
  const shown = [...milestones.values()];
  const asked = (pull: PullRequest) => requests.get(pull.id) ?? [];
  const [milestoneList, users, teams] = await Promise.all([
    milestoneViews(ctx, repo, shown),
    usersById(
      ctx,
      list.flatMap((pull) => [
        pull.authorId,
        pull.assigneeId,
        autos.get(pull.id)?.enabledById ?? null,
        ...asked(pull).map((one) => one.userId),
      ]),
    ),
    teamsById(
      ctx,
      list.flatMap((pull) => asked(pull).map((one) => one.teamId)),
    ),
  ]);
  const milestoneById = new Map(shown.map((milestone, index) => [milestone.id, milestoneList[index]]));
  const person = (id: string | null) => nullableSimpleUser(ctx, users.get(id ?? ""));
  const autoMergeView = (auto: AutoMerge | undefined) =>
    auto
      ? {
          enabled_by: simpleUser(ctx, users.get(auto.enabledById) ?? ghost),
          merge_method: auto.method,
          commit_title: auto.title ?? "",
          commit_message: auto.message ?? "",
        }
      : null;
  // Opened by a push: the head is a reference of the target, which tools can fetch by the name they are told.
  const pushedEnd = (target: Repository, pull: PullRequest) => {
    const user = person(pull.authorId) ?? simpleUser(ctx, ghost);
    const ref = headRef(pull.number);
    return {
      label: `${user.login}:${pull.topic}`,
      ref,
      sha: pull.headSha,
      user,
      repo: repositoryView(ctx, target),
    };
  };
  return list.map((pull) => {
    const assignee = person(pull.assigneeId);
    const source = sources.get(pull.sourceRepoId ?? "") ?? null;
    return {
      ...linksOf(ctx, repo, pull),
      id: pull.apiId,
      node_id: nodeId("PullRequest", pull.id),
      number: pull.number,
      state: pull.state === "open" ? "open" : "closed",
      locked: pull.lockedAt !== null,
      active_lock_reason: lockReasons.get(pull.id) ?? null,
      title: pull.title,
      user: person(pull.authorId),
      body: pull.body,
      labels: (labels.get(pull.id) ?? []).map((label) => labelView(ctx, repo, label)),
      milestone: milestoneById.get(pull.milestoneId ?? "") ?? null,
      created_at: pull.createdAt.toISOString(),
      updated_at: pull.updatedAt.toISOString(),
      closed_at: pull.closedAt?.toISOString() ?? null,
      merged_at: pull.mergedAt?.toISOString() ?? null,
      merge_commit_sha: pull.mergeSha,
      assignee,
      assignees: assignee ? [assignee] : [],
      requested_reviewers: asked(pull).flatMap((one) => (one.userId ? (person(one.userId) ?? []) : [])),
      requested_teams: asked(pull).flatMap((one) => {
        const team = teams.get(one.teamId ?? "");
        return team ? [teamView(ctx, team)] : [];
      }),
      head:
        pull.topic === null ? endView(ctx, source, pull.sourceBranch, pull.headSha) : pushedEnd(repo, pull),
      base: endView(ctx, repo, pull.targetBranch, pull.baseSha),
      author_association: associationOf(repo, pull.authorId),
      auto_merge: autoMergeView(autos.get(pull.id)),
      draft: pull.isDraft,
    };
  });
}

/** One as it stands in a list. */
export async function simplePullView(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
): Promise<SimplePullView> {
  const [view] = await simplePullViews(ctx, repo, [pull]);
  if (!view) throw new Error("a pull request has a view");
  return view;
}

/** One as it stands alone: brought up to date with its branches, and judged. */
export async function pullView(ctx: Context, repo: RepoWith<"read">, seen: PullRequest): Promise<PullView> {
  const pull = await catchUp(ctx, repo, seen);
  const [simple, extent, merge, users] = await Promise.all([
    simplePullView(ctx, repo, pull),
    extentOf(ctx, repo, pull),
    judge(ctx, repo, pull),
    usersById(ctx, [pull.mergedById]),
  ]);
  const rebase = merge.mergeable === true ? await rebaseVerdict(ctx, repo, pull) : null;
  return {
    ...simple,
    merged: pull.state === "merged",
    mergeable: merge.mergeable,
    // Only what merges cleanly can be put on top; of what is over nothing is said.
    rebaseable: merge.mergeable === false ? false : rebase && rebase === "clean",
    mergeable_state: merge.state,
    merged_by: nullableSimpleUser(ctx, users.get(pull.mergedById ?? "")),
    comments: pull.commentsCount,
    review_comments: pull.reviewCommentsCount,
    maintainer_can_modify: pull.maintainerCanModify,
    commits: extent.commits,
    additions: extent.additions,
    deletions: extent.deletions,
    changed_files: extent.changedFiles,
  };
}

function linksOf(ctx: Context, repo: Repository, pull: PullRequest) {
  const { url, issue, html } = placesOf(ctx, repo, pull.number);
  const links = {
    self: url,
    html,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${repositoryUrl(ctx, repo)}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${repositoryUrl(ctx, repo)}/statuses/${pull.headSha}`,
  };
  const linked = Object.entries(links).map(([name, href]) => [name, { href }]);
  return {
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    _links: Object.fromEntries(linked) as { [K in keyof typeof links]: { href: string } },
  };
}

/** GitHub names somebody at either end; whose repository is gone or may not be seen is `ghost`. */
const ghost = { id: "ghost", apiId: 0, login: "ghost", type: "user" } as const;

/** A branch at a commit. Of a repository that is gone or hidden only the branch's name remains. */
function endView(ctx: Context, repo: Repository | null, branch: string, sha: string) {
  return {
    label: repo ? `${repo.owner.login}:${branch}` : branch,
    ref: branch,
    sha,
    user: simpleUser(ctx, repo?.owner ?? ghost),
    repo: repo && repositoryView(ctx, repo),
  };
}
