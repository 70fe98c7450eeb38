import { z } from "zod";
import { notFound } from "../../../kernel/errors.ts";
import { anyone, created, route, signedIn } from "../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import { repositoryUrl } from "../addresses.ts";
import { listDeleted, restorableForMs, restoreRepository } from "../commands/deletion.ts";
import { findRepositoryByNumber } from "../queries.ts";
import { fullRepositoryShape, repositoryShape, repositoryView } from "../views.ts";
import { fullView } from "./settings.ts";

const numberOf = (text: string): number => {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw notFound();
  return Number(text);
};

const getById = route({
  method: "GET",
  path: "/repositories/{id}",
  operation: "repos/get-by-id",
  summary: "Get a repository by its id, which no rename changes",
  access: anyone,
  answer: fullRepositoryShape,
  handle: async ({ ctx, params }) => {
    const repo = await findRepositoryByNumber(ctx, numberOf(params.id));
    if (!repo) throw notFound();
    return fullView(ctx, repo);
  },
});

const listOwnDeleted = route({
  method: "GET",
  path: "/user/deleted-repos",
  operation: "repos/list-deleted",
  summary: "List the deleted repositories one may restore",
  access: signedIn("repo:read"),
  query: z.object(pagingQuery),
  answer: z.array(
    repositoryShape.extend({ deleted_at: z.iso.datetime(), restorable_until: z.iso.datetime() }),
  ),
  handle: async ({ ctx, me, query }) =>
    mapPage(await listDeleted(ctx, me, query), (repo) => ({
      ...repositoryView(ctx, repo),
      deleted_at: repo.deletedAt.toISOString(),
      restorable_until: new Date(repo.deletedAt.getTime() + restorableForMs).toISOString(),
    })),
});

const restore = route({
  method: "POST",
  path: "/repositories/{id}/restore",
  operation: "repos/restore",
  summary: "Restore a deleted repository",
  access: signedIn("repo:write"),
  body: z.object({
    name: z.string().min(1).max(100).optional().describe("Another name, where its own is taken by now"),
  }),
  answer: fullRepositoryShape,
  status: 201,
  handle: async ({ ctx, me, params, body }) => {
    const repo = await restoreRepository(ctx, me, numberOf(params.id), body.name);
    return created(await fullView(ctx, repo), repositoryUrl(ctx, repo));
  },
});

export const deletedRoutes = [getById, listOwnDeleted, restore];
