/** What can be chosen for an issue on a page: the beginning of each list, which is all of it nearly everywhere. */
import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import { simpleUser, simpleUserShape } from "../accounts/index.ts";
import { labelShape, labelView, listLabels } from "../labels/index.ts";
import { listMilestones, milestoneShape, milestoneViews } from "../planning/index.ts";
import type { RepoWith } from "../repositories/index.ts";
import { listAssignable } from "./assignable.ts";

export const choicesShape = z.object({
  labels: z.array(labelShape),
  milestones: z.array(milestoneShape),
  assignees: z.array(simpleUserShape),
});

const many = { per_page: 100 };

export async function choicesOf(ctx: Context, repo: RepoWith<"read">): Promise<z.input<typeof choicesShape>> {
  const [labels, milestones, assignees] = await Promise.all([
    listLabels(ctx, repo, many),
    listMilestones(ctx, repo, { state: "open", sort: "due_on", direction: "asc" }, many),
    listAssignable(ctx, repo, many),
  ]);
  return {
    labels: labels.items.map((label) => labelView(ctx, repo, label)),
    milestones: await milestoneViews(ctx, repo, milestones.items),
    assignees: assignees.items.map((person) => simpleUser(ctx, person)),
  };
}
