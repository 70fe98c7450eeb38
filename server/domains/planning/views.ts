import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import { nodeId } from "../../kernel/ids.ts";
import { nullableSimpleUser, simpleUserShape, usersById, type Owner } from "../accounts/index.ts";
import { htmlUrl, repositoryUrl, type Repository } from "../repositories/index.ts";
import type { Milestone } from "./queries.ts";

/** GitHub's `milestone`. */
export const milestoneShape = z
  .object({
    url: z.string(),
    html_url: z.string(),
    labels_url: z.string(),
    id: z.int(),
    node_id: z.string(),
    number: z.int(),
    state: z.enum(["open", "closed"]),
    title: z.string(),
    description: z.string().nullable(),
    creator: simpleUserShape.nullable(),
    open_issues: z.int(),
    closed_issues: z.int(),
    created_at: z.string(),
    updated_at: z.string(),
    closed_at: z.string().nullable(),
    due_on: z.string().nullable(),
  })
  .meta({ id: "Milestone" });

function milestoneView(
  ctx: Context,
  repo: Repository,
  milestone: Milestone,
  creator: Owner | undefined,
): z.input<typeof milestoneShape> {
  const url = `${repositoryUrl(ctx, repo)}/milestones/${milestone.number}`;
  return {
    url,
    html_url: `${htmlUrl(ctx, repo)}/milestone/${milestone.number}`,
    labels_url: `${url}/labels`,
    id: milestone.apiId,
    node_id: nodeId("Milestone", milestone.id),
    number: milestone.number,
    state: milestone.state,
    title: milestone.title,
    description: milestone.description,
    creator: nullableSimpleUser(ctx, creator),
    open_issues: milestone.openCount,
    closed_issues: milestone.closedCount,
    created_at: milestone.createdAt.toISOString(),
    updated_at: milestone.updatedAt.toISOString(),
    closed_at: milestone.closedAt?.toISOString() ?? null,
    due_on: milestone.dueDate?.toISOString() ?? null,
  };
}

export async function milestoneViews(ctx: Context, repo: Repository, list: readonly Milestone[]) {
  const creators = await usersById(
    ctx,
    list.map((milestone) => milestone.creatorId),
  );
  return list.map((milestone) =>
    milestoneView(ctx, repo, milestone, creators.get(milestone.creatorId ?? "")),
  );
}
