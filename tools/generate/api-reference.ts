/** Writes docs/API.md: how to talk to the API, and who may do what. */
import type { Domain } from "../../server/domain.ts";
import type { Route } from "../../server/kernel/http/route.ts";

const about = `# The API

Written by \`npm run generate\` from the routes. Change those.

- Root: \`/api/v3\`. Paths, fields and errors are GitHub's wherever GitHub has the thing, so \`gh\`, Octokit and scripts work
  with another base address. The whole description is \`/api/v3/openapi.json\` (a copy: \`api/openapi.json\`);
  \`api/client.gen.ts\` is a typed client of it.
- Credentials: \`Authorization: Bearer TOKEN\` (or \`token TOKEN\`), or Basic with a user name and a password or token. Browsers
  use the session cookie; their writes must come from our own pages.
- Lists: \`per_page\` (30, at most 100) and the \`Link\` header, whose \`next\` is to be followed as it is.
- Refusals: \`{ message, documentation_url, status, errors?, code, request_id }\`. What you may not see is 404, what you see
  and may not do is 403, what needs credentials is 401, a wrong field is 422 with \`errors\`.
- \`ETag\` with \`If-None-Match\` answers 304. A POST with \`Idempotency-Key\` is done once.
- Limits: \`X-RateLimit-*\` headers, 429 with \`Retry-After\`.

## Who may

| Access | Means |
|---|---|
| \`anyone\` | signed in or not |
| \`signed-in:SCOPE\` | any account that is not suspended; a token needs the scope |
| \`repository:read\` | the repository is public, or yours, your organization's, or you collaborate; a token needs \`repo:read\` for private ones |
| \`repository:write\` | you own it, administer its organization, or collaborate with \`write\` or \`admin\`; a token needs \`repo:write\`; not while it is archived |
| \`repository:admin\` | you own it, administer its organization, or collaborate with \`admin\`; a token needs \`repo:write\` |
| \`administrator\` | an administrator of the instance; a token needs \`admin\`. For others these routes do not exist |

Writing scopes include reading. Operations marked *own pages* may change without notice.
`;

/** The text of docs/API.md. Routes of no domain are those that pages read. */
export function apiReference(domains: readonly Domain[], routes: readonly Route[]): string {
  const owned = new Set(domains.flatMap((domain) => domain.routes));
  const groups = [
    ...domains.map(({ name, routes: own }) => ({ name, own })),
    { name: "pages", own: routes.filter((route) => !owned.has(route)) },
  ];
  const sections = groups
    .filter(({ own }) => own.length > 0)
    .map(({ name, own }) =>
      [`## ${name}`, "", "| Route | What | Access | Operation |", "|---|---|---|---|", ...own.map(row)].join(
        "\n",
      ),
    );
  return `${about}\n${sections.join("\n\n")}\n`;
}

function row(route: Route): string {
  const path = `\`${route.method} ${route.path.replaceAll("*}", "}")}\``;
  const what = route.summary.replaceAll("|", "\\|") + (route.internal ? " *own pages*" : "");
  return `| ${path} | ${what} | \`${route.access.name}\` | \`${route.operation}\` |`;
}
