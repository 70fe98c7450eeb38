import { route } from "../../../kernel/http/route.ts";
import { many } from "../../issues/index.ts";
import { asPerson } from "../../repositories/index.ts";
import { changeManyPullRequests } from "../commands/change-many.ts";

const change = route({
  method: "PATCH",
  path: "/repos/{owner}/{repo}/pulls",
  operation: "pulls/update-many",
  summary: "Change many pull requests at once, all or none",
  access: asPerson("read", "repo:write"),
  body: many.manyBody,
  answer: many.manyAnswer,
  handle: async ({ ctx, repo, body }) =>
    changeManyPullRequests(ctx, repo, await many.wantedOf(ctx, repo, body.changes)),
});

export const manyRoutes = [change];
