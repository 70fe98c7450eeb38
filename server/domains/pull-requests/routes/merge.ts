import { z } from "zod";
import { notFound } from "../../../kernel/errors.ts";
import { nothing, route } from "../../../kernel/http/route.ts";
import { asParticipant, withPullRequest } from "../access.ts";
import { mergePullRequest } from "../commands/merge.ts";
import { restoreBranch } from "../commands/restore-branch.ts";
import { updateBranch } from "../commands/update-branch.ts";
import { pullShape } from "../shapes.ts";
import { placesOf, pullView } from "../views.ts";
import { sha } from "./input.ts";

const check = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
  operation: "pulls/check-if-merged",
  summary: "Whether a pull request is merged: 204, or 404",
  access: withPullRequest("read"),
  answer: nothing,
  status: 204,
  handle: ({ pull }) => {
    if (pull.state !== "merged") throw notFound();
  },
});

const text = z
  .string()
  .max(65_536)
  .regex(/^[^\0]*$/, "This holds a character that git cannot store");

const merge = route({
  method: "PUT",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
  operation: "pulls/merge",
  summary: "Merge a pull request",
  access: withPullRequest("write"),
  body: z.object({
    commit_title: text.refine((title) => !/[\r\n]/.test(title), "A title is one line").optional(),
    commit_message: text.optional(),
    sha: sha.optional().describe("The head that was reviewed; another one is refused"),
    merge_method: z
      .enum(["merge", "squash", "rebase"])
      .optional()
      .describe("The first allowed one unless told"),
  }),
  answer: z.object({ sha: z.string(), merged: z.literal(true), message: z.string() }),
  handle: async ({ ctx, repo, pull, body }) => {
    const merged = await mergePullRequest(ctx, repo, pull, {
      method: body.merge_method,
      expectedHead: body.sha,
      title: body.commit_title,
      message: body.commit_message,
    });
    return { sha: merged.sha, merged: true as const, message: "Pull Request successfully merged" };
  },
});

const update = route({
  method: "PUT",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/update-branch",
  operation: "pulls/update-branch",
  summary: "Merge the base into the branch of a pull request",
  access: asParticipant(),
  body: z.object({ expected_head_sha: sha.optional() }),
  answer: z.object({ message: z.string(), url: z.string() }),
  status: 202,
  handle: async ({ ctx, repo, pull, body }) => {
    await updateBranch(ctx, repo, pull, body.expected_head_sha);
    return { message: "The branch was updated.", url: placesOf(ctx, repo, pull.number).html };
  },
});

const restore = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/restore-branch",
  operation: "pulls/restore-branch",
  summary: "Make the branch of a pull request again, where its head is kept; not at GitHub",
  access: asParticipant(),
  answer: pullShape,
  handle: async ({ ctx, repo, pull }) => {
    await restoreBranch(ctx, repo, pull);
    return pullView(ctx, repo, pull);
  },
});

export const mergeRoutes = [check, merge, update, restore];
