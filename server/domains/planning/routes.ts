import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import { defined } from "../../kernel/defined.ts";
import { created, nothing, route } from "../../kernel/http/route.ts";
import { pagingQuery } from "../../kernel/paging.ts";
import { singleLine } from "../accounts/index.ts";
import { withRepository, type Repository } from "../repositories/index.ts";
import { createMilestone, deleteMilestone, updateMilestone } from "./commands.ts";
import { listMilestones, milestoneByNumber, type Milestone } from "./queries.ts";
import { milestoneShape, milestoneViews } from "./views.ts";

const title = singleLine(256).refine((text) => text.length > 0, "A title has 1 to 256 characters");
const description = z.string().max(65_536).nullable();
const state = z.enum(["open", "closed"]);
const due = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .nullable()
  .transform((text) => (text === null ? null : new Date(text)))
  .describe("A day or a moment, ISO 8601");

const one = async (ctx: Context, repo: Repository, milestone: Milestone) => {
  const [view] = await milestoneViews(ctx, repo, [milestone]);
  if (!view) throw new Error("a milestone has a view");
  return view;
};

const list = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/milestones",
  operation: "issues/list-milestones",
  summary: "List the milestones of a repository",
  access: withRepository("read"),
  query: z.object({
    ...pagingQuery,
    state: z.enum(["open", "closed", "all"]).default("open"),
    sort: z.enum(["due_on", "completeness"]).default("due_on"),
    direction: z.enum(["asc", "desc"]).default("asc"),
  }),
  answer: z.array(milestoneShape),
  handle: async ({ ctx, repo, query }) => {
    const page = await listMilestones(ctx, repo, query, query);
    return { ...page, items: await milestoneViews(ctx, repo, page.items) };
  },
});

const create = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/milestones",
  operation: "issues/create-milestone",
  summary: "Create a milestone",
  access: withRepository("write"),
  body: z.object({
    title,
    state: state.default("open"),
    description: description.default(null),
    due_on: due.default(null),
  }),
  answer: milestoneShape,
  status: 201,
  handle: async ({ ctx, repo, body }) => {
    const { due_on: dueDate, ...rest } = body;
    const view = await one(ctx, repo, await createMilestone(ctx, repo, { ...rest, dueDate }));
    return created(view, view.url);
  },
});

const get = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/milestones/{milestone_number}",
  operation: "issues/get-milestone",
  summary: "Get a milestone",
  access: withRepository("read"),
  answer: milestoneShape,
  handle: async ({ ctx, repo, params }) =>
    one(ctx, repo, await milestoneByNumber(ctx, repo, params.milestone_number)),
});

const update = route({
  method: "PATCH",
  path: "/repos/{owner}/{repo}/milestones/{milestone_number}",
  operation: "issues/update-milestone",
  summary: "Change, close or reopen a milestone",
  access: withRepository("write"),
  body: z.object({
    title: title.optional(),
    state: state.optional(),
    description: description.optional(),
    due_on: due.optional(),
  }),
  answer: milestoneShape,
  handle: async ({ ctx, repo, params, body }) => {
    const milestone = await milestoneByNumber(ctx, repo, params.milestone_number);
    const { due_on: dueDate, ...rest } = body;
    return one(ctx, repo, await updateMilestone(ctx, repo, milestone, defined({ ...rest, dueDate })));
  },
});

const remove = route({
  method: "DELETE",
  path: "/repos/{owner}/{repo}/milestones/{milestone_number}",
  operation: "issues/delete-milestone",
  summary: "Delete a milestone; what belonged to it stays",
  access: withRepository("write"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo, params }) =>
    deleteMilestone(ctx, repo, await milestoneByNumber(ctx, repo, params.milestone_number)),
});

export const routes = [list, create, get, update, remove];
