/** Where clients begin: what this API offers, and what it is. */
import { z } from "zod";
import { anyone, route } from "../kernel/http/route.ts";
import { version } from "../version.ts";

/** Address templates (RFC 6570) under GitHub's names, of what this forge has. */
const places = {
  current_user_url: "/user",
  current_user_repositories_url: "/user/repos{?type,page,per_page,sort}",
  events_url: "/events",
  issue_search_url: "/search/issues?q={query}{&page,per_page,sort,order}",
  issues_url: "/issues",
  keys_url: "/user/keys",
  organization_url: "/orgs/{org}",
  organization_repositories_url: "/orgs/{org}/repos{?type,page,per_page,sort}",
  repository_url: "/repos/{owner}/{repo}",
  repository_search_url: "/search/repositories?q={query}{&page,per_page,sort,order}",
  starred_url: "/user/starred{/owner}{/repo}",
  user_url: "/users/{user}",
  user_organizations_url: "/user/orgs",
  user_repositories_url: "/users/{user}/repos{?type,page,per_page,sort}",
  user_search_url: "/search/users?q={query}{&page,per_page,sort,order}",
} as const;

const root = route({
  method: "GET",
  path: "/",
  operation: "meta/root",
  summary: "Where everything begins; asked by clients that want to know whether there is an API",
  access: anyone,
  answer: z.record(z.string(), z.string()),
  handle: ({ ctx }) =>
    Promise.resolve(
      Object.fromEntries(
        Object.entries(places).map(([name, path]) => [name, `${ctx.config.url}/api/v3${path}`]),
      ),
    ),
});

const meta = route({
  method: "GET",
  path: "/meta",
  operation: "meta/get",
  summary: "What this server is",
  access: anyone,
  answer: z.object({
    verifiable_password_authentication: z.boolean(),
    installed_version: z.string().describe("Of wit"),
  }),
  handle: () => Promise.resolve({ verifiable_password_authentication: true, installed_version: version }),
});

export const entryRoutes = [root, meta];
