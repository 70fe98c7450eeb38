/** GitHub's `issue`, for issues and for whatever else shares their numbers. */
import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import { nodeId } from "../../kernel/ids.ts";
import { nullableSimpleUser, simpleUserShape, usersById } from "../accounts/index.ts";
import { labelShape, labelView, type Label } from "../labels/index.ts";
import { milestoneShape, milestoneViews, milestonesById } from "../planning/index.ts";
import {
  htmlUrl,
  repositoryShape,
  repositoryUrl,
  repositoryView,
  type Repository,
} from "../repositories/index.ts";
import { reactionsOf, reactionsShape, reactionsView } from "../texts/index.ts";
import { associationShape, associationsOf } from "./associations.ts";
import { labelsOf, lockReasonsOf, type Issue } from "./queries.ts";
import { renderTexts } from "./text.ts";

export const issueShape = z
  .object({
    id: z.int(),
    node_id: z.string(),
    url: z.string(),
    repository_url: z.string(),
    labels_url: z.string(),
    comments_url: z.string(),
    events_url: z.string(),
    timeline_url: z.string(),
    html_url: z.string(),
    number: z.int(),
    state: z.enum(["open", "closed"]),
    state_reason: z.enum(["completed", "not_planned", "reopened"]).nullable(),
    title: z.string(),
    body: z.string().nullable(),
    body_html: z.string().optional().describe("With Accept: application/vnd.github.full+json"),
    user: simpleUserShape.nullable(),
    labels: z.array(labelShape),
    assignee: simpleUserShape.nullable(),
    assignees: z.array(simpleUserShape).describe("None or one"),
    milestone: milestoneShape.nullable(),
    locked: z.boolean(),
    active_lock_reason: z.string().nullable(),
    comments: z.int(),
    reactions: reactionsShape,
    author_association: associationShape,
    closed_at: z.string().nullable(),
    closed_by: simpleUserShape.nullable(),
    created_at: z.string(),
    updated_at: z.string(),
    performed_via_github_app: z.null(),
    repository: repositoryShape.optional().describe("In lists across repositories"),
    draft: z.boolean().optional(),
    pull_request: z
      .object({
        url: z.string(),
        html_url: z.string(),
        diff_url: z.string(),
        patch_url: z.string(),
        merged_at: z.string().nullable(),
      })
      .optional()
      .describe("Of pull requests only"),
  })
  .meta({ id: "Issue" });

export type IssueView = z.input<typeof issueShape>;

/** What issues and pull requests have in common. */
export interface Discussion extends Pick<
  Issue,
  | "id"
  | "apiId"
  | "number"
  | "title"
  | "body"
  | "authorId"
  | "assigneeId"
  | "milestoneId"
  | "lockedAt"
  | "commentsCount"
  | "closedAt"
  | "closedById"
  | "createdAt"
  | "updatedAt"
> {
  readonly repo: Repository;
  readonly kind: "issue" | "pull_request";
  readonly state: "open" | "closed";
  readonly stateReason: IssueView["state_reason"];
  readonly labels: readonly Label[];
  readonly lockReason: string | null;
}

export interface ViewOptions {
  /** With `body_html`. */
  readonly html?: boolean;
  /** Each with its repository. */
  readonly repository?: boolean;
}

export interface IssueInRepository {
  readonly repo: Repository;
  readonly issue: Issue;
}

/** Issues of any repositories, in their order. */
export async function issueViews(
  ctx: Context,
  entries: readonly IssueInRepository[],
  options: ViewOptions = {},
): Promise<IssueView[]> {
  const list = entries.map(({ issue }) => issue);
  const [labels, lockReasons] = await Promise.all([
    labelsOf(
      ctx,
      list.map((issue) => issue.id),
    ),
    lockReasonsOf(ctx, list),
  ]);
  const discussions = entries.map(({ repo, issue }): Discussion => ({
    ...issue,
    repo,
    kind: "issue",
    stateReason: reasonOf(issue),
    labels: labels.get(issue.id) ?? [],
    lockReason: lockReasons.get(issue.id) ?? null,
  }));
  return discussionViews(ctx, discussions, options);
}

