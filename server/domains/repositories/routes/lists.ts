import { and } from "drizzle-orm";
import { z } from "zod";
import { notFound } from "../../../kernel/errors.ts";
import { anyone, route, signedIn } from "../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import { findOwner } from "../../accounts/index.ts";
import {
  affiliatedWith,
  containing,
  listPublicRepositories,
  listRepositories,
  type Affiliation,
  type RepositorySort,
} from "../queries.ts";
import { repositoryShape, repositoryView } from "../views.ts";

const order = {
  sort: z.enum(["created", "updated", "pushed", "full_name"]).optional(),
  direction: z.enum(["asc", "desc"]).optional(),
};

/** GitHub's rule: by name from A to Z, by time from the newest. */
const orderOf = (
  query: { sort?: RepositorySort | undefined; direction?: "asc" | "desc" | undefined },
  usual: RepositorySort,
) => {
  const sort = query.sort ?? usual;
  return {
    sort,
    direction: query.direction ?? (sort === "full_name" ? ("asc" as const) : ("desc" as const)),
  };
};

const affiliations: readonly Affiliation[] = ["owner", "collaborator", "organization_member"];

const listOwn = route({
  method: "GET",
  path: "/user/repos",
  operation: "repos/list-for-authenticated-user",
  summary: "List the repositories one works on",
  access: signedIn("repo:read"),
  query: z.object({
    ...pagingQuery,
    ...order,
    visibility: z.enum(["all", "public", "private"]).default("all"),
    affiliation: z
      .string()
      .default(affiliations.join())
      .transform((text) => affiliations.filter((one) => text.split(",").includes(one)))
      .describe("owner, collaborator, organization_member, separated by commas"),
    type: z.enum(["all", "owner", "public", "private", "member"]).optional(),
  }),
  answer: z.array(repositoryShape),
  handle: async ({ ctx, me, query }) => {
    const { type } = query;
    const ways =
      type === "owner" ? (["owner"] as const) : type === "member" ? affiliations.slice(1) : query.affiliation;
    const visibility = type === "public" || type === "private" ? type : query.visibility;
    const filter = { visibility, condition: affiliatedWith(me.user.id, ways) };
    const page = await listRepositories(ctx, filter, orderOf(query, "full_name"), query);
    return mapPage(page, (repo) => repositoryView(ctx, repo));
  },
});

const listOfUser = route({
  method: "GET",
  path: "/users/{username}/repos",
  operation: "repos/list-for-user",
  summary: "List the repositories of a user or organization",
  access: anyone,
  query: z.object({
    ...pagingQuery,
    ...order,
    type: z.enum(["all", "owner", "member"]).default("owner"),
  }),
  answer: z.array(repositoryShape),
  handle: async ({ ctx, params, query }) => {
    const owner = await findOwner(ctx, params.username);
    if (!owner) throw notFound();
    const ways = {
      owner: ["owner"],
      member: ["collaborator", "organization_member"],
      all: affiliations,
    } as const;
    const filter = { condition: affiliatedWith(owner.id, ways[query.type]) };
    const page = await listRepositories(ctx, filter, orderOf(query, "full_name"), query);
    return mapPage(page, (repo) => repositoryView(ctx, repo));
  },
});

const listOfOrganization = route({
  method: "GET",
  path: "/orgs/{org}/repos",
  operation: "repos/list-for-org",
  summary: "List the repositories of an organization",
  access: anyone,
  query: z.object({
    ...pagingQuery,
    ...order,
    type: z.enum(["all", "public", "private", "forks", "sources", "member"]).default("all"),
  }),
  answer: z.array(repositoryShape),
  handle: async ({ ctx, params, query }) => {
    const owner = await findOwner(ctx, params.org);
    if (owner?.type !== "organization") throw notFound();
    const { type } = query;
    const filter = {
      ownerId: owner.id,
      visibility: type === "public" || type === "private" ? type : ("all" as const),
      kind: type === "forks" || type === "sources" ? type : ("all" as const),
    };
    const page = await listRepositories(ctx, filter, orderOf(query, "created"), query);
    return mapPage(page, (repo) => repositoryView(ctx, repo));
  },
});

const listPublic = route({
  method: "GET",
  path: "/repositories",
  operation: "repos/list-public",
  summary: "List public repositories in the order of their creation",
  access: anyone,
  query: z.object({
    ...pagingQuery,
    since: z.coerce.number().int().min(0).default(0).describe("Only repositories with a larger id"),
  }),
  answer: z.array(repositoryShape),
  handle: async ({ ctx, query }) =>
    mapPage(await listPublicRepositories(ctx, query.since, query), (repo) => repositoryView(ctx, repo)),
});

const sorted = z.enum(["pushed", "stars", "created", "full_name"]).default("pushed");
const searchText = z.string().trim().max(200).default("");
const kind = z.enum(["all", "sources", "forks", "templates"]).default("all");

const explore = route({
  method: "GET",
  path: "/_web/explore",
  operation: "web/explore",
  summary: "Public repositories, searched by name and description",
  access: anyone,
  internal: true,
  query: z.object({ ...pagingQuery, q: searchText, sort: sorted, kind }),
  answer: z.array(repositoryShape),
  handle: async ({ ctx, query }) => {
    const filter = {
      visibility: "public" as const,
      kind: query.kind,
      condition: containing(query.q),
    };
    const page = await listRepositories(ctx, filter, orderOf({ sort: query.sort }, "pushed"), query);
    return mapPage(page, (repo) => repositoryView(ctx, repo));
  },
});

const ofOwner = route({
  method: "GET",
  path: "/_web/owners/{owner}/repos",
  operation: "web/owner-repositories",
  summary: "The repositories of a user or an organization, searched by name and description",
  access: anyone,
  internal: true,
  query: z.object({ ...pagingQuery, q: searchText, sort: sorted, kind }),
  answer: z.array(repositoryShape),
  handle: async ({ ctx, params, query }) => {
    const owner = await findOwner(ctx, params.owner);
    if (!owner) throw notFound();
    const filter = { ownerId: owner.id, kind: query.kind, condition: containing(query.q) };
    const page = await listRepositories(ctx, filter, orderOf({ sort: query.sort }, "pushed"), query);
    return mapPage(page, (repo) => repositoryView(ctx, repo));
  },
});

const mine = route({
  method: "GET",
  path: "/_web/mine",
  operation: "web/mine",
  summary: "The repositories one works on, searched; none for who is not signed in",
  access: anyone,
  internal: true,
  query: z.object({ ...pagingQuery, q: searchText, sort: sorted, kind }),
  answer: z.array(repositoryShape),
  handle: async ({ ctx, query }) => {
    if (ctx.actor.kind !== "user") return [];
    const condition = and(affiliatedWith(ctx.actor.user.id, affiliations), containing(query.q));
    const page = await listRepositories(
      ctx,
      { kind: query.kind, condition },
      orderOf({ sort: query.sort }, "pushed"),
      query,
    );
    return mapPage(page, (repo) => repositoryView(ctx, repo));
  },
});

export const listRoutes = [listOwn, listOfUser, listOfOrganization, listPublic, explore, mine, ofOwner];
