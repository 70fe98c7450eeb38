import { z } from "zod";
import { created, route } from "../../kernel/http/route.ts";
import { pagingQuery } from "../../kernel/paging.ts";
import { singleLine } from "../accounts/index.ts";
import { withRepository } from "../repositories/index.ts";
import { reportStatus } from "./commands.ts";
import { combinedStatus, commitOf, listStatuses } from "./queries.ts";
import { combinedStatusShape, combinedStatusView, statusShape, statusViews } from "./views.ts";

const report = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/statuses/{sha}",
  operation: "repos/create-commit-status",
  summary: "Report a status of a commit",
  access: withRepository("write"),
  body: z.object({
    state: z.enum(["error", "failure", "pending", "success"]),
    target_url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullable()
      .default(null),
    description: z.string().max(140).nullable().default(null).describe("At most 140 characters"),
    context: singleLine(255)
      .refine((text) => text.length > 0, "A context has 1 to 255 characters")
      .default("default"),
  }),
  answer: statusShape,
  status: 201,
  handle: async ({ ctx, repo, params, body }) => {
    const { target_url: targetUrl, ...rest } = body;
    const status = await reportStatus(ctx, repo, params.sha, { ...rest, targetUrl });
    const [view] = await statusViews(ctx, repo, [status]);
    if (!view) throw new Error("a status has a view");
    return created(view, view.url);
  },
});

const list = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/commits/{ref*}/statuses",
  operation: "repos/list-commit-statuses-for-ref",
  summary: "List all statuses reported on a commit, newest first",
  access: withRepository("read"),
  query: z.object(pagingQuery),
  answer: z.array(statusShape),
  handle: async ({ ctx, repo, params, query }) => {
    const page = await listStatuses(ctx, repo, await commitOf(ctx, repo, params.ref), query);
    return { ...page, items: await statusViews(ctx, repo, page.items) };
  },
});

const combined = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/commits/{ref*}/status",
  operation: "repos/get-combined-status-for-ref",
  summary: "The one verdict on a commit, and the newest status of each context",
  access: withRepository("read"),
  answer: combinedStatusShape,
  handle: async ({ ctx, repo, params }) =>
    combinedStatusView(ctx, repo, await combinedStatus(ctx, repo, await commitOf(ctx, repo, params.ref))),
});

export const routes = [report, list, combined];
