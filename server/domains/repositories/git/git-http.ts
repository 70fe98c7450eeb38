/** Git over HTTP (gitprotocol-http(5)): `/{owner}/{repo}.git/…`, also without `.git`. */
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context as HonoContext } from "hono";
import { gitHttp, gitHttpAction, type GitHttpAction } from "../../../git/protocol/http.ts";
import { lendConnection } from "../../../git/protocol/late-answer.ts";
import type { PushHandlers } from "../../../git/receive/push.ts";
import type { DoorServer } from "../../../domain.ts";
import { actorId } from "../../../kernel/actor.ts";
import type { Context } from "../../../kernel/context.ts";
import { notFound, Refusal } from "../../../kernel/errors.ts";
import type { Bindings } from "../../../kernel/http/client.ts";
import { requireScope } from "../../../kernel/http/route.ts";
import { refusalOf } from "../../../kernel/http/refusals.ts";
import { locateRepository, type Repository } from "../access.ts";
import { gitOf, htmlUrl } from "../addresses.ts";
import { actorIdentity } from "../identity.ts";
import { constraints } from "../schema.ts";
import { requirePusher } from "./admission.ts";
import { beginBirth, type Birth } from "./push-to-create.ts";
import { pushHandlers, pushLimits } from "./pushes.ts";
import { beginTransfer, reasonOf } from "./transfers.ts";

type GitRequest = HonoContext<{ Bindings: Bindings }>;

/** Mounts the addresses that git asks. */
export function mountGitHttp({ app, router, services }: DoorServer): void {
  const serve = (rest: string) => async (c: GitRequest) => {
    const query = new URL(c.req.url).searchParams;
    const action = gitHttpAction(c.req.method, rest, query);
    try {
      if (!action) throw notFound("This server speaks the smart protocol only: update your git");
      const ctx = await router.identify(c.req.raw, c.env);
      return await answer(ctx, c, action, rest);
    } catch (error) {
      const refusal = refusalOf(error, constraints);
      if (refusal.status >= 500)
        services.log.error({ path: c.req.path, error: refusal.cause ?? refusal }, refusal.message);
      return refused(refusal);
    }
  };
  app.get("/:owner/:repo/info/refs", serve("info/refs"));
  for (const service of ["git-upload-pack", "git-receive-pack"] as const)
    app.post(`/:owner/:repo/${service}`, serve(service));
  // Whoever opens the address of a clone in a browser wants the page.
  app.get("/:owner/:repo{[A-Za-z0-9._-]+\\.git}", (c) =>
    c.redirect(
      `${services.config.url}/${encodeURIComponent(c.req.param("owner"))}/${c.req.param("repo").slice(0, -".git".length)}`,
    ),
  );
}

async function answer(ctx: Context, c: GitRequest, action: GitHttpAction, rest: string): Promise<Response> {
  const owner = c.req.param("owner") ?? "";
  const name = (c.req.param("repo") ?? "").replace(/\.git$/i, "");
  const found = await locateRepository(ctx, owner, name);
  const pushing = action.service === "git-receive-pack";
  // Whoever has not signed in is asked to before being told that there is nothing, or git would never ask for a password.
  if (ctx.actor.kind === "anonymous" && (!found || pushing)) throw new Refusal("unauthorized", signIn);
  if (!found) {
    const birth = pushing ? await beginBirth(ctx, owner, name) : null;
    if (!birth) throw notFound("Repository not found");
    return receiveFirst(ctx, c, action, birth);
  }
  if (found.moved && action.kind === "advertise") {
    const { search } = new URL(c.req.url);
    return c.redirect(`${htmlUrl(ctx, found.repository)}.git/${rest}${search}`, 301);
  }
  return pushing ? receive(ctx, c, action, found.repository) : upload(ctx, c, action, found.repository);
}

const signIn = "Sign in with your user name and a personal access token as password";

async function upload(ctx: Context, c: GitRequest, action: GitHttpAction, repo: Repository) {
  if (action.kind === "advertise") return greeting(ctx, c, action, repo);
  return counted(ctx, c, action, { repository: gitOf(ctx, repo), cache: ctx.fetches });
}

async function receive(ctx: Context, c: GitRequest, action: GitHttpAction, repo: Repository) {
  requireScope(ctx.actor, "repo:write");
  const granted = requirePusher(ctx, repo);
  if (action.kind === "advertise") return greeting(ctx, c, action, repo);
  return counted(ctx, c, action, {
    repository: gitOf(ctx, repo),
    push: pushOf(ctx, pushHandlers(ctx, granted), granted),
  });
}

const greeting = (ctx: Context, c: GitRequest, action: GitHttpAction, repo: Repository) =>
  gitHttp({ repository: gitOf(ctx, repo), action, request: c.req.raw });

/** A push to a repository in the making; who only asks what is there is told that it is empty. */
async function receiveFirst(ctx: Context, c: GitRequest, action: GitHttpAction, birth: Birth) {
  if (action.kind === "serve")
    return counted(ctx, c, action, { repository: birth.git, push: pushOf(ctx, birth.handlers) });
  try {
    return await gitHttp({ repository: birth.git, action, request: c.req.raw });
  } finally {
    await birth.giveUp();
  }
}

const pushOf = (ctx: Context, handlers: PushHandlers, repo?: Repository) => ({
  handlers,
  identity: actorIdentity(ctx, ctx.actor),
  limits: pushLimits(ctx, repo),
});

/** Runs a transfer in one of the actor's places. */
async function counted(
  ctx: Context,
  c: GitRequest,
  action: GitHttpAction,
  transfer: Pick<Parameters<typeof gitHttp>[0], "repository" | "push" | "cache">,
): Promise<Response> {
  const release = await beginTransfer(ctx);
  const outgoing = c.env?.outgoing;
  const tell = (result: string) =>
    ctx.metrics.gitTransfers.inc({ service: action.service, transport: "http", result });
  const log = { actor: actorId(ctx.actor), requestId: ctx.requestId, service: action.service };
  try {
    const response = await gitHttp({
      ...transfer,
      action,
      request: c.req.raw,
      ...(outgoing
        ? {
            open: (headers: Headers) => {
              outgoing.writeHead(200, Object.fromEntries(headers));
              return outgoing;
            },
            lend: (headers: Headers) => lendConnection(outgoing, headers),
          }
        : {}),
      onPushed: ({ error, outcomes }) => {
        if (error) ctx.log.warn({ ...log, error: reasonOf(error) }, "a push went wrong");
        ctx.log.info({ ...log, refs: outcomes.length }, "push");
      },
      onLateError: (error) => ctx.log.warn({ ...log, error: String(error) }, "a transfer broke off"),
    });
    tell(response === "sent" || response.ok ? "ok" : "refused");
    // The place is held until the connection is done with the answer, sent whole or broken off.
    // Who left while waiting for it has closed already.
    if (outgoing && !outgoing.closed && !outgoing.destroyed) outgoing.once("close", release);
    else release();
    return response === "sent" ? RESPONSE_ALREADY_SENT : response;
  } catch (error) {
    release();
    tell("failed");
    throw error;
  }
}

/** What a person reads behind `remote:` or `fatal:`. git shows a body only when it is plain text. */
function refused(refusal: Refusal): Response {
  const headers = new Headers({ "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  if (refusal.status === 401) headers.set("www-authenticate", 'Basic realm="wit", charset="UTF-8"');
  if (refusal.retryAfter !== undefined) headers.set("retry-after", String(refusal.retryAfter));
  return new Response(`${refusal.message}\n`, { status: refusal.status, headers });
}
