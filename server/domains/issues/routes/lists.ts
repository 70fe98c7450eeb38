import { eq, or, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { route, signedIn } from "../../../kernel/http/route.ts";
import { pagingQuery } from "../../../kernel/paging.ts";
import { usersByLogin } from "../../accounts/index.ts";
import { labels } from "../../labels/schema.ts";
import { milestoneByNumber } from "../../planning/index.ts";
import { withRepository, type RepoWith } from "../../repositories/index.ts";
import { listIssues, type IssueFilter } from "../queries.ts";
import { issueLabels, issues } from "../schema.ts";
import { searchIssues } from "../search.ts";
import { wantsHtml } from "../text.ts";
import { issueShape, issueViews } from "../views.ts";

const names = (text: string) =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

const listQuery = {
  state: z.enum(["open", "closed", "all"]).default("open"),
  labels: z.string().max(2000).optional().describe("Names separated by commas; all of them"),
  since: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .describe("Only what changed at or after this moment"),
  sort: z.enum(["created", "updated", "comments"]).default("created"),
  direction: z.enum(["asc", "desc"]).default("desc"),
};

export const repositoryListQuery = {
  ...listQuery,
  assignee: z.string().max(100).optional().describe("A name, `none` or `*` for anyone"),
  creator: z.string().max(100).optional(),
  milestone: z.string().max(20).optional().describe("A number, `none` or `*` for any"),
};

/** What a client's words mean here, or null when they name somebody or something that does not exist. */
export async function filterOf(
  ctx: Context,
  repo: RepoWith<"read">,
  query: z.output<z.ZodObject<typeof repositoryListQuery>>,
): Promise<IssueFilter | null> {
  const { assignee, creator, milestone } = query;
  const wantsPerson = assignee !== undefined && assignee !== "none" && assignee !== "*";
  const wantsMilestone = milestone !== undefined && milestone !== "none" && milestone !== "*";
  const people = await usersByLogin(
    ctx,
    [creator, wantsPerson ? assignee : undefined].filter((one) => one !== undefined),
  );
  const author = creator === undefined ? undefined : people.get(creator.toLowerCase());
  const assigned = wantsPerson ? people.get(assignee.toLowerCase()) : undefined;
  const chosen = wantsMilestone ? await milestoneByNumber(ctx, repo, milestone).catch(() => null) : undefined;
  const labelIds = await labelIdsOf(ctx, repo, names(query.labels ?? ""));
  if ((creator !== undefined && !author) || (wantsPerson && !assigned) || chosen === null || !labelIds)
    return null;
  return {
    state: query.state,
    since: query.since,
    authorId: author?.id,
    assigneeId: assignee === "none" ? null : assigned?.id,
    assigned: assignee === "*",
    milestoneId: milestone === "none" ? null : chosen?.id,
    milestoned: milestone === "*",
    labelIds,
  };
}

async function labelIdsOf(
  ctx: Context,
  repo: RepoWith<"read">,
  wanted: readonly string[],
): Promise<string[] | null> {
  if (wanted.length === 0) return [];
  const distinct = [...new Set(wanted.map((name) => name.toLowerCase()))];
  const rows = await ctx.db
    .select({ id: labels.id })
    .from(labels)
    .where(
      sql`${labels.repoId} = ${repo.id} and lower(${labels.name}) in (${sql.join(
        distinct.map((name) => sql`${name}`),
        sql`, `,
      )})`,
    );
  return rows.length === distinct.length ? rows.map((row) => row.id) : null;
}

const ofRepository = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/issues",
  operation: "issues/list-for-repo",
  summary: "List the issues of a repository, without its pull requests",
  access: withRepository("read"),
  query: z.object({ ...pagingQuery, ...repositoryListQuery }),
  answer: z.array(issueShape),
  handle: async ({ ctx, repo, query, headers }) => {
    const filter = await filterOf(ctx, repo, query);
    if (!filter) return { items: [], next: null, request: query };
    const page = await listIssues(ctx, eq(issues.repoId, repo.id), filter, query, query);
    const entries = page.items.map((issue) => ({ repo, issue }));
    return { ...page, items: await issueViews(ctx, entries, { html: wantsHtml(headers) }) };
  },
});

const ofPerson = (path: "/issues" | "/user/issues", operation: string, summary: string) =>
  route({
    method: "GET",
    path,
    operation,
    summary,
    access: signedIn("repo:read"),
    query: z.object({
      ...pagingQuery,
      ...listQuery,
      filter: z
        .enum(["assigned", "created", "all"])
        .default("assigned")
        .describe("Issues assigned to you, opened by you, or both"),
    }),
    answer: z.array(issueShape),
    handle: async ({ ctx, me, query, headers }) => {
      const assigned = eq(issues.assigneeId, me.user.id);
      const opened = eq(issues.authorId, me.user.id);
      const mine = { assigned, created: opened, all: or(assigned, opened) }[query.filter];
      const condition = mine && carriesAll(mine, names(query.labels ?? ""));
      const search = { condition, state: query.state, since: query.since };
      const page = await searchIssues(ctx, search, query, query);
      return {
        ...page,
        items: await issueViews(ctx, page.items, { html: wantsHtml(headers), repository: true }),
      };
    },
  });

/** Labels of many repositories are the same by name only. */
function carriesAll(condition: SQL, wanted: readonly string[]): SQL {
  const carries = (name: string) =>
    sql`exists (select 1 from ${issueLabels} join ${labels} on ${labels.id} = ${issueLabels.labelId}
      where ${issueLabels.issueId} = ${issues.id} and lower(${labels.name}) = ${name.toLowerCase()})`;
  return sql.join([condition, ...wanted.map(carries)], sql` and `);
}

export const listRoutes = [
  ofRepository,
  ofPerson("/issues", "issues/list", "List your issues in all repositories that you can see"),
  ofPerson(
    "/user/issues",
    "issues/list-for-authenticated-user",
    "List your issues in all repositories that you can see",
  ),
];
