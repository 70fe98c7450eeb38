/** The application: every domain's routes and doors, the pages, health and metrics, over one set of services. */
import { Hono } from "hono";
import { domains } from "./domains.ts";
import { authenticate } from "./domains/accounts/index.ts";
import type { Services } from "./kernel/context.ts";
import { notFound, type Constraints } from "./kernel/errors.ts";
import type { Bindings } from "./kernel/http/client.ts";
import { openApiDocument } from "./kernel/http/openapi.ts";
import { uuidv7 } from "./kernel/ids.ts";
import { createRouter, mount } from "./kernel/http/router.ts";
import type { Route } from "./kernel/http/route.ts";
import { entryRoutes } from "./pages/entry.ts";
import { pageRoutes } from "./pages/frame.ts";
import { mountSystem } from "./pages/system.ts";
import { mountWeb } from "./pages/web.ts";
import { version } from "./version.ts";

export const apiPrefix = "/api/v3";

const noGraphQl = `The API is REST at ${apiPrefix}; there is no GraphQL`;

export type App = Hono<{ Bindings: Bindings }>;

/** All routes of the API: those of the domains in their order, then the reads that one page needs from several. */
export const apiRoutes: readonly Route[] = [
  ...entryRoutes,
  ...domains.flatMap((domain) => domain.routes),
  ...pageRoutes,
];

const constraints: Constraints = Object.assign({}, ...domains.map((domain) => domain.constraints ?? {}));

export async function createApp(services: Services): Promise<App> {
  const app: App = new Hono();
  const router = createRouter({ services, constraints, authenticate });
  mountSystem(app, services, router);
  let document: string | undefined;
  app.get(`${apiPrefix}/openapi.json`, (c) => {
    document ??= JSON.stringify(openApiDocument(apiRoutes, version));
    return c.body(document, 200, { "content-type": "application/json" });
  });
  mount(app, apiPrefix, apiRoutes, router);
  app.get(apiPrefix, (c) => router.serve(entryRoutes.slice(0, 1), c.req.raw, {}, c.env));
  app.all(`${apiPrefix}/*`, (c) => router.serve([], c.req.raw, {}, c.env));
  // Where clients of GitHub Enterprise look for it; without this they would be told about a form.
  app.all("/api/graphql", () => router.refuse(notFound(noGraphQl), uuidv7()));
  for (const domain of domains) domain.door?.({ app, router, services });
  await mountWeb(app, services, router);
  app.onError((error) => router.refuse(error, crypto.randomUUID()));
  return app;
}
