/** GitHub's lists of what concerns a person, in all repositories that they can see: issues and pull requests, one series. */
import { z } from "zod";
import { qualifier } from "../../../language/query.ts";
import { route, signedIn } from "../../kernel/http/route.ts";
import { joinPages, pagingQuery, where } from "../../kernel/paging.ts";
import {
  issueKind,
  issueShape,
  listQuery,
  orderFor,
  searchIssues,
  termsOfParameters,
  wantsHtml,
} from "../issues/index.ts";
import { compile } from "../lists/index.ts";
import { pullKind, searchPullRequests } from "../pull-requests/index.ts";
import { kindsIn, placeIn, viewsOf, type Entry } from "./issues.ts";

const ofPerson = (path: "/issues" | "/user/issues", operation: string) =>
  route({
    method: "GET",
    path,
    operation,
    summary: "List your issues and pull requests in all repositories that you can see",
    access: signedIn("repo:read"),
    query: z.object({
      ...pagingQuery,
      ...listQuery,
      filter: z
        .enum(["assigned", "created", "mentioned", "all"])
        .default("assigned")
        .describe("Those assigned to you, opened by you, that mention you, or all of these"),
    }),
    answer: z.array(issueShape),
    handle: async ({ ctx, query, headers }) => {
      const mine = { assigned: "assignee", created: "author", mentioned: "mentions", all: "involves" };
      const terms = [...termsOfParameters(query), qualifier(mine[query.filter], "@me")];
      const [isIssues, isPulls] = kindsIn(terms);
      const [ofIssues, ofPulls] = await Promise.all([
        compile(ctx, issueKind, terms, null),
        compile(ctx, pullKind, terms, null),
      ]);
      const order = orderFor(query, ofIssues.order);
      const page = await joinPages<Entry>(query, order.direction, placeIn(order.sort), (request) =>
        Promise.all([
          ...(isIssues ? [searchIssues(ctx, where(ofIssues.state, ofIssues.rest), order, request)] : []),
          ...(isPulls ? [searchPullRequests(ctx, where(ofPulls.state, ofPulls.rest), order, request)] : []),
        ]),
      );
      return {
        ...page,
        items: await viewsOf(ctx, page.items, { html: wantsHtml(headers), repository: true }),
      };
    },
  });

export const mineRoutes = [
  ofPerson("/issues", "issues/list"),
  ofPerson("/user/issues", "issues/list-for-authenticated-user"),
];
