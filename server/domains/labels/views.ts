import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import { nodeId } from "../../kernel/ids.ts";
import { repositoryUrl, type Repository } from "../repositories/index.ts";
import { defaultLabels } from "./defaults.ts";
import type { Label } from "./queries.ts";

/** GitHub's `label`. */
export const labelShape = z
  .object({
    id: z.int(),
    node_id: z.string(),
    url: z.url(),
    name: z.string(),
    description: z.string().nullable(),
    color: z.string(),
    default: z.boolean(),
  })
  .meta({ id: "Label" });

const defaultNames = new Set<string>(defaultLabels.map((label) => label.name));

export function labelView(ctx: Context, repo: Repository, label: Label): z.input<typeof labelShape> {
  return {
    id: label.apiId,
    node_id: nodeId("Label", label.id),
    url: `${repositoryUrl(ctx, repo)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    description: label.description,
    color: label.color,
    default: defaultNames.has(label.name),
  };
}