/** The one view of one issue. */
export async function issueView(
  ctx: Context,
  repo: Repository,
  issue: Issue,
  options: ViewOptions = {},
): Promise<IssueView> {
  const [view] = await issueViews(ctx, [{ repo, issue }], options);
  if (!view) throw new Error("an issue has a view");
  return view;
}

/** Why an issue is closed follows from its stage: given up, or done in any other way. */
function reasonOf(issue: Pick<Issue, "state" | "status">): IssueView["state_reason"] {
  if (issue.state === "open") return null;
  return issue.status === "canceled" ? "not_planned" : "completed";
}

/** As `issueViews`, for domains that have rows of their own. */
export async function discussionViews(
  ctx: Context,
  list: readonly Discussion[],
  options: ViewOptions = {},
): Promise<IssueView[]> {
  const [users, milestones, associationOf, reactions, html] = await Promise.all([
    usersById(
      ctx,
      list.flatMap((one) => [one.authorId, one.assigneeId, one.closedById]),
    ),
    milestoneViewsOf(ctx, list),
    associationsOf(
      ctx,
      list.map(({ repo, authorId }) => ({ repo, userId: authorId })),
    ),
    reactionsOf(
      ctx,
      list.map(({ id }) => id),
    ),
    options.html
      ? renderTexts(
          ctx,
          list.map(({ repo, body }) => ({ repo, body: body ?? "" })),
        )
      : [],
  ]);
  return list.map((one, index) => {
    const { repo } = one;
    const repository = repositoryUrl(ctx, repo);
    const url = `${repository}/issues/${one.number}`;
    const assignee = nullableSimpleUser(ctx, users.get(one.assigneeId ?? ""));
    return {
      id: one.apiId,
      node_id: nodeId(one.kind === "issue" ? "Issue" : "PullRequest", one.id),
      url,
      repository_url: repository,
      labels_url: `${url}/labels{/name}`,
      comments_url: `${url}/comments`,
      events_url: `${url}/events`,
      timeline_url: `${url}/timeline`,
      html_url: pageOf(ctx, repo, one),
      number: one.number,
      state: one.state,
      state_reason: one.stateReason,
      title: one.title,
      body: one.body,
      ...(options.html ? { body_html: html[index] ?? "" } : {}),
      user: nullableSimpleUser(ctx, users.get(one.authorId)),
      labels: one.labels.map((label) => labelView(ctx, repo, label)),
      assignee,
      assignees: assignee ? [assignee] : [],
      milestone: milestones.get(one.milestoneId ?? "") ?? null,
      locked: one.lockedAt !== null,
      active_lock_reason: one.lockedAt === null ? null : one.lockReason,
      comments: one.commentsCount,
      reactions: reactionsView(url, reactions.get(one.id)),
      author_association: associationOf(repo, one.authorId),
      closed_at: one.closedAt?.toISOString() ?? null,
      closed_by: nullableSimpleUser(ctx, users.get(one.closedById ?? "")),
      created_at: one.createdAt.toISOString(),
      updated_at: one.updatedAt.toISOString(),
      performed_via_github_app: null,
      ...(options.repository ? { repository: repositoryView(ctx, repo) } : {}),
    };
  });
}

/** The page on which something numbered is discussed. */
export const pageOf = (
  ctx: Context,
  repo: Repository,
  one: { readonly kind: Discussion["kind"]; readonly number: number },
): string => `${htmlUrl(ctx, repo)}/${one.kind === "issue" ? "issues" : "pull"}/${one.number}`;

async function milestoneViewsOf(ctx: Context, list: readonly Discussion[]) {
  const milestones = await milestonesById(
    ctx,
    list.map((one) => one.milestoneId),
  );
  const repos = new Map(list.map(({ repo }) => [repo.id, repo]));
  const views = new Map<string, z.input<typeof milestoneShape>>();
  for (const [repoId, group] of Map.groupBy(milestones.values(), (one) => one.repoId)) {
    const repo = repos.get(repoId);
    if (!repo) continue;
    const shown = await milestoneViews(ctx, repo, group);
    for (const [index, view] of shown.entries()) views.set(group[index]?.id ?? "", view);
  }
  return views;
}
