/** Pages: rendered on the server by the built web application, which talks to the API in process. */
import type { Hono } from "hono";
import type { Services } from "../kernel/context.ts";
import type { Bindings } from "../kernel/http/client.ts";
import type { Router } from "../kernel/http/router.ts";

export async function mountWeb(app: Hono<{ Bindings: Bindings }>, services: Services, router: Router): Promise<void> {
  void app;
  void services;
  void router;
}
