import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import { defined } from "../../kernel/defined.ts";
import { created, nothing, route } from "../../kernel/http/route.ts";
import { singleLine } from "../accounts/index.ts";
import { asPerson, withRepository, type Repository } from "../repositories/index.ts";
import { queryLine, termsOf } from "./asked.ts";
import { changeView, deleteView, saveView } from "./commands.ts";
import { getView, listViews, type View } from "./queries.ts";
import { viewShape, viewsOf } from "./views.ts";

const collection = "/repos/{owner}/{repo}/views" as const;
const one = "/repos/{owner}/{repo}/views/{view_id}" as const;

const name = singleLine(60).refine((text) => text.length > 0, "A name has 1 to 60 characters");
const kind = z.enum(["issue", "pr"]);
/** What cannot be meant is not saved. */
const query = queryLine
  .transform((line) => line.trim())
  .refine((line) => line !== "", "A saved query asks something");
const fields = {
  name,
  description: z.string().max(500).nullable(),
  query,
  shared: z.boolean().describe("Seen by everybody; needs write access"),
};

const shown = async (ctx: Context, repo: Repository, view: View) => {
  const [found] = await viewsOf(ctx, repo, [view]);
  if (!found) throw new Error("a saved query has a view");
  return found;
};

const list = route({
  method: "GET",
  path: collection,
  operation: "views/list-for-repo",
  summary: "List the saved queries of a repository: the shared ones, and your own",
  access: withRepository("read"),
  query: z.object({ kind: kind.optional().describe("Only those of issues, or of pull requests") }),
  answer: z.array(viewShape),
  handle: async ({ ctx, repo, query: asked }) => viewsOf(ctx, repo, await listViews(ctx, repo, asked.kind)),
});

const create = route({
  method: "POST",
  path: collection,
  operation: "views/create",
  summary: "Save a query",
  access: asPerson("read", "repo:write"),
  body: z.object({
    kind,
    name: fields.name,
    description: fields.description.default(null),
    query: fields.query,
    shared: fields.shared.default(false),
  }),
  answer: viewShape,
  status: 201,
  handle: async ({ ctx, repo, body }) => {
    termsOf(body.query);
    const input = { kind: body.kind, name: body.name, description: body.description };
    const view = await saveView(ctx, repo, { ...input, filters: body.query, isShared: body.shared });
    const answer = await shown(ctx, repo, view);
    return created(answer, answer.url);
  },
});

const update = route({
  method: "PATCH",
  path: one,
  operation: "views/update",
  summary: "Rename, change or share a saved query",
  access: asPerson("read", "repo:write"),
  body: z.object(fields).partial(),
  answer: viewShape,
  handle: async ({ ctx, repo, params, body }) => {
    if (body.query !== undefined) termsOf(body.query);
    const view = await getView(ctx, repo, params.view_id);
    const changes = defined({
      name: body.name,
      description: body.description,
      filters: body.query,
      isShared: body.shared,
    });
    return shown(ctx, repo, await changeView(ctx, repo, view, changes));
  },
});

const remove = route({
  method: "DELETE",
  path: one,
  operation: "views/delete",
  summary: "Delete a saved query",
  access: asPerson("read", "repo:write"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo, params }) => deleteView(ctx, repo, await getView(ctx, repo, params.view_id)),
});

export const routes = [list, create, update, remove];
