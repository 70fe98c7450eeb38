import { z } from "zod";
import { anyone, route, signedIn } from "../../kernel/http/route.ts";
import { pagingQuery } from "../../kernel/paging.ts";
import { getUser } from "../accounts/index.ts";
import { withRepository } from "../repositories/index.ts";
import { listActivities, type Feed } from "./queries.ts";
import { eventShape } from "./shapes.ts";
import { eventViews } from "./views.ts";

const query = z.object(pagingQuery);
const answer = z.array(eventShape);

const listPublic = route({
  method: "GET",
  path: "/events",
  operation: "activity/list-public-events",
  summary: "What happens in public repositories",
  access: anyone,
  query,
  answer,
  handle: async ({ ctx, query: page }) =>
    eventViews(ctx, await listActivities(ctx, { of: "everyone" }, page, { public: true })),
});

const listOfRepository = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/events",
  operation: "activity/list-repo-events",
  summary: "What happens in a repository",
  access: withRepository("read"),
  query,
  answer,
  handle: async ({ ctx, repo, query: page }) =>
    eventViews(ctx, await listActivities(ctx, { of: "repository", repoId: repo.id }, page)),
});

interface OfPerson {
  readonly path: `/users/{username}/${string}`;
  readonly operation: string;
  readonly summary: string;
  readonly of: Extract<Feed, { userId: string }>["of"];
  readonly public: boolean;
}

const ofPerson = (one: OfPerson) =>
  route({
    method: "GET",
    path: one.path,
    operation: one.operation,
    summary: one.summary,
    access: anyone,
    query,
    answer,
    handle: async ({ ctx, params, query: page }) => {
      const { id } = await getUser(ctx, (params as { username: string }).username);
      return eventViews(ctx, await listActivities(ctx, { of: one.of, userId: id }, page, one));
    },
  });

const listOfPerson = ofPerson({
  path: "/users/{username}/events",
  operation: "activity/list-events-for-authenticated-user",
  summary: "What a user does, where you may see it",
  of: "person",
  public: false,
});

const listPublicOfPerson = ofPerson({
  path: "/users/{username}/events/public",
  operation: "activity/list-public-events-for-user",
  summary: "What a user does in public",
  of: "person",
  public: true,
});

const listReceived = ofPerson({
  path: "/users/{username}/received_events",
  operation: "activity/list-received-events-for-user",
  summary: "What happens in the repositories that a user watches, where you may see it",
  of: "watcher",
  public: false,
});

const listPublicReceived = ofPerson({
  path: "/users/{username}/received_events/public",
  operation: "activity/list-received-public-events-for-user",
  summary: "What happens in public in the repositories that a user watches",
  of: "watcher",
  public: true,
});

const feed = route({
  method: "GET",
  path: "/_web/feed",
  operation: "web/get-feed",
  summary: "What happens in the repositories that you watch",
  access: signedIn("repo:read"),
  internal: true,
  query,
  answer: z.object({ events: z.array(eventShape), next: z.string().nullable() }),
  handle: async ({ ctx, me, query: page }) => {
    const found = await listActivities(ctx, { of: "watcher", userId: me.user.id }, page);
    const { items, next } = await eventViews(ctx, found);
    return { events: [...items], next };
  },
});

export const routes = [
  listPublic,
  listOfRepository,
  listOfPerson,
  listPublicOfPerson,
  listReceived,
  listPublicReceived,
  feed,
];
