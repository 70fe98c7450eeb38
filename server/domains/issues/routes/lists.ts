import { eq } from "drizzle-orm";
import { z } from "zod";
import { qualifier, type Order } from "../../../../language/query.ts";
import type { Qualifier, Term } from "../../../../language/read.ts";
import { route, signedIn } from "../../../kernel/http/route.ts";
import { pagingQuery, where } from "../../../kernel/paging.ts";
import { compile, queryLine, termsOf } from "../../lists/index.ts";
import { asPerson, withRepository } from "../../repositories/index.ts";
import { changeManyIssues } from "../commands/change-many.ts";
import { issueKind } from "../kind.ts";
import { manyAnswer, manyBody, wantedOf } from "../many.ts";
import { listIssues } from "../queries.ts";
import { issues } from "../schema.ts";
import { searchIssues } from "../search.ts";
import { wantsHtml } from "../text.ts";
import { issueShape, issueViews } from "../views.ts";

const names = (text: string | undefined) =>
  (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

const listQuery = {
  q: queryLine.optional(),
  state: z.enum(["open", "closed", "all"]).optional().describe("`open` unless told here or in `q`"),
  labels: z.string().max(2000).optional().describe("Names separated by commas; all of them"),
  since: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .describe("Only what changed at or after this moment"),
  sort: z.enum(["created", "updated", "comments"]).optional().describe("`created` unless told"),
  direction: z.enum(["asc", "desc"]).optional().describe("`desc` unless told"),
};

const repositoryListQuery = {
  ...listQuery,
  assignee: z.string().max(100).optional().describe("A name, `none` or `*` for anyone"),
  creator: z.string().max(100).optional(),
  mentioned: z.string().max(100).optional().describe("Who is mentioned in it"),
  milestone: z.string().max(20).optional().describe("A number, `none` or `*` for any"),
};

type Asked = Partial<z.output<z.ZodObject<typeof repositoryListQuery>>>;

/** GitHub's parameters in the words of the language. */
function termsOfParameters({ assignee, creator, mentioned, milestone, ...query }: Asked): readonly Term[] {
  const noOrAny = (name: string, value: string, own: string): Qualifier =>
    value === "none" ? qualifier("no", name) : value === "*" ? qualifier("has", name) : qualifier(name, own);
  const state = query.state ?? (query.q === undefined ? "open" : "all");
  return [
    ...(state === "all" ? [] : [qualifier("is", state)]),
    ...(creator === undefined ? [] : [qualifier("author", creator)]),
    ...(mentioned === undefined ? [] : [qualifier("mentions", mentioned)]),
    ...(assignee === undefined ? [] : [noOrAny("assignee", assignee, assignee)]),
    ...(milestone === undefined ? [] : [noOrAny("milestone", milestone, `#${milestone}`)]),
    ...names(query.labels).map((name) => qualifier("label", name)),
    ...(query.since === undefined ? [] : [qualifier("updated", `>=${query.since.toISOString()}`)]),
    ...(query.q === undefined ? [] : termsOf(query.q)),
  ];
}

/** The order that parameters ask for, else the one of the query. */
const orderFor = (query: Asked, order: Order): Order => ({
  sort: query.sort ?? order.sort,
  direction: query.direction ?? (query.sort === undefined ? order.direction : "desc"),
});

const ofRepository = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/issues",
  operation: "issues/list-for-repo",
  summary: "List the issues of a repository, without its pull requests",
  access: withRepository("read"),
  query: z.object({ ...pagingQuery, ...repositoryListQuery }),
  answer: z.array(issueShape),
  handle: async ({ ctx, repo, query, headers }) => {
    const asked = await compile(ctx, issueKind, termsOfParameters(query), repo);
    const condition = where(eq(issues.repoId, repo.id), asked.state, asked.rest);
    const page = await listIssues(ctx, condition, orderFor(query, asked.order), query);
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
        .enum(["assigned", "created", "mentioned", "all"])
        .default("assigned")
        .describe("Issues assigned to you, opened by you, that mention you, or all of these"),
    }),
    answer: z.array(issueShape),
    handle: async ({ ctx, query, headers }) => {
      const mine = { assigned: "assignee", created: "author", mentioned: "mentions", all: "involves" };
      const terms = [...termsOfParameters(query), qualifier(mine[query.filter], "@me")];
      const asked = await compile(ctx, issueKind, terms, null);
      const page = await searchIssues(
        ctx,
        where(asked.state, asked.rest),
        orderFor(query, asked.order),
        query,
      );
      return {
        ...page,
        items: await issueViews(ctx, page.items, { html: wantsHtml(headers), repository: true }),
      };
    },
  });

const many = route({
  method: "PATCH",
  path: "/repos/{owner}/{repo}/issues",
  operation: "issues/update-many",
  summary: "Change many issues at once, all or none",
  access: asPerson("read", "repo:write"),
  body: manyBody,
  answer: manyAnswer,
  handle: async ({ ctx, repo, body }) => changeManyIssues(ctx, repo, await wantedOf(ctx, repo, body.changes)),
});

export const listRoutes = [
  many,
  ofRepository,
  ofPerson("/issues", "issues/list", "List your issues in all repositories that you can see"),
  ofPerson(
    "/user/issues",
    "issues/list-for-authenticated-user",
    "List your issues in all repositories that you can see",
  ),
];
