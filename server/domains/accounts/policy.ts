/** The finer rules: each answers true, or the reason why not. */
import { hasScope, type Actor, type Scope } from "../../kernel/actor.ts";
import { forbidden } from "../../kernel/errors.ts";

export type Verdict = true | string;
export type Role = "user" | "admin" | "superadmin";
export const roles: readonly Role[] = ["user", "admin", "superadmin"];

/** @throws Refusal 403 with the reason */
export function enforce(verdict: Verdict): void {
  if (verdict !== true) throw forbidden(verdict);
}

/** A token that could make tokens would outlive its own expiry and scopes. */
export function mayMintToken(actor: Actor, scopes: readonly Scope[], role: Role): Verdict {
  if (actor.kind === "user" && actor.via !== "session" && actor.via !== "password")
    return "Tokens are created by a signed-in person, not by a token";
  if (scopes.includes("admin") && role === "user")
    return "Only an administrator's token can carry the scope admin";
  return true;
}

/** A key reads and writes repositories: a token that may not do so must not add one. */
export function mayAddKey(actor: Actor): Verdict {
  return hasScope(actor, "repo:write") || "This token lacks the scope repo:write, which a key would give";
}

interface Account {
  readonly id: string;
  readonly role: Role;
  readonly suspended: boolean;
}

export interface AccountChange {
  readonly role?: Role | undefined;
  readonly suspended?: boolean | undefined;
}

/**
 * Whether somebody may change another's role or standing: nobody touches those above them or gives more than they hold, nobody
 * suspends or raises themselves, and one superadmin always remains.
 *
 * @param by the one who asks; null is the forge itself
 * @param others how many other superadmins are in good standing
 */
export function mayChangeAccount(
  by: Account | null,
  target: Account,
  change: AccountChange,
  others: number,
): Verdict {
  const rank = (role: Role) => roles.indexOf(role);
  const held = by ? rank(by.role) : rank("superadmin");
  if (by && (by.suspended || by.role === "user")) return "Only administrators may do this";
  if (rank(target.role) > held) return "You cannot change an account above your own";
  if (change.role !== undefined && rank(change.role) > held) return "You cannot give a role above your own";
  if (by?.id === target.id && change.suspended === true) return "You cannot suspend yourself";
  const remains = (change.role ?? target.role) === "superadmin" && !(change.suspended ?? target.suspended);
  const counted = target.role === "superadmin" && !target.suspended;
  if (counted && !remains && others === 0) return "The last superadmin can neither be demoted nor suspended";
  return true;
}

/** The password is the person's: a token that was stolen must not take the account over. */
export function mayChangePassword(actor: Actor): Verdict {
  return (
    (actor.kind === "user" && actor.via === "session") ||
    "A password is changed by a signed-in person, not by a token"
  );
}

/** Letters hold links that sign people in: whoever reads them all can become anyone, also who stands above an admin. */
export function mayReadMailbox(actor: Actor): Verdict {
  const superadmin = actor.kind === "system" || (actor.kind === "user" && actor.user.role === "superadmin");
  return superadmin || "Only a superadmin reads the mail that was not sent";
}
