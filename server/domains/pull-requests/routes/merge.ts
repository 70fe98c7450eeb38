import { z } from "zod";
import { notFound } from "../../../kernel/errors.ts";
import { created, nothing, route } from "../../../kernel/http/route.ts";
import { asParticipant, withPullRequest } from "../access.ts";
import { cherryPickPullRequest, revertPullRequest } from "../commands/follow-up.ts";
import { mergePullRequest } from "../commands/merge.ts";
import { restoreBranch } from "../commands/restore-branch.ts";
import { updateBranch } from "../commands/update-branch.ts";
import { methodShape, pullShape } from "../shapes.ts";
import { placesOf, pullView } from "../views.ts";
import { body, branch, commitText, commitTitle, sha, title } from "./input.ts";

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

const merge = route({
  method: "PUT",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
  operation: "pulls/merge",
  summary: "Merge a pull request",
  access: withPullRequest("write"),
  body: z.object({
    commit_title: commitTitle.optional(),
    commit_message: commitText.optional(),
    sha: sha.optional().describe("The head that was reviewed; another one is refused"),
    merge_method: methodShape.optional().describe("The first allowed one unless told"),
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
  summary: "Bring the branch of a pull request up to date with its base",
  access: asParticipant(),
  body: z.object({
    expected_head_sha: sha.optional(),
    update_method: z
      .enum(["merge", "rebase"])
      .default("merge")
      .describe("Merge the base into the branch, or put the commits of the branch on top of the base"),
  }),
  answer: z.object({ message: z.string(), url: z.string() }),
  status: 202,
  handle: async ({ ctx, repo, pull, body }) => {
    await updateBranch(ctx, repo, pull, body.expected_head_sha, body.update_method);
    return { message: "The branch was updated.", url: placesOf(ctx, repo, pull.number).html };
  },
});

const followUp = {
  title: title.optional(),
  body: body.optional(),
  draft: z.boolean().optional(),
};

const revert = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/revert",
  operation: "pulls/revert",
  summary: "Open a pull request that takes back a merged one",
  access: withPullRequest("write"),
  body: z.object(followUp),
  answer: pullShape,
  status: 201,
  handle: async ({ ctx, repo, pull, body: { draft, ...wish } }) => {
    const made = await revertPullRequest(ctx, repo, pull, { ...wish, isDraft: draft });
    return created(await pullView(ctx, repo, made), placesOf(ctx, repo, made.number).url);
  },
});

const cherryPick = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/cherry-pick",
  operation: "pulls/cherry-pick",
  summary: "Open a pull request that brings a merged one to another branch",
  access: withPullRequest("write"),
  body: z.object({ ...followUp, base: branch.describe("The branch that gets it") }),
  answer: pullShape,
  status: 201,
  handle: async ({ ctx, repo, pull, body: { base, draft, ...wish } }) => {
    const made = await cherryPickPullRequest(ctx, repo, pull, base, { ...wish, isDraft: draft });
    return created(await pullView(ctx, repo, made), placesOf(ctx, repo, made.number).url);
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

export const mergeRoutes = [check, merge, update, restore, revert, cherryPick];
