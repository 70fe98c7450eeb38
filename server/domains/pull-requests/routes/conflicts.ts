import { z } from "zod";
import { route } from "../../../kernel/http/route.ts";
import { asParticipant } from "../access.ts";
import { resolveConflicts } from "../commands/resolve.ts";
import { pullShape } from "../shapes.ts";
import { pullView } from "../views.ts";
import { sha } from "./input.ts";

const content = z
  .string()
  .max(2_000_000)
  .regex(/^[^\0]*$/, "This holds a character that a text cannot hold");

const file = z.object({
  path: z.string().min(1).max(4096),
  content: content.optional().describe("The whole file, without conflict markers"),
  places: z
    .record(
      z.string().max(40),
      z.object({
        choice: z
          .enum(["ours", "theirs", "both", "text"])
          .describe("`ours` is the branch, `theirs` the base"),
        text: content.optional().describe("With `text`: what shall stand there"),
      }),
    )
    .optional()
    .describe(
      "Instead of the content: what shall stand at each place in conflict, by the name the page gives it",
    ),
});

const resolve = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/resolve-conflicts",
  operation: "pulls/resolve-conflicts",
  summary: "Merge the base into the branch of a pull request, with its conflicts resolved",
  access: asParticipant(),
  body: z.object({
    expected_head_sha: sha.describe("The head whose conflicts were looked at"),
    expected_base_sha: sha.describe("The base whose conflicts were looked at"),
    files: z
      .union([z.array(file).max(100), z.record(z.string().max(40), file)])
      .describe("Every file in conflict, as a list or (from forms) under any names"),
  }),
  answer: pullShape,
  handle: async ({ ctx, repo, pull, body }) => {
    const resolved = await resolveConflicts(ctx, repo, pull, {
      expectedHead: body.expected_head_sha,
      expectedBase: body.expected_base_sha,
      files: Array.isArray(body.files) ? body.files : Object.values(body.files),
    });
    return pullView(ctx, repo, resolved);
  },
});

export const conflictRoutes = [resolve];
