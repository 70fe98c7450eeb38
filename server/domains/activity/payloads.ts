/** From a fact to the type and payload that GitHub's feed has for it. */
import type { Context } from "../../kernel/context.ts";
import { nodeId } from "../../kernel/ids.ts";
import { nullableSimpleUser, simpleUser } from "../accounts/index.ts";
import { fullName, htmlUrl, repositoryUrl, type Pushed, type Repository } from "../repositories/index.ts";
import type { Activity } from "./queries.ts";
import type { EventKind, Payload } from "./shapes.ts";
import { idIn, type Subjects } from "./subjects.ts";

interface Told {
  readonly type: EventKind;
  readonly payload: Payload;
}

interface Scene {
  readonly ctx: Context;
  readonly repo: Repository;
  readonly activity: Activity;
  readonly subjects: Subjects;
}

/** What to tell of an activity; null when what it is about is gone or may not be seen. */
export function told(ctx: Context, repo: Repository, activity: Activity, subjects: Subjects): Told | null {
  const scene = { ctx, repo, activity, subjects };
  const [kind = "", verb = ""] = activity.type.split(".");
  if (kind === "issue") return verb === "commented" ? issueCommented(scene) : issueChanged(scene, verb);
  if (kind === "pull-request") {
    if (verb === "commented") return pullCommented(scene);
    return verb === "reviewed" ? pullReviewed(scene) : pullChanged(scene, verb);
  }
  if (verb === "created") return { type: "CreateEvent", payload: creation(repo, null, "repository") };
  if (verb === "forked") return forked(scene);
  if (verb === "pushed") return pushedTo(scene);
  if (verb === "starred") return { type: "WatchEvent", payload: { action: "started" } };
  return verb === "publicized" ? { type: "PublicEvent", payload: {} } : null;
}

type RefKind = "repository" | "branch" | "tag";

const creation = (repo: Repository, ref: string | null, kind: RefKind): Payload => ({
  ref,
  ref_type: kind,
  full_ref: ref === null ? "" : `refs/${kind === "tag" ? "tags" : "heads"}/${ref}`,
  master_branch: repo.defaultBranch,
  description: repo.description,
  pusher_type: "user",
});

