/** Turns declared routes into handlers: credentials, limits, access, input, handler, answer, in this order for all of them. */
import type { Hono } from "hono";
import type { Actor } from "../actor.ts";
import type { Context, Services } from "../context.ts";
import { parseToken } from "../crypto/index.ts";
import { Moved, OtherKind, Refusal, notFound, type Constraints } from "../errors.ts";
import { answer } from "./answer.ts";
import { readJson } from "./body.ts";
import { readCredentials, type Credentials } from "./credentials.ts";
import { once } from "./idempotency.ts";
import { RateLimiter, addressIdentity, type LimitState } from "./limits.ts";
import { clientAddress, originIsOurs, type Bindings } from "./client.ts";
import { documentationOf } from "./openapi.ts";
import { movedResponse, refusalOf, refusalResponse } from "./refusals.ts";
import type { Route, RouteRequest } from "./route.ts";
import { uuidv7 } from "../ids.ts";

export interface HttpDependencies {
  readonly services: Services;
  readonly constraints: Constraints;
  /** Whose credentials these are. @throws Refusal 401 for credentials that are no (longer) good */
  readonly authenticate: (services: Services, credentials: Credentials, headers: Headers) => Promise<Actor>;
}

/** The state that all routes of one server share. */
export function createRouter(dependencies: HttpDependencies) {
  const { services } = dependencies;
  const limits = services.config.limits;
  const users = new RateLimiter(limits.userRequests, 3_600_000);
  const strangers = new RateLimiter(limits.anonymousRequests, 3_600_000);
  const tries = new RateLimiter(limits.signInTries, 60_000);
  // One address behind which many people sit guesses wrong more often than one of them, but not without end.
  const spread = new RateLimiter(limits.signInTries * 5, 60_000);

  /** Who asks, and in which context everything after runs. */
  async function identify(request: Request, bindings: Bindings | undefined): Promise<Context> {
    const credentials = readCredentials(request.headers);
    const address = clientAddress(request.headers, bindings, services.config.trustedProxies);
    const requestId = bindings?.requestId ?? uuidv7();
    // A password may be guessed at any door: all doors share one counter. What is right does not count, or git with a
    // token as its password would use the tries up.
    const guesser =
      credentials.kind === "basic" && address
        ? `address:${addressIdentity(address)}:${credentials.username.toLowerCase()}`
        : null;
    if (guesser !== null && tries.peek(guesser, Date.now()).remaining === 0) tries.use(guesser, Date.now());
    // One password tried on many names: nobody guesses tokens, so whoever has one goes on.
    const sprayer =
      credentials.kind === "basic" && address && !isToken(credentials) ? addressIdentity(address) : null;
    if (sprayer !== null && spread.peek(sprayer, Date.now()).remaining === 0) spread.use(sprayer, Date.now());
    const actor = await dependencies
      .authenticate(services, credentials, request.headers)
      .catch((error: unknown) => {
        if (error instanceof Refusal && error.code === "unauthorized") {
          if (guesser !== null) tries.use(guesser, Date.now());
          if (sprayer !== null) spread.use(sprayer, Date.now());
        }
        throw error;
      });
    if (
      actor.kind === "user" &&
      actor.via === "session" &&
      // Our own pages asked after they had checked the form's origin themselves.
      !bindings?.internal &&
      !["GET", "HEAD", "OPTIONS"].includes(request.method) &&
      !originIsOurs(request.headers, services.config.url)
    )
      throw new Refusal("forbidden", "This request did not come from our own pages");
    return { ...services, db: services.database, actor, requestId, address };
  }

  /** Counts one request of whoever asks. @throws Refusal 429 past the limit of an hour */
  function count(ctx: Pick<Context, "actor" | "address">): LimitState {
    const now = Date.now();
    return ctx.actor.kind === "user"
      ? users.use(ctx.actor.user.id, now)
      : strangers.use(addressIdentity(ctx.address ?? "unknown"), now);
  }

  function countRoute(ctx: Context, route: Route, bindings: Bindings | undefined): LimitState | null {
    // Also what a form sent to one of our pages: there is no other door that would count it.
    if (route.guarded && ctx.address) tries.use(`address:${addressIdentity(ctx.address)}`, Date.now());
    const page = bindings?.internal;
    if (page?.counted === true) return null;
    if (page) page.counted = true;
    return count(ctx);
  }

  async function run(
    route: Route,
    ctx: Context,
    request: Request,
    params: Record<string, string>,
  ): Promise<Response> {
    const url = new URL(request.url);
    const grants = await route.access.resolve(ctx, params);
    const query = route.query ? route.query.parse(queryObject(url)) : {};
    const json = route.rawBody
      ? undefined
      : await readJson(request, route.bodyBytes ?? ctx.config.limits.jsonBytes);
    const body = route.body ? route.body.parse(json ?? {}) : undefined;
    const call = async (context: Context) => {
      const input: RouteRequest & Record<string, unknown> = {
        ...grants,
        ctx: context,
        url: publicUrl(url, ctx.config.url),
        headers: request.headers,
        raw: request,
        params,
        query,
        body,
      };
      return answer(route, await route.handle(input), input.url, request, ctx);
    };
    // A guarded request carries a secret, and may answer one: nothing of it is kept, not even a digest that could be guessed at.
    const repeatable = route.method === "POST" && !route.rawBody && !route.guarded;
    const key = repeatable ? request.headers.get("idempotency-key") : null;
    if (key === null) return call(ctx);
    const identity = ctx.actor.kind === "user" ? ctx.actor.user.id : `address:${ctx.address ?? "unknown"}`;
    return once(
      ctx,
      identity,
      key,
      { operation: route.operation, url: url.pathname + url.search, body },
      call,
    );
  }

  /** Answers a request by the first of the routes that share its method and path and whose thing is of their kind. */
  async function serve(
    routes: readonly Route[],
    request: Request,
    params: Record<string, string>,
    bindings?: Bindings,
  ) {
    const requestId = bindings?.requestId ?? uuidv7();
    const first = routes[0];
    try {
      // PostgreSQL cannot be asked for a name with a NUL, and nothing has one.
      if (!first || Object.values(params).some((value) => value.includes("\0"))) throw notFound();
      const ctx = await identify(request, { ...bindings, requestId });
      const limit = countRoute(ctx, first, bindings);
      for (const [index, route] of routes.entries()) {
        try {
          const response = await run(route, ctx, request, params);
          decorate(response, requestId, limit);
          return response;
        } catch (error) {
          if (!(error instanceof OtherKind) || index === routes.length - 1) throw error;
        }
      }
      throw notFound();
    } catch (error) {
      if (error instanceof Moved) {
        const { pathname, search } = new URL(request.url);
        const location = new URL(error.relocate(pathname) + search, services.config.url);
        return movedResponse(location, request.method, requestId);
      }
      return refuse(error, requestId, first);
    }
  }

  /** The answer to anything thrown, logged when it is our fault. */
  function refuse(error: unknown, requestId: string, route?: Route): Response {
    const refusal = refusalOf(error, dependencies.constraints, resourceOf(route));
    if (refusal.status >= 500)
      services.log.error(
        { requestId, operation: route?.operation, error: refusal.cause ?? refusal },
        refusal.message,
      );
    return refusalResponse(refusal, requestId, services.config.url + documentationOf(route));
  }

  return { identify, count, serve, refuse };
}

