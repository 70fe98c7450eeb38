import { z } from "zod";
import { qualifier } from "../../../language/query.ts";
import { anyone, route, signedIn } from "../../kernel/http/route.ts";
import { joinPages, pagingQuery, where } from "../../kernel/paging.ts";
import { simpleUser, simpleUserShape } from "../accounts/index.ts";
import {
  issueKind,
  issueShape,
  listQuery,
  orderFor,
  searchIssues as readIssues,
  termsOfParameters,
  wantsHtml,
} from "../issues/index.ts";
import { compile } from "../lists/index.ts";
import { pullKind, searchPullRequests } from "../pull-requests/index.ts";
import { repositoryShape, repositoryView } from "../repositories/index.ts";
import { findIssues, kindsIn, placeIn, viewsOf, type Entry } from "./issues.ts";
import { answered, resultsShape, searchQuery } from "./pages.ts";
import { findRepositories } from "./repositories.ts";
import { findUsers } from "./users.ts";

const score = { score: z.number() };

const searchIssues = route({
  method: "GET",
  path: "/search/issues",
  operation: "search/issues-and-pull-requests",
  summary: "Search issues and pull requests",
  access: anyone,
  query: z.object({ ...searchQuery, sort: z.enum(["created", "updated", "comments"]).optional() }),
  answer: resultsShape(issueShape.extend({ ...score, body: z.string() })).extend({
    search_type: z.literal("lexical"),
  }),
  handle: async ({ ctx, query, url, headers }) => {
    const wanted = { sort: query.sort, direction: query.order };
    const found = await findIssues(ctx, query.q, wanted, query, { html: wantsHtml(headers) });
    const items = found.items.map((item) => ({ ...item, body: item.body ?? "" }));
    return answered(url, query, found.total, items, { search_type: "lexical" as const });
  },
});

const searchRepositories = route({
  method: "GET",
  path: "/search/repositories",
  operation: "search/repos",
  summary: "Search repositories",
  access: anyone,
  query: z.object({ ...searchQuery, sort: z.enum(["stars", "updated"]).default("stars") }),
  answer: resultsShape(repositoryShape.extend(score)),
  handle: async ({ ctx, query, url }) => {
    const order = { sort: query.sort, direction: query.order ?? "desc" };
    const { total, items } = await findRepositories(ctx, query.q, order, query);
    return answered(
      url,
      query,
      total,
      items.map((repo) => repositoryView(ctx, repo)),
    );
  },
});

const searchUsers = route({
  method: "GET",
  path: "/search/users",
  operation: "search/users",
  summary: "Search users and organizations",
  access: anyone,
  query: z.object({ ...searchQuery, sort: z.enum(["repositories", "joined"]).default("repositories") }),
  answer: resultsShape(simpleUserShape.extend(score)),
  handle: async ({ ctx, query, url }) => {
    const order = { sort: query.sort, direction: query.order ?? "desc" };
    const { total, items } = await findUsers(ctx, query.q, order, query);
    return answered(
      url,
      query,
      total,
      items.map((owner) => simpleUser(ctx, owner)),
    );
  },
});

/** What concerns a person, in all repositories that they can see: issues and pull requests, one series. */
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
          ...(isIssues ? [readIssues(ctx, where(ofIssues.state, ofIssues.rest), order, request)] : []),
          ...(isPulls ? [searchPullRequests(ctx, where(ofPulls.state, ofPulls.rest), order, request)] : []),
        ]),
      );
      return {
        ...page,
        items: await viewsOf(ctx, page.items, { html: wantsHtml(headers), repository: true }),
      };
    },
  });

export const routes = [
  ofPerson("/issues", "issues/list"),
  ofPerson("/user/issues", "issues/list-for-authenticated-user"),
  searchIssues,
  searchRepositories,
  searchUsers,
];
