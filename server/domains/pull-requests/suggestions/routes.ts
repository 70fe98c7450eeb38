import { z } from "zod";
import { route } from "../../../kernel/http/route.ts";
import { asParticipant } from "../access.ts";
import { sha } from "../routes/input.ts";
import { applySuggestions } from "./apply.ts";

const apply = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/suggestions",
  operation: "pulls/apply-suggestions",
  summary: "Apply what comments suggest to the source branch, all in one commit",
  access: asParticipant(),
  body: z.object({
    comment_ids: z.array(z.int().min(1)).min(1).max(100),
    message: z
      .string()
      .max(65_536)
      .optional()
      .describe("The commit's; credit to who made the suggestions is added"),
    expected_head_sha: sha.optional().describe("Refused with 409 when the head is another by now"),
  }),
  answer: z.object({ sha: z.string().describe("The commit"), comment_ids: z.array(z.int()) }),
  status: 201,
  handle: async ({ ctx, repo, pull, body }) => ({
    sha: await applySuggestions(ctx, repo, pull, {
      commentIds: body.comment_ids,
      message: body.message,
      expectedHead: body.expected_head_sha,
    }),
    comment_ids: [...new Set(body.comment_ids)],
  }),
});

export const suggestionRoutes = [apply];
