import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import { nodeId } from "../../kernel/ids.ts";
import { avatarUrl, nullableSimpleUser, simpleUserShape, usersById } from "../accounts/index.ts";
import { repositoryShape, repositoryView, repositoryUrl, type RepoWith } from "../repositories/index.ts";
import type { CombinedStatus, Status } from "./queries.ts";

const simpleStatus = {
  url: z.string(),
  avatar_url: z.string().nullable(),
  id: z.int(),
  node_id: z.string(),
  state: z.enum(["error", "failure", "pending", "success"]),
  description: z.string().nullable(),
  target_url: z.string().nullable(),
  context: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
};

/** GitHub's `status`. */
export const statusShape = z
  .object({ ...simpleStatus, creator: simpleUserShape.nullable() })
  .meta({ id: "Status" });

/** GitHub's `combined-commit-status`. */
export const combinedStatusShape = z
  .object({
    state: z.enum(["failure", "pending", "success"]),
    statuses: z.array(z.object(simpleStatus)),
    sha: z.string(),
    total_count: z.int(),
    repository: repositoryShape,
    commit_url: z.string(),
    url: z.string(),
  })
  .meta({ id: "CombinedStatus" });

export async function statusViews(ctx: Context, repo: RepoWith<"read">, statuses: readonly Status[]) {
  const creators = await usersById(
    ctx,
    statuses.map((status) => status.creatorId),
  );
  return statuses.map((status) => {
    const creator = creators.get(status.creatorId ?? "");
    return {
      url: `${repositoryUrl(ctx, repo)}/statuses/${status.sha}`,
      avatar_url: creator ? avatarUrl(ctx, creator) : null,
      id: status.apiId,
      node_id: nodeId("StatusContext", status.id),
      state: status.state,
      description: status.description,
      target_url: status.targetUrl,
      context: status.context,
      created_at: status.createdAt.toISOString(),
      updated_at: status.createdAt.toISOString(),
      creator: nullableSimpleUser(ctx, creator),
    };
  });
}

export async function combinedStatusView(
  ctx: Context,
  repo: RepoWith<"read">,
  combined: CombinedStatus,
): Promise<z.input<typeof combinedStatusShape>> {
  const statuses = await statusViews(ctx, repo, combined.statuses);
  const url = `${repositoryUrl(ctx, repo)}/commits/${combined.sha}`;
  return {
    state: combined.state,
    statuses: statuses.map(({ creator: _creator, ...status }) => status),
    sha: combined.sha,
    total_count: combined.statuses.length,
    repository: repositoryView(ctx, repo),
    commit_url: url,
    url: `${url}/status`,
  };
}
