import { z } from "zod";
import { transact } from "../../kernel/context.ts";
import { notFound } from "../../kernel/errors.ts";
import { administrator, nothing, route } from "../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../kernel/paging.ts";
import { withRepository } from "../repositories/index.ts";
import { keepOne } from "./jobs.ts";
import { listKept, repositoriesAt, upkeepOf } from "./queries.ts";
import { keptRepositoryShape, keptRepositoryView, stateShape, upkeepShape, upkeepView } from "./views.ts";

const list = route({
  method: "GET",
  path: "/admin/repositories",
  operation: "admin/list-repositories",
  summary: "All repositories with their disk use and their last check, the largest first",
  access: administrator,
  query: z.object({
    ...pagingQuery,
    q: z.string().trim().max(200).optional().describe("Part of owner/name"),
    state: stateShape.optional(),
  }),
  answer: z.array(keptRepositoryShape),
  handle: async ({ ctx, query }) => {
    const page = await listKept(ctx, query, { text: query.q, state: query.state });
    return mapPage(page, (row) => keptRepositoryView(ctx, row));
  },
});

const check = route({
  method: "POST",
  path: "/admin/repositories/{owner}/{repo}/checks",
  operation: "admin/check-repository",
  summary: "Maintain and check a repository soon; what is found stands in the list",
  access: administrator,
  body: z.object({
    full: z.boolean().default(false).describe("Read and hash every byte, which takes a while"),
  }),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, params, body }) => {
    const [repoId] = await repositoriesAt(ctx, [`${params.owner}/${params.repo}`]);
    if (repoId === undefined) throw notFound();
    await transact(ctx, (tx) =>
      tx.jobs.enqueue(
        tx,
        keepOne.name,
        { repoId, full: body.full },
        { singletonKey: `${repoId}:${body.full}` },
      ),
    );
  },
});

const one = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/upkeep",
  operation: "repos/get-upkeep",
  summary: "The disk use of a repository, and what its last check found",
  access: withRepository("admin"),
  answer: upkeepShape,
  handle: async ({ ctx, repo }) => upkeepView(await upkeepOf(ctx, repo)),
});

export const routes = [list, check, one];
