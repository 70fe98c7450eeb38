/** GitHub's shapes of a pull request. */
import { z } from "zod";
import { simpleUserShape } from "../accounts/index.ts";
import { associationShape } from "../issues/index.ts";
import { labelShape } from "../labels/index.ts";
import { teamShape } from "../organizations/index.ts";
import { milestoneShape } from "../planning/index.ts";
import { repositoryShape } from "../repositories/index.ts";

const linkShape = z.object({ href: z.string() });

const endShape = z.object({
  label: z.string(),
  ref: z.string(),
  sha: z.string(),
  user: simpleUserShape,
  repo: repositoryShape.nullable().describe("Null when it is gone or may not be seen"),
});

/** GitHub's three, and ours: the target moves to the head as it is. */
export const methodShape = z.enum(["merge", "squash", "rebase", "fast-forward"]);

/** GitHub's `pull-request-simple`. */
export const simplePullShape = z
  .object({
    url: z.url(),
    id: z.int(),
    node_id: z.string(),
    html_url: z.url(),
    diff_url: z.url(),
    patch_url: z.url(),
    issue_url: z.url(),
    commits_url: z.url(),
    review_comments_url: z.url(),
    review_comment_url: z.string(),
    comments_url: z.url(),
    statuses_url: z.url(),
    number: z.int(),
    state: z.enum(["open", "closed"]),
    locked: z.boolean(),
    active_lock_reason: z.string().nullable(),
    title: z.string(),
    user: simpleUserShape.nullable(),
    body: z.string().nullable(),
    labels: z.array(labelShape),
    milestone: milestoneShape.nullable(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    closed_at: z.iso.datetime().nullable(),
    merged_at: z.iso.datetime().nullable(),
    merge_commit_sha: z.string().nullable().describe("The commit on the base that merged it"),
    assignee: simpleUserShape.nullable(),
    assignees: z.array(simpleUserShape).describe("None or one"),
    requested_reviewers: z.array(simpleUserShape),
    requested_teams: z.array(teamShape),
    head: endShape,
    base: endShape,
    _links: z.object({
      self: linkShape,
      html: linkShape,
      issue: linkShape,
      comments: linkShape,
      review_comments: linkShape,
      review_comment: linkShape,
      commits: linkShape,
      statuses: linkShape,
    }),
    author_association: associationShape,
    auto_merge: z
      .object({
        enabled_by: simpleUserShape,
        merge_method: methodShape,
        commit_title: z.string().describe("Empty for the usual one"),
        commit_message: z.string().describe("Empty for the usual one"),
      })
      .nullable()
      .describe("How it merges by itself once nothing stands in the way"),
    draft: z.boolean(),
  })
  .meta({ id: "PullRequestSimple" });

/** GitHub's `pull-request`: one asked for by itself. */
export const pullShape = simplePullShape
  .extend({
    merged: z.boolean(),
    mergeable: z.boolean().nullable().describe("Null for what is not open"),
    rebaseable: z
      .boolean()
      .nullable()
      .describe(
        "Whether its commits can be put on top of the base one by one and leave what a merge would; null while that is unknown, and for what is not open",
      ),
    mergeable_state: z.enum(["clean", "dirty", "draft", "blocked", "behind", "unstable", "unknown"]),
    merged_by: simpleUserShape.nullable(),
    comments: z.int(),
    review_comments: z.int(),
    maintainer_can_modify: z.boolean(),
    commits: z.int(),
    additions: z.int(),
    deletions: z.int(),
    changed_files: z.int(),
  })
  .meta({ id: "PullRequest" });

export type SimplePullView = z.input<typeof simplePullShape>;
export type PullView = z.input<typeof pullShape>;
