/** A request at the door: who comes with what, to which repository, and how they are answered and refused. */
import type { Context as HonoContext } from "hono";
import { z } from "zod";
import type { DoorServer } from "../../../domain.ts";
import { isProposalRef } from "../../../git/names.ts";
import type { UserActor } from "../../../kernel/actor.ts";
import { actingAs, type Context } from "../../../kernel/context.ts";
import { notFound, Refusal, unauthorized } from "../../../kernel/errors.ts";
import { reaches, requireUser } from "../../../kernel/grants.ts";
import { readJson } from "../../../kernel/http/body.ts";
import type { Bindings } from "../../../kernel/http/client.ts";
import { refusalOf } from "../../../kernel/http/refusals.ts";
import { requireScope } from "../../../kernel/http/route.ts";
import {
  locateRepository,
  requireAccess,
  requireHelper,
  requireProposer,
  type Repository,
  type RepoWith,
} from "../../repositories/index.ts";
import { readPass } from "../passes.ts";
import { constraints } from "../schema.ts";

export interface Visit {
  readonly ctx: Context;
  readonly repo: RepoWith<"read">;
  readonly request: Request;
  readonly url: URL;
  /** A parameter of the path; empty when it has none of this name. */
  readonly param: (name: string) => string;
}

const json = "application/vnd.git-lfs+json";
const signIn = "Sign in with your user name and a personal access token as password";

type LfsRequest = HonoContext<{ Bindings: Bindings }>;

/** Makes an address of the door out of what answers it. */
export function answering({ router, services }: DoorServer, answer: (visit: Visit) => Promise<Response>) {
  return async (c: LfsRequest): Promise<Response> => {
    const requestId = c.env?.requestId ?? crypto.randomUUID();
    try {
      return await answer(await enter({ router, services }, c, requestId));
    } catch (error) {
      const refusal = refusalOf(error, constraints);
      if (refusal.status >= 500)
        services.log.error({ requestId, path: c.req.path, error: refusal.cause ?? refusal }, refusal.message);
      return refused(refusal, requestId);
    }
  };
}

async function enter(
  { router, services }: Pick<DoorServer, "router" | "services">,
  c: LfsRequest,
  requestId: string,
): Promise<Visit> {
  const pass = await readPass(services, c.req.raw.headers);
  // The router does not know passes: whoever shows one is a stranger to it.
  const asked = pass ? new Request(c.req.url, { method: c.req.method }) : c.req.raw;
  const known = await router.identify(asked, { ...c.env, requestId });
  const ctx = pass ? actingAs(known, pass.actor) : known;
  const name = (c.req.param("repo") ?? "").replace(/\.git$/i, "");
  const found = await locateRepository(ctx, c.req.param("owner") ?? "", name);
  // Whoever has not signed in is asked to before being told that there is nothing, or git would never ask for a password.
  if (!found && ctx.actor.kind === "anonymous") throw unauthorized(signIn);
  if (!found || (pass && pass.repoId !== found.repository.id)) throw notFound("Repository not found");
  return {
    ctx,
    repo: requireAccess(ctx, found.repository, "read"),
    request: c.req.raw,
    url: new URL(c.req.url),
    param: (parameter) => c.req.param(parameter) ?? "",
  };
}

/** @throws Refusal 401 for who has not signed in, 403 for a reader, a reader's token and an archived repository */
export function requireWriter({ ctx, repo }: Visit): { repo: RepoWith<"write">; me: UserActor } {
  if (ctx.actor.kind === "anonymous") throw unauthorized(signIn);
  requireScope(ctx.actor, "repo:write");
  return { repo: requireAccess(ctx, repo, "write"), me: requireUser(ctx.actor) };
}

/** What an upload is for: the repository itself, or what somebody pushes there who may not write to it, where it waits for that. */
export type Upload =
  | { readonly kind: "write"; readonly repo: RepoWith<"write"> }
  | {
      readonly kind: "wait";
      readonly repo: RepoWith<"read">;
      readonly me: UserActor;
      readonly purpose: Purpose;
      /** Asks once more, when the bytes have come. */
      readonly grantAgain: (repo: Repository) => Promise<RepoWith<"read">>;
    };

/** What somebody brings who may not write: a proposal, or the branch (by its full name) that they help with. */
export type Purpose = "proposal" | `refs/heads/${string}`;

const isBranch = (text: string): text is `refs/heads/${string}` => text.startsWith("refs/heads/");

/** What a push to a reference brings; null where only writers push, and where a client did not say. */
export const purposeOf = (ref: string | undefined): Purpose | null =>
  ref === undefined ? null : isProposalRef(ref) ? "proposal" : isBranch(ref) ? ref : null;

/** The parameter of an address that says it. */
export const purposeParameter = (purpose: Purpose): string => `for=${encodeURIComponent(purpose)}`;

export function purposeIn({ url }: Visit): Purpose | null {
  const text = url.searchParams.get("for") ?? "";
  return text === "proposal" || isBranch(text) ? text : null;
}

/**
 * @param purpose what the client says that it brings
 * @throws Refusal as `requireWriter`, and 403 for who may propose nothing here, or not push that branch
 */
export async function requireUploader(visit: Visit, purpose: Purpose | null): Promise<Upload> {
  const { ctx, repo } = visit;
  if (purpose === null || ctx.actor.kind === "anonymous" || reaches(repo.access, "write"))
    return { kind: "write", repo: requireWriter(visit).repo };
  const grantAgain = async (now: Repository) => {
    const seen = requireAccess(ctx, now, "read");
    return purpose === "proposal" ? requireProposer(ctx, seen) : requireHelper(ctx, seen, purpose);
  };
  return { kind: "wait", repo: await grantAgain(repo), me: requireUser(ctx.actor), purpose, grantAgain };
}

/** The reference that a client is about to push, as it says in the body of a request. */
export const pushedRef = z.object({ name: z.string().max(4096) }).nullish();

/** The body of a request. @throws Refusal 422 for what has another shape */
export async function readBody<T extends z.ZodType>(visit: Visit, shape: T): Promise<z.output<T>> {
  return shape.parse((await readJson(visit.request, visit.ctx.config.limits.jsonBytes)) ?? {});
}

/** An answer as clients of Git LFS read it. */
export function lfsAnswer(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": json, "cache-control": "no-store", ...headers },
  });
}

function refused(refusal: Refusal, requestId: string): Response {
  const headers: Record<string, string> = { "x-request-id": requestId };
  if (refusal.status === 401) {
    headers["lfs-authenticate"] = 'Basic realm="wit"';
    headers["www-authenticate"] = 'Basic realm="wit", charset="UTF-8"';
  }
  if (refusal.retryAfter !== undefined) headers["retry-after"] = String(refusal.retryAfter);
  const details = refusal.fields.map((field) => `${field.field}: ${field.message ?? field.code}`);
  const message = [refusal.message, ...details].join("; ");
  return lfsAnswer({ message, request_id: requestId }, refusal.status, headers);
}
