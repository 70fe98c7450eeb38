import { z } from "zod";
import { nothing, route } from "../../../kernel/http/route.ts";
import { withPullRequest } from "../access.ts";
import { commitText, commitTitle, sha } from "../routes/input.ts";
import { methodShape, pullShape } from "../shapes.ts";
import { pullView } from "../views.ts";
import { disableAutoMerge, enableAutoMerge } from "./commands.ts";

const enable = route({
  method: "PUT",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/auto-merge",
  operation: "pulls/enable-auto-merge",
  summary: "Merge a pull request by itself once nothing stands in the way",
  access: withPullRequest("write"),
  body: z.object({
    commit_title: commitTitle.optional(),
    commit_message: commitText.optional(),
    sha: sha.optional().describe("The head that was reviewed; another one is refused"),
    merge_method: methodShape.optional().describe("The first allowed one unless told"),
  }),
  answer: pullShape,
  handle: async ({ ctx, repo, pull, body }) => {
    const enabled = await enableAutoMerge(ctx, repo, pull, {
      method: body.merge_method,
      expectedHead: body.sha,
      title: body.commit_title,
      message: body.commit_message,
    });
    return pullView(ctx, repo, enabled);
  },
});

const disable = route({
  method: "DELETE",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/auto-merge",
  operation: "pulls/disable-auto-merge",
  summary: "No longer merge a pull request by itself",
  access: withPullRequest("write"),
  answer: nothing,
  status: 204,
  handle: ({ ctx, repo, pull }) => disableAutoMerge(ctx, repo, pull),
});

export const autoMergeRoutes = [enable, disable];