const isToken = ({ username, password }: Credentials & { readonly kind: "basic" }): boolean =>
  parseToken(password) !== null || parseToken(username) !== null;

export type Router = ReturnType<typeof createRouter>;

/** Mounts routes under a prefix. Routes with the same method and path are tried in the order given. */
export function mount(
  app: Hono<{ Bindings: Bindings }>,
  prefix: string,
  routes: readonly Route[],
  router: Router,
): void {
  const groups = new Map<string, Route[]>();
  for (const route of routes) {
    const key = `${route.method} ${route.path.replaceAll(/\{\w+(\*?)\}/g, "{$1}")}`;
    const group = groups.get(key);
    if (group) group.push(route);
    else groups.set(key, [route]);
  }
  // A static segment must win over a parameter, and a parameter over the rest of a path.
  const ordered = [...groups.values()].toSorted(
    (a, b) => weight(b[0]?.path ?? "") - weight(a[0]?.path ?? ""),
  );
  for (const group of ordered) {
    const [first] = group;
    if (!first) continue;
    const path =
      prefix + first.path.replaceAll(/\{(\w+)\*\}/g, ":$1{[\\s\\S]+}").replaceAll(/\{(\w+)\}/g, ":$1");
    app.on(first.method, path, (c) =>
      router.serve(group, c.req.raw, c.req.param() as Record<string, string>, c.env),
    );
  }
}

/** Longer, more static paths first. */
function weight(path: string): number {
  return path
    .split("/")
    .reduce((sum, segment) => sum + (segment.endsWith("*}") ? 0 : segment.startsWith("{") ? 10 : 11), 0);
}

function queryObject(url: URL): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams) {
    if (value.includes("\0"))
      throw new Refusal("validation_failed", "Text may not contain the NUL character");
    query[name] = value;
  }
  return query;
}

/** The request's address as the client knows it: behind a proxy, our own idea of scheme and host is not theirs. */
function publicUrl(url: URL, base: string): URL {
  return new URL(url.pathname + url.search, base);
}

function decorate(response: Response, requestId: string, limit: LimitState | null): void {
  response.headers.set("x-request-id", requestId);
  if (!limit) return;
  response.headers.set("x-ratelimit-limit", String(limit.limit));
  response.headers.set("x-ratelimit-remaining", String(Math.max(0, limit.remaining)));
  response.headers.set("x-ratelimit-used", String(limit.limit - Math.max(0, limit.remaining)));
  response.headers.set("x-ratelimit-reset", String(Math.ceil(limit.reset.getTime() / 1000)));
  response.headers.set("x-ratelimit-resource", "core");
}

/** `issues/create-label` is about a Label. */
function resourceOf(route: Route | undefined): string {
  const words = route?.operation.split("/")[1]?.split("-").slice(1) ?? [];
  const noun = words.at(0) === "a" ? words.slice(1) : words;
  return noun.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("") || "Request";
}
