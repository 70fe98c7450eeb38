import { z } from "zod";
import { defined } from "../../kernel/defined.ts";
import { created, nothing, route } from "../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../kernel/paging.ts";
import { singleLine } from "../accounts/index.ts";
import { withRepository } from "../repositories/index.ts";
import { createLabel, deleteLabel, updateLabel } from "./commands.ts";
import { getLabel, listLabels } from "./queries.ts";
import { labelShape, labelView } from "./views.ts";

const name = singleLine(50)
  .refine((text) => text.length > 0, "A name has 1 to 50 characters")
  .describe("Unique in the repository, in any case");
const color = z
  .string()
  .regex(/^#?[0-9a-fA-F]{6}$/, "Six hex digits, e.g. f29513")
  .transform((text) => text.replace("#", "").toLowerCase())
  .describe("Six hex digits");
const description = singleLine(100).nullable().describe("At most 100 characters");

const listRepositoryLabels = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/labels",
  operation: "issues/list-labels-for-repo",
  summary: "List the labels of a repository",
  access: withRepository("read"),
  query: z.object(pagingQuery),
  answer: z.array(labelShape),
  handle: async ({ ctx, repo, query }) =>
    mapPage(await listLabels(ctx, repo, query), (label) => labelView(ctx, repo, label)),
});

const createRepositoryLabel = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/labels",
  operation: "issues/create-label",
  summary: "Create a label",
  access: withRepository("write"),
  body: z.object({ name, color: color.default("ededed"), description: description.default(null) }),
  answer: labelShape,
  status: 201,
  handle: async ({ ctx, repo, body }) => {
    const label = labelView(ctx, repo, await createLabel(ctx, repo, body));
    return created(label, label.url);
  },
});

const getRepositoryLabel = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/labels/{name}",
  operation: "issues/get-label",
  summary: "Get a label",
  access: withRepository("read"),
  answer: labelShape,
  handle: async ({ ctx, repo, params }) => labelView(ctx, repo, await getLabel(ctx, repo, params.name)),
});

const updateRepositoryLabel = route({
  method: "PATCH",
  path: "/repos/{owner}/{repo}/labels/{name}",
  operation: "issues/update-label",
  summary: "Rename a label, or change its colour or description",
  access: withRepository("write"),
  body: z.object({
    new_name: name.optional(),
    color: color.optional(),
    description: description.optional(),
  }),
  answer: labelShape,
  handle: async ({ ctx, repo, params, body }) => {
    const label = await getLabel(ctx, repo, params.name);
    const { new_name, ...rest } = body;
    const changes = defined({ ...rest, name: new_name });
    return labelView(ctx, repo, await updateLabel(ctx, repo, label, changes));
  },
});

const deleteRepositoryLabel = route({
  method: "DELETE",
  path: "/repos/{owner}/{repo}/labels/{name}",
  operation: "issues/delete-label",
  summary: "Delete a label, also from everything that carries it",
  access: withRepository("write"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo, params }) => deleteLabel(ctx, repo, await getLabel(ctx, repo, params.name)),
});

export const routes = [
  listRepositoryLabels,
  createRepositoryLabel,
  getRepositoryLabel,
  updateRepositoryLabel,
  deleteRepositoryLabel,
];
