/** A pull request in the shape of an issue, as GitHub's API shows it wherever both kinds stand together. */
import type { Context } from "../../kernel/context.ts";
import { discussionViews, type Discussion, type IssueView } from "../issues/index.ts";
import type { Repository } from "../repositories/index.ts";
import { labelsOf, lockReasonsOf, type PullRequest } from "./queries.ts";
import { placesOf } from "./views.ts";

export interface PullInRepository {
  readonly repo: Repository;
  readonly pull: PullRequest;
}

/** Pull requests of any repositories, in their order. */
export async function pullIssueViews(
  ctx: Context,
  entries: readonly PullInRepository[],
  options: { readonly html?: boolean; readonly repository?: boolean } = {},
): Promise<IssueView[]> {
  const [labels, lockReasons] = await Promise.all([
    labelsOf(
      ctx,
      entries.map(({ pull }) => pull.id),
    ),
    lockReasonsOf(
      ctx,
      entries.map(({ pull }) => pull),
    ),
  ]);
  const discussions = entries.map(({ repo, pull }): Discussion => ({
    ...pull,
    repo,
    kind: "pull_request",
    state: pull.state === "open" ? "open" : "closed",
    stateReason: null,
    labels: labels.get(pull.id) ?? [],
    lockReason: lockReasons.get(pull.id) ?? null,
  }));
  const views = await discussionViews(ctx, discussions, options);
  return views.map((view, index) => {
    const entry = entries[index];
    if (!entry) return view;
    const { url, html } = placesOf(ctx, entry.repo, entry.pull.number);
    return {
      ...view,
      draft: entry.pull.isDraft,
      pull_request: {
        url,
        html_url: html,
        diff_url: `${html}.diff`,
        patch_url: `${html}.patch`,
        merged_at: entry.pull.mergedAt?.toISOString() ?? null,
      },
    };
  });
}

/** The one view of one pull request. */
export async function pullIssueView(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  options: { readonly html?: boolean } = {},
): Promise<IssueView> {
  const [view] = await pullIssueViews(ctx, [{ repo, pull }], options);
  if (!view) throw new Error("a pull request has a view");
  return view;
}
