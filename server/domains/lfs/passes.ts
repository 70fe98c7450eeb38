/**
 * Passes: short-lived `Authorization` headers for one repository and one operation. The transfer of an object, and a client
 * that signed in over SSH, have nothing else to sign in with. They name the credential they were made with and end with it.
 */
import { z } from "zod";
import { hasScope, type Scope, type UserActor } from "../../kernel/actor.ts";
import type { Context, Services } from "../../kernel/context.ts";
import { timingSafeEqual } from "../../kernel/crypto/index.ts";
import { unauthorized } from "../../kernel/errors.ts";
import { actorOf, isStillGood } from "../accounts/index.ts";
import type { Repository } from "../repositories/index.ts";

export type Operation = "upload" | "download";

/** How long a pass opens its repository; an upload that began in time may end later. */
export const passSeconds = 15 * 60;

const prefix = "lfs1.";
const purpose = "lfs.pass";

const passShape = z.object({
  repo: z.string(),
  user: z.string(),
  scope: z.enum(["repo:read", "repo:write"]).nullable(),
  via: z.enum(["session", "token", "password", "ssh-key"]),
  credential: z.string().nullable(),
  expires: z.number(),
});
type Pass = z.infer<typeof passShape>;

/** The headers to send with what follows; none for a visitor who has not signed in and needs none. */
export function passHeader(
  ctx: Context,
  repo: Pick<Repository, "id">,
  operation: Operation,
): Record<string, string> {
  const { actor } = ctx;
  if (actor.kind !== "user") return {};
  const needed = operation === "upload" ? "repo:write" : "repo:read";
  const pass: Pass = {
    repo: repo.id,
    user: actor.user.id,
    scope: hasScope(actor, needed) ? needed : null,
    via: actor.via,
    credential: actor.tokenId ?? actor.sshKeyId ?? actor.sessionId ?? null,
    expires: ctx.clock.now().getTime() + passSeconds * 1000,
  };
  const text = Buffer.from(JSON.stringify(pass)).toString("base64url");
  return { Authorization: `Bearer ${prefix}${text}.${ctx.keyring.hmac(purpose, text)}` };
}

/**
 * Whoever shows a pass, and the repository that it is for; null for a request without one.
 *
 * @throws Refusal 401 for a pass that is forged or over, or whose credential was withdrawn
 */
export async function readPass(
  services: Services,
  headers: Headers,
): Promise<{ readonly actor: UserActor; readonly repoId: string } | null> {
  const [, text, mac] =
    /^Bearer lfs1\.([\w-]{1,2000})\.([0-9a-f]{64})$/i.exec(headers.get("authorization") ?? "") ?? [];
  if (text === undefined || mac === undefined) return null;
  const over = () => unauthorized("This pass is over: ask for another");
  if (!timingSafeEqual(mac, services.keyring.hmac(purpose, text))) throw over();
  const pass = passShape.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  if (pass.expires <= services.clock.now().getTime()) throw over();
  const person = await actorOf(services, pass.user);
  if (!person) throw over();
  const actor: UserActor = {
    kind: "user",
    user: person.user,
    via: pass.via,
    scopes: new Set<Scope>(pass.scope === null ? [] : [pass.scope]),
    ...credentialOf(pass),
  };
  if (!(await isStillGood(services, actor))) throw over();
  return { actor, repoId: pass.repo };
}

function credentialOf({ via, credential }: Pass): Pick<UserActor, "tokenId" | "sshKeyId" | "sessionId"> {
  if (credential === null) return {};
  if (via === "token") return { tokenId: credential };
  return via === "ssh-key" ? { sshKeyId: credential } : { sessionId: credential };
}
