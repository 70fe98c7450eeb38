/** Turns what a handler answered into a response: status, `Link`, validators and caching, the same for all routes. */
import { z } from "zod";
import type { Context } from "../context.ts";
import { linkHeader, type Page } from "../paging.ts";
import { etagOf, matches } from "./etag.ts";
import { Reply, type Route } from "./route.ts";

const varies = "Authorization, Cookie, Accept";

/** @param url the request's address as the client knows it */
export function answer(route: Route, result: unknown, url: URL, request: Request, ctx: Context): Response {
  if (result instanceof Response) {
    // Bytes and texts, whose headers the handler wrote: what it did not say, no shared cache may guess.
    if (!result.headers.has("cache-control")) result.headers.set("cache-control", "private, no-cache");
    if (!result.headers.has("vary")) result.headers.set("vary", varies);
    return result;
  }
  const reply = result instanceof Reply ? result : new Reply(result);
  const status = reply.status ?? route.status;
  const headers = new Headers(reply.headers);
  let value: unknown = reply.value;
  if (isPage(value)) {
    const link = linkHeader(url, value);
    if (link !== null) headers.set("link", link);
    value = value.items;
  }
  if (ctx.config.checkAnswers) check(route, value);
  // What a visitor does may sign them in: only what they read is everybody's.
  const isPublic = ctx.actor.kind === "anonymous" && ["GET", "HEAD"].includes(request.method);
  // A route that answers what is not settled yet says `no-store` itself.
  if (!headers.has("cache-control"))
    headers.set("cache-control", isPublic ? "public, max-age=0, must-revalidate" : "private, no-cache");
  headers.set("vary", varies);
  if (status === 204 || value === undefined) return new Response(null, { status: 204, headers });
  const body = JSON.stringify(value);
  headers.set("content-type", "application/json; charset=utf-8");
  if (request.method === "GET" && status === 200) {
    const etag = etagOf(body);
    headers.set("etag", etag);
    if (matches(request.headers, etag)) return new Response(null, { status: 304, headers });
  }
  return new Response(body, { status, headers });
}

function isPage(value: unknown): value is Page<unknown> {
  return (
    typeof value === "object" && value !== null && "items" in value && "next" in value && "request" in value
  );
}

function check(route: Route, value: unknown): void {
  const result = route.answer.safeParse(value);
  if (!result.success)
    throw new Error(`the answer of ${route.operation} breaks its schema: ${z.prettifyError(result.error)}`);
}
