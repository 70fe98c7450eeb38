import { sql } from "drizzle-orm";
import type { Hono } from "hono";
import { isAdministrator } from "../kernel/actor.ts";
import type { Services } from "../kernel/context.ts";
import { databaseFailure } from "../kernel/db/client.ts";
import { notFound } from "../kernel/errors.ts";
import { comesFromHere, type Bindings } from "../kernel/http/client.ts";
import type { Router } from "../kernel/http/router.ts";
import { version } from "../version.ts";

/**
 * `/healthz` says whether requests can be served, `/metrics` (to administrators and to programs on this machine) what they
 * cost. Measures every request that comes after it.
 */
export function mountSystem(app: Hono<{ Bindings: Bindings }>, services: Services, router: Router): void {
  app.use(async (c, next) => {
    const start = performance.now();
    await next();
    const kind = c.req.path.startsWith("/api/") ? "api" : c.req.path.includes(".git/") ? "git" : "page";
    const labels = { kind, method: c.req.method, status: `${Math.floor(c.res.status / 100)}xx` };
    services.metrics.requests.observe(labels, (performance.now() - start) / 1000);
  });
  app.get("/healthz", async (c) => {
    try {
      await services.database.execute(sql`select 1`);
      return c.json({ status: "ok", version });
    } catch (error) {
      return c.json({ status: "unavailable", database: databaseFailure(error) ?? "failed", version }, 503);
    }
  });
  app.get("/metrics", async (c) => {
    try {
      const { actor } = await router.identify(c.req.raw, c.env);
      if (!isAdministrator(actor) && !comesFromHere(c.req.raw.headers, c.env, services.config))
        throw notFound();
      return c.body(await services.metrics.registry.metrics(), 200, {
        "content-type": services.metrics.registry.contentType,
        "cache-control": "no-store",
      });
    } catch (error) {
      return router.refuse(error, c.env?.requestId ?? crypto.randomUUID());
    }
  });
}