function pushedTo({ ctx, repo, activity }: Scene): Told {
  const push = activity.payload as unknown as Pushed;
  const kind = push.ref.startsWith("refs/tags/") ? "tag" : "branch";
  const ref = push.ref.replace(/^refs\/(?:heads|tags)\//, "");
  if (push.created) return { type: "CreateEvent", payload: creation(repo, ref, kind) };
  if (push.deleted)
    return {
      type: "DeleteEvent",
      payload: { ref, ref_type: kind, full_ref: push.ref, pusher_type: "user" },
    };
  return {
    type: "PushEvent",
    payload: {
      repository_id: repo.apiId,
      push_id: activity.apiId,
      ref: push.ref,
      head: push.after,
      before: push.before,
      size: push.commits_count,
      commits: push.commits.map((commit) => ({
        ...commit,
        url: `${repositoryUrl(ctx, repo)}/commits/${commit.sha}`,
      })),
    },
  };
}

function forked({ ctx, activity, subjects }: Scene): Told | null {
  const fork = subjects.repositories.get(idIn(activity, "fork_id"));
  if (!fork) return null;
  const forkee = {
    id: fork.apiId,
    node_id: nodeId("Repository", fork.id),
    name: fork.name,
    full_name: fullName(fork),
    private: fork.isPrivate,
    owner: simpleUser(ctx, fork.owner),
    fork: true,
    description: fork.description,
    url: repositoryUrl(ctx, fork),
    html_url: htmlUrl(ctx, fork),
  };
  return { type: "ForkEvent", payload: { action: "forked", forkee } };
}

function issueOf({ ctx, repo, activity, subjects }: Scene) {
  const issue = subjects.issues.get(idIn(activity, "issue_id"));
  if (!issue) return null;
  return {
    id: issue.apiId,
    node_id: nodeId("Issue", issue.id),
    number: issue.number,
    title: issue.title,
    state: issue.state,
    url: `${repositoryUrl(ctx, repo)}/issues/${issue.number}`,
    html_url: `${htmlUrl(ctx, repo)}/issues/${issue.number}`,
  };
}

function issueChanged(scene: Scene, action: string): Told | null {
  const issue = issueOf(scene);
  return issue && { type: "IssuesEvent", payload: { action, issue } };
}

function issueCommented(scene: Scene): Told | null {
  const { ctx, activity, subjects } = scene;
  const issue = issueOf(scene);
  const comment = subjects.issueComments.get(idIn(activity, "comment_id"));
  if (!issue || !comment) return null;
  const view = {
    id: comment.apiId,
    node_id: nodeId("IssueComment", comment.id),
    html_url: `${issue.html_url}#issuecomment-${comment.apiId}`,
    body: comment.body,
    user: nullableSimpleUser(ctx, subjects.users.get(comment.userId)),
    created_at: comment.createdAt.toISOString(),
  };
  return { type: "IssueCommentEvent", payload: { action: "created", issue, comment: view } };
}

function pullOf({ ctx, repo, activity, subjects }: Scene) {
  const pull = subjects.pulls.get(idIn(activity, "pull_request_id"));
  if (!pull) return null;
  const place = (one: Repository) => ({ id: one.apiId, url: repositoryUrl(ctx, one), name: one.name });
  const source = subjects.repositories.get(pull.sourceRepoId ?? "");
  return {
    id: pull.apiId,
    node_id: nodeId("PullRequest", pull.id),
    number: pull.number,
    title: pull.title,
    state: pull.state === "open" ? ("open" as const) : ("closed" as const),
    merged: pull.state === "merged",
    draft: pull.isDraft,
    url: `${repositoryUrl(ctx, repo)}/pulls/${pull.number}`,
    html_url: `${htmlUrl(ctx, repo)}/pull/${pull.number}`,
    // The branch of a fork that may not be seen stays its own.
    head: { ref: source ? pull.sourceBranch : "", sha: pull.headSha, repo: source ? place(source) : null },
    base: { ref: pull.targetBranch, sha: pull.baseSha, repo: place(repo) },
  };
}

function pullChanged(scene: Scene, action: string): Told | null {
  const pull = pullOf(scene);
  return pull && { type: "PullRequestEvent", payload: { action, number: pull.number, pull_request: pull } };
}

function pullCommented(scene: Scene): Told | null {
  const { ctx, repo, activity, subjects } = scene;
  const pull = pullOf(scene);
  const comment = subjects.pullComments.get(idIn(activity, "comment_id"));
  if (!pull || !comment) return null;
  const inline = comment.path !== null;
  const view = {
    id: comment.apiId,
    node_id: nodeId(inline ? "PullRequestReviewComment" : "IssueComment", comment.id),
    html_url: `${pull.html_url}#${inline ? "discussion_r" : "issuecomment-"}${comment.apiId}`,
    body: comment.body,
    user: nullableSimpleUser(ctx, subjects.users.get(comment.userId)),
    ...(comment.path === null ? {} : { path: comment.path }),
    created_at: comment.createdAt.toISOString(),
  };
  if (inline)
    return {
      type: "PullRequestReviewCommentEvent",
      payload: { action: "created", pull_request: pull, comment: view },
    };
  const { id, node_id, number, title, state, html_url, url } = pull;
  const issue = {
    id,
    node_id,
    number,
    title,
    state,
    html_url,
    url: `${repositoryUrl(ctx, repo)}/issues/${number}`,
    pull_request: { url },
  };
  return { type: "IssueCommentEvent", payload: { action: "created", issue, comment: view } };
}

function pullReviewed(scene: Scene): Told | null {
  const { ctx, activity, subjects } = scene;
  const pull = pullOf(scene);
  const review = subjects.reviews.get(idIn(activity, "review_id"));
  if (!pull || !review || review.state === "pending") return null;
  const view = {
    id: review.apiId,
    node_id: nodeId("PullRequestReview", review.id),
    user: nullableSimpleUser(ctx, subjects.users.get(review.userId)),
    body: review.body ?? "",
    state: review.state,
    commit_id: review.commitSha,
    submitted_at: review.submittedAt?.toISOString() ?? null,
    html_url: `${pull.html_url}#pullrequestreview-${review.apiId}`,
    pull_request_url: pull.url,
  };
  return {
    type: "PullRequestReviewEvent",
    payload: { action: "created", pull_request: pull, review: view },
  };
}
