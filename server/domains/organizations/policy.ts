/** Who may do what in an organization: each rule answers the level, true, or the reason why not. */
import { hasScope, type Actor } from "../../kernel/actor.ts";
import type { Level } from "../../kernel/grants.ts";

export type OrgRole = "member" | "admin" | "owner";
export const orgRoles: readonly OrgRole[] = ["member", "admin", "owner"];

const levelOf: Readonly<Record<OrgRole, Level>> = { member: "read", admin: "write", owner: "admin" };

/** What an actor may do in an organization: what the role gives, cut down to what the credential carries. */
export function organizationAccess(actor: Actor, role: OrgRole | null): Level | "none" {
  if (actor.kind === "system") return "admin";
  if (role === null || !hasScope(actor, "user:read")) return "none";
  return hasScope(actor, "user:write") ? levelOf[role] : "read";
}

/**
 * Whether somebody may give or take a role. Nobody gives more than they hold: only owners make and unmake owners.
 *
 * @param by the role of the one who asks, as it is now; null is the forge itself
 * @param from the present role of the other, null for somebody from outside
 * @param to the role to be, null to leave
 * @param otherOwners owners in good standing besides the person concerned
 */
export function mayChangeRole(
  by: OrgRole | null,
  self: boolean,
  from: OrgRole | null,
  to: OrgRole | null,
  otherOwners: number,
): true | string {
  const held = by === null ? "owner" : by;
  if (from === "owner" && to !== "owner" && otherOwners === 0)
    return "An organization needs an owner: make somebody else one first";
  // Whoever holds a role may give it up.
  if (self && (to === null || (from !== null && orgRoles.indexOf(to) <= orgRoles.indexOf(from)))) return true;
  if (held === "member") return "Only admins and owners of the organization may do this";
  if (held !== "owner" && (from === "owner" || to === "owner"))
    return "Only an owner of the organization makes or unmakes owners";
  return true;
}
