import { eq } from "drizzle-orm";
import { z } from "zod";
import { route } from "../../../kernel/http/route.ts";
import { pagingQuery, where } from "../../../kernel/paging.ts";
import { compile } from "../../lists/index.ts";
import { asPerson, withRepository } from "../../repositories/index.ts";
import { changeManyIssues } from "../commands/change-many.ts";
import { issueKind } from "../kind.ts";
import { manyAnswer, manyBody, wantedOf } from "../many.ts";
import { listIssues } from "../queries.ts";
import { issues } from "../schema.ts";
import { wantsHtml } from "../text.ts";
import { issueShape, issueViews } from "../views.ts";
import { orderFor, repositoryListQuery, termsOfParameters } from "./parameters.ts";

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

export const listRoutes = [many, ofRepository];
