/** The box of a pull request that says what stands between it and its merge. */
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { mayTriage, verdictShape } from "../../issues/index.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { mergeMessage } from "../commands/merge-message.ts";
import { methodRefusal } from "../commands/methods.ts";
import type { PullRequest } from "../queries.ts";
import { judge, mergeStateStatus } from "../requirements.ts";
import { methodShape } from "../shapes.ts";

const textShape = z.object({ title: z.string(), body: z.string() });

export const mergeShape = z.object({
  mergeable: z.boolean().nullable(),
  state: z.string(),
  status: z.string().describe("The state as GraphQL's MergeStateStatus says it"),
  requirements: z.array(
    z.object({
      name: z.string(),
      met: z.boolean(),
      sentence: z.string(),
      missing: z
        .array(z.object({ owners: z.array(z.string()), paths: z.array(z.string()), count: z.int() }))
        .optional()
        .describe("Owners who have not approved, with the first of their files"),
    }),
  ),
  conflicts: z.array(z.string()),
  methods: z.array(z.object({ name: methodShape, refused: z.string().nullable() })),
  auto: verdictShape.describe("Whether the reader may let it merge by itself"),
  cancel: verdictShape.describe("Whether the reader may take that back"),
  messages: z.object({ merge: textShape, squash: textShape }).nullable().describe("What a merge would say"),
});

export async function mergeBox(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
): Promise<z.input<typeof mergeShape>> {
  const { requirements, mergeable, state, conflicts, methods } = await judge(ctx, repo, pull);
  const writes = mayTriage(ctx.actor, repo);
  const messages =
    pull.state === "open"
      ? {
          merge: await mergeMessage(ctx, repo, pull, "merge"),
          squash: await mergeMessage(ctx, repo, pull, "squash"),
        }
      : null;
  return {
    mergeable,
    state,
    status: mergeStateStatus(state),
    requirements: requirements.map(({ missing, ...one }) => ({
      ...one,
      ...(missing
        ? {
            missing: missing.map(({ owners, paths, count }) => ({
              owners: [...owners],
              paths: [...paths],
              count,
            })),
          }
        : {}),
    })),
    conflicts: [...conflicts],
    auto: writes !== true ? writes : repo.allowAutoMerge || "This repository does not allow auto-merge",
    cancel: writes,
    methods: await Promise.all(
      methods.map(async (name) => ({
        name,
        refused: pull.state === "open" ? await methodRefusal(ctx, repo, pull, name) : null,
      })),
    ),
    messages,
  };
}
