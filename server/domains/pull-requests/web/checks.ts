/** The checks of a pull request: those of its head, with what its target branch requires. */
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { route } from "../../../kernel/http/route.ts";
import {
  checkList,
  checkListShape,
  combinedChecks,
  openedQuery,
  type ListPart,
  shownRun,
  shownRunShape,
  type Required,
} from "../../checks/index.ts";
import { mayEdit, verdictShape } from "../../issues/index.ts";
import { branchRule, repositoryShape, repositoryView, type RepoWith } from "../../repositories/index.ts";
import { withPullRequest } from "../access.ts";
import { catchUp } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import { pullShape } from "../shapes.ts";
import { pullView } from "../views.ts";

/**
 * All checks of the head, and the list of them that is shown.
 *
 * @param part which lines of the list
 */
export async function checksOf(ctx: Context, repo: RepoWith<"read">, pull: PullRequest, part: ListPart) {
  const [found, rule] = await Promise.all([
    combinedChecks(ctx, repo, pull.headSha),
    branchRule(ctx, repo, pull.targetBranch),
  ]);
  // Of what is over nothing is expected any more.
  const required: Required =
    rule?.requireStatusChecks && pull.state === "open" ? rule.requiredStatusChecks : null;
  return { found, list: checkList(found, required, part) };
}

const page = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/pulls/{pull_number}/checks",
  operation: "web/get-pull-checks-page",
  summary: "The checks of a pull request's head, and one of its runs",
  access: withPullRequest("read"),
  internal: true,
  query: z.object(openedQuery),
  answer: z.object({
    repository: repositoryShape,
    pull: pullShape,
    list: checkListShape,
    run: shownRunShape.nullable(),
    can: z.object({ edit: verdictShape }),
  }),
  handle: async ({ ctx, repo, pull: seen, query }) => {
    const pull = await catchUp(ctx, repo, seen);
    const [view, { found, list }] = await Promise.all([
      pullView(ctx, repo, pull),
      checksOf(ctx, repo, pull, { most: query.checks, after: query.after }),
    ]);
    return {
      repository: repositoryView(ctx, repo),
      pull: view,
      list,
      run: await shownRun(ctx, repo, found, { run: query.run, all: query.all !== undefined }),
      can: { edit: mayEdit(ctx.actor, repo, pull) },
    };
  },
});

export const checksPageRoutes = [page];
