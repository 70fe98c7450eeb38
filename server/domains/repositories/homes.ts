/** Where a person may put a repository. */
import { sql } from "drizzle-orm";
import { isAdministrator, type UserActor } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { forbidden, invalid, notFound } from "../../kernel/errors.ts";
import { grant, type Granted } from "../../kernel/grants.ts";
import { findOwner, type Owner } from "../accounts/index.ts";
import { orgMembers } from "../organizations/schema.ts";

/** An owner together with the proof that the actor may put repositories there. */
export type Home = Granted<Owner, "admin">;

/** One's own account. */
export async function ownHome(ctx: Context, me: UserActor): Promise<Home> {
  const owner = await findOwner(ctx, me.user.login);
  if (owner?.id !== me.user.id) throw notFound();
  return grant(owner, "admin");
}

/**
 * One's own account, or an organization of which one is an admin or owner; its members may not create repositories in it.
 *
 * @param field the field of the input that named the owner
 * @throws Refusal 403 for an organization that one does not administer, 422 for another person's account and for nobody's
 */
export async function requireHome(ctx: Context, me: UserActor, login: string, field: string): Promise<Home> {
  const owner = await findOwner(ctx, login);
  if (!owner) throw invalid("Repository", field, `Nobody is named ${login}`);
  if (owner.id === me.user.id) return grant(owner, "admin");
  if (owner.type === "user")
    throw invalid("Repository", field, "Only your own account or an organization of yours can be chosen");
  const [member] = await ctx.db
    .select({ role: orgMembers.role })
    .from(orgMembers)
    .where(sql`${orgMembers.orgId}::text = ${owner.id} and ${orgMembers.userId} = ${me.user.id}`);
  if (member?.role !== "admin" && member?.role !== "owner")
    throw forbidden(`Only admins and owners of ${owner.login} may put repositories there`);
  return grant(owner, "admin");
}

/** Where a repository may be transferred to: as `requireHome`, and anywhere for an administrator of the instance. */
export async function requireNewHome(
  ctx: Context,
  me: UserActor,
  login: string,
  field: string,
): Promise<Home> {
  if (!isAdministrator(ctx.actor)) return requireHome(ctx, me, login, field);
  const owner = await findOwner(ctx, login);
  if (!owner) throw invalid("Repository", field, `Nobody is named ${login}`);
  return grant(owner, "admin");
}
