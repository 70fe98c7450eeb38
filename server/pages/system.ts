import { sql } from "drizzle-orm";
import type { Hono } from "hono";
import type { Services } from "../kernel/context.ts";
import { databaseFailure } from "../kernel/db/client.ts";
import type { Bindings } from "../kernel/http/client.ts";
import { version } from "../version.ts";

/** `/healthz` says whether requests can be served, `/metrics` what they cost. Measures every request that comes after it. */
export function mountSystem(app: Hono<{ Bindings: Bindings }>, services: Services): void {
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
  app.get("/metrics", async (c) =>
    c.body(await services.metrics.registry.metrics(), 200, {
      "content-type": services.metrics.registry.contentType,
    }),
  );
}
