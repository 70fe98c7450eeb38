import { z } from "zod";
import { anyone, route } from "../../kernel/http/route.ts";
import { simpleUser, simpleUserShape } from "../accounts/index.ts";
import { issueShape, wantsHtml } from "../issues/index.ts";
import { repositoryShape, repositoryView } from "../repositories/index.ts";
import { findIssues } from "./issues.ts";
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

export const routes = [searchIssues, searchRepositories, searchUsers];
