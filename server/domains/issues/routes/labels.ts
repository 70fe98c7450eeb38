import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { nothing, route } from "../../../kernel/http/route.ts";
import { mapPage, pagingQuery, readPage, where } from "../../../kernel/paging.ts";
import { getLabel, labelShape, labelView, labelsByName, type Label } from "../../labels/index.ts";
import { labels } from "../../labels/schema.ts";
import { milestoneByNumber } from "../../planning/index.ts";
import { withRepository, type Repository } from "../../repositories/index.ts";
import { withIssue } from "../access.ts";
import { changeIssue } from "../commands/change.ts";
import { labelsBody } from "../input.ts";
import { labelsOf, type Issue } from "../queries.ts";
import { issueLabels, issues } from "../schema.ts";

const path = "/repos/{owner}/{repo}/issues/{issue_number}/labels";

const shown = async (ctx: Context, repo: Repository, issue: Issue) =>
  ((await labelsOf(ctx, [issue.id])).get(issue.id) ?? []).map((label) => labelView(ctx, repo, label));

const byName = sql`lower(${labels.name})`;
const nameKey = [{ column: byName, value: (row: Label) => row.name.toLowerCase() }];

const list = route({
  method: "GET",
  path,
  operation: "issues/list-labels-on-issue",
  summary: "List the labels of an issue",
  access: withIssue("read"),
  query: z.object(pagingQuery),
  answer: z.array(labelShape),
  handle: async ({ ctx, repo, issue, query }) => {
    const carried = sql`exists (select 1 from ${issueLabels} where ${issueLabels.issueId} = ${issue.id} and ${issueLabels.labelId} = ${labels.id})`;
    const page = await readPage<Label>(query, nameKey, "asc", (part) =>
      ctx.db
        .select()
        .from(labels)
        .where(where(eq(labels.repoId, repo.id), carried, part.where))
        .orderBy(...part.orderBy)
        .limit(part.limit)
        .offset(part.offset),
    );
    return mapPage(page, (label) => labelView(ctx, repo, label));
  },
});

const listOfMilestone = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/milestones/{milestone_number}/labels",
  operation: "issues/list-labels-for-milestone",
  summary: "List the labels that issues of a milestone carry",
  access: withRepository("read"),
  query: z.object(pagingQuery),
  answer: z.array(labelShape),
  handle: async ({ ctx, repo, params, query }) => {
    const milestone = await milestoneByNumber(ctx, repo, params.milestone_number);
    const carried = sql`exists (select 1 from ${issueLabels} join ${issues} on ${issues.id} = ${issueLabels.issueId}
      where ${issues.milestoneId} = ${milestone.id} and ${issueLabels.labelId} = ${labels.id})`;
    const page = await readPage<Label>(query, nameKey, "asc", (part) =>
      ctx.db
        .select()
        .from(labels)
        .where(where(eq(labels.repoId, repo.id), carried, part.where))
        .orderBy(...part.orderBy)
        .limit(part.limit)
        .offset(part.offset),
    );
    return mapPage(page, (label) => labelView(ctx, repo, label));
  },
});

const add = route({
  method: "POST",
  path,
  operation: "issues/add-labels",
  summary: "Add labels to an issue",
  access: withIssue("write"),
  body: labelsBody,
  answer: z.array(labelShape),
  handle: async ({ ctx, repo, issue, body }) => {
    const added = await labelsByName(ctx, repo, body.labels);
    await changeIssue(ctx, repo, issue, (_now, held) => {
      const fresh = added.filter((label) => !held.some((one) => one.id === label.id));
      return { labels: [...held, ...fresh] };
    });
    return shown(ctx, repo, issue);
  },
});

const set = route({
  method: "PUT",
  path,
  operation: "issues/set-labels",
  summary: "Replace the labels of an issue",
  access: withIssue("write"),
  body: labelsBody,
  answer: z.array(labelShape),
  handle: async ({ ctx, repo, issue, body }) => {
    await changeIssue(ctx, repo, issue, { labels: await labelsByName(ctx, repo, body.labels) });
    return shown(ctx, repo, issue);
  },
});

const removeOne = route({
  method: "DELETE",
  path: `${path}/{name}`,
  operation: "issues/remove-label",
  summary: "Take a label off an issue",
  access: withIssue("write"),
  answer: z.array(labelShape),
  handle: async ({ ctx, repo, issue, params }) => {
    const label = await getLabel(ctx, repo, params.name);
    await changeIssue(ctx, repo, issue, (_now, held) => ({
      labels: held.filter((one) => one.id !== label.id),
    }));
    return shown(ctx, repo, issue);
  },
});

const removeAll = route({
  method: "DELETE",
  path,
  operation: "issues/remove-all-labels",
  summary: "Take all labels off an issue",
  access: withIssue("write"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo, issue }) => {
    await changeIssue(ctx, repo, issue, { labels: [] });
  },
});

export const labelRoutes = [list, listOfMilestone, add, set, removeOne, removeAll];
