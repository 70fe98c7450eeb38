/** Who acts. Every request, git session and job has exactly one actor. */

/** What a token may be used for; a session or a password may do all that its user may. */
export const scopes = ["repo:read", "repo:write", "user:read", "user:write", "admin"] as const;
export type Scope = (typeof scopes)[number];

export interface ActingUser {
  readonly id: string;
  readonly apiId: number;
  /** The name as its owner writes it. */
  readonly login: string;
  readonly name: string;
  readonly email: string;
  readonly role: "user" | "admin" | "superadmin";
}

export interface UserActor {
  readonly kind: "user";
  readonly user: ActingUser;
  readonly via: "session" | "token" | "password" | "ssh-key";
  readonly scopes: ReadonlySet<Scope> | "all";
  readonly tokenId?: string;
  readonly sessionId?: string;
  readonly sshKeyId?: string;
}

export type Actor =
  | { readonly kind: "anonymous" }
  | UserActor
  /** The forge itself: jobs, the reconciler, the command line on the server's machine. */
  | { readonly kind: "system"; readonly name: string };

export const anonymous: Actor = { kind: "anonymous" };
export const system = (name: string): Actor => ({ kind: "system", name });

const implied: Readonly<Record<Scope, readonly Scope[]>> = {
  "repo:read": ["repo:read", "repo:write"],
  "repo:write": ["repo:write"],
  "user:read": ["user:read", "user:write"],
  "user:write": ["user:write"],
  admin: ["admin"],
};

/** Whether the actor's credential carries a scope (writing includes reading). Anonymous has none, the system has all. */
export function hasScope(actor: Actor, scope: Scope): boolean {
  if (actor.kind === "system") return true;
  if (actor.kind === "anonymous") return false;
  if (actor.scopes === "all") return true;
  const held = actor.scopes;
  return implied[scope].some((one) => held.has(one));
}

/** The acting user's id, or null for anonymous and for the system. */
export const actorId = (actor: Actor): string | null => (actor.kind === "user" ? actor.user.id : null);

export const isAdministrator = (actor: Actor): boolean =>
  actor.kind === "system" ||
  (actor.kind === "user" && actor.user.role !== "user" && hasScope(actor, "admin"));
