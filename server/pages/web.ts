/**
 * Pages: drawn on the server by the built web application, which asks the API in process, and taken over by the same code in
 * the browser. The application is handed a `fetch`; it imports nothing of the server.
 */
import { serveStatic } from "@hono/node-server/serve-static";
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Context as HonoContext, Hono } from "hono";
import { followRefs } from "../git/followed-refs.ts";
import { anonymous } from "../kernel/actor.ts";
import type { Services } from "../kernel/context.ts";
import { Refusal, notFound } from "../kernel/errors.ts";
import { readBody } from "../kernel/http/body.ts";
import { clientAddress, originIsOurs, type Bindings } from "../kernel/http/client.ts";
import type { Router } from "../kernel/http/router.ts";
import { answerKept, keyOf, KeptPages, squeezed } from "./kept-pages.ts";

/** What the built entry exports; `web/README.md` describes the agreement. */
interface WebEntry {
  render(request: PageRequest): Promise<PageAnswer>;
  handleAction(request: PageRequest & { readonly body: string }): Promise<PageAnswer>;
}

interface PageRequest {
  readonly url: string;
  readonly headers: Headers;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly development: boolean;
  readonly onError: (error: unknown) => void;
}

interface PageAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly html?: string;
  readonly scripts?: readonly string[];
}

type PageContext = HonoContext<{ Bindings: Bindings }>;

const dist = fileURLToPath(new URL("../../web/dist", import.meta.url));
/** A file of 1 MiB in a form, each of whose bytes may be spelled with three. */
const formBytes = 4 * 1024 * 1024;

/** Mounts the web application last: every address that nobody else took is a page. */
export async function mountWeb(
  app: Hono<{ Bindings: Bindings }>,
  services: Services,
  router: Router,
): Promise<void> {
  const entry = `${dist}/server/entry-server.js`;
  if (!existsSync(entry)) {
    app.all("*", () => router.refuse(notFound(), randomBytes(8).toString("hex")));
    return;
  }
  const web = (await import(entry)) as WebEntry;

  const request = (c: PageContext, told: { passing: boolean }): PageRequest => {
    const address = clientAddress(c.req.raw.headers, c.env, services.config.trustedProxies);
    const internal = { address, counted: false };
    const url = new URL(c.req.url);
    return {
      url: url.pathname + url.search,
      headers: c.req.raw.headers,
      fetch: async (inner) => {
        const read = await app.fetch(inner, { internal });
        told.passing ||= read.headers.get("cache-control")?.includes("no-store") ?? false;
        return read;
      },
      development: services.config.development,
      onError: (error) => services.log.error({ error, path: url.pathname }, "a page could not be drawn"),
    };
  };

  app.use(
    "/assets/*",
    serveStatic({
      root: `${dist}/client`,
      precompressed: true,
      onFound: (_path, c) => c.header("cache-control", "public, max-age=31536000, immutable"),
    }),
  );
  app.use("/favicon.svg", serveStatic({ root: `${dist}/client` }));
  const kept = new KeptPages(services.freshness);
  /** Whether the visitor may have one more page. One who may not learns of it in the usual way. */
  const counts = (c: PageContext): boolean => {
    try {
      router.count({
        actor: anonymous,
        address: clientAddress(c.req.raw.headers, c.env, services.config.trustedProxies),
      });
      return true;
    } catch {
      return false;
    }
  };
  app.get("*", async (c) => {
    const asked = c.req.raw.headers;
    const key = keyOf(new URL(c.req.url), asked);
    const known = key === null ? null : await kept.find(key);
    if (known && counts(c)) return answerKept(known, asked);
    const before = services.freshness.count;
    const told = { passing: false };
    const { value, refs } = await followRefs(() => web.render(request(c, told)));
    const headers = headersOf(value);
    if (value.html === undefined) return new Response(null, { status: value.status, headers });
    const page = { status: value.status, headers, html: value.html };
    if (key !== null && !told.passing) kept.keep(key, page, before, refs);
    return squeezed(page, asked);
  });
  app.post("*", async (c) => {
    try {
      if (!originIsOurs(c.req.raw.headers, services.config.url))
        throw new Refusal("forbidden", "This form did not come from our own pages");
      if (!c.req.header("content-type")?.startsWith("application/x-www-form-urlencoded"))
        throw new Refusal("unsupported_media_type", "Forms are application/x-www-form-urlencoded");
      const body = Buffer.from(await readBody(c.req.raw, formBytes)).toString("utf8");
      const page = await web.handleAction({ ...request(c, { passing: false }), body });
      return new Response(page.html ?? null, { status: page.status, headers: headersOf(page) });
    } catch (error) {
      return router.refuse(error, randomBytes(8).toString("hex"));
    }
  });
}

const digests = new Map<string, string>();

/** How a Content-Security-Policy names a script. There are a few, the same on every page. */
function digestOf(script: string): string {
  const known = digests.get(script);
  if (known !== undefined) return known;
  const digest = `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
  if (digests.size < 100) digests.set(script, digest);
  return digest;
}

/** Scripts only from us, nothing framed, forms only to us; pictures may come from where Markdown says. */
function headersOf(page: PageAnswer): Headers {
  const headers = new Headers(page.headers.map(([name, value]): [string, string] => [name, value]));
  headers.set(
    "content-security-policy",
    [
      "default-src 'none'",
      ["script-src 'self'", ...(page.scripts ?? []).map(digestOf)].join(" "),
      "style-src 'self'",
      // Floating surfaces are placed by style attributes.
      "style-src-attr 'unsafe-inline'",
      "img-src 'self' data: https: http:",
      "media-src 'self'",
      "font-src 'self'",
      "connect-src 'self'",
      "manifest-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join("; "),
  );
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "same-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  headers.append("vary", "Accept-Encoding");
  return headers;
}
