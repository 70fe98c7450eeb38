/**
 * The one namespace of users and organizations. A name is claimed by inserting into `owners`, so two claims of one name
 * cannot both commit; former names lead to their owner until somebody else claims them.
 */
import { eq, sql } from "drizzle-orm";
import type { Context, TransactionContext } from "../../kernel/context.ts";
import { invalid, notFound } from "../../kernel/errors.ts";
import { ownerRedirects, owners } from "./schema.ts";

/** `id` is the id of the `user` or of the `organizations` row. */
export type Owner = Readonly<Omit<typeof owners.$inferSelect, "createdAt">>;

/** First segments of our own addresses, and names that would pass for us. All lower-case. */
const reservedNames: ReadonlySet<string> = new Set(
  `_actions _gallery about abuse account accounts admin administrator anonymous api app apps assets auth avatars billing
  blog branches cli codespaces communities compare contact cycles dashboard developer discussions docs download downloads
  explore favicon feed feedback forgot-password forks git ghost graphql healthz help home import inbox insights
  invitations issues join journal lab labels legal login logout mailbox marketplace me merge-queue metrics milestones
  mirror new news noreply notifications npm oauth organizations orgs owner packages password-reset pricing privacy
  profile project projects public pull pulls raw register releases render reset-password reviews robots search security
  session sessions settings setup sign-in sign-out sign-up signin signout signup site ssh stacks stars static status
  support system teams terms topics trending undefined null upload uploads user users verify-email watching webhooks wiki
  wit www`.split(/\s+/),
);

const shape = /^[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}$/;

/** @throws Refusal 422 for a name that nobody may have */
export function checkLogin(login: string, resource: string): void {
  if (!shape.test(login))
    throw invalid(
      resource,
      "login",
      "A name has 1 to 39 letters, digits and single hyphens, and no hyphen at either end",
    );
  if (reservedNames.has(login.toLowerCase())) throw invalid(resource, "login", "This name is reserved");
}

/**
 * Refuses a taken name before work is done for it; that it is free now is no promise.
 *
 * @throws Refusal 422
 */
export async function refuseTaken(ctx: Context, login: string): Promise<void> {
  const [taken] = await ctx.db
    .select({ id: owners.id })
    .from(owners)
    .where(sql`lower(${owners.login}) = ${login.toLowerCase()}`);
  if (taken) throw invalid("User", "login", "This name is already taken", "already_exists");
}

const resourceOf = (type: Owner["type"]) => (type === "user" ? "User" : "Organization");

/**
 * Claims a name for a new user or organization, as the first statement of its creation. A name that redirected to a former
 * owner now belongs to the new one.
 *
 * @throws Refusal 422 for a name of the wrong shape or a reserved one; a taken name is refused by `owners_login_unique`
 */
export async function claimLogin(
  tx: TransactionContext,
  claim: Pick<Owner, "id" | "type" | "login"> & Partial<Pick<Owner, "siteAdmin">>,
): Promise<void> {
  checkLogin(claim.login, resourceOf(claim.type));
  await tx.db.insert(owners).values({ ...claim, createdAt: tx.clock.now() });
  await tx.db.delete(ownerRedirects).where(eq(ownerRedirects.login, claim.login.toLowerCase()));
}

/**
 * Gives an owner another name; the former one redirects. The rows that repeat the name (`user.username`,
 * `organizations.name`) are the caller's to write.
 */
export async function renameLogin(tx: TransactionContext, ownerId: string, login: string): Promise<void> {
  const [before] = await tx.db.select().from(owners).where(eq(owners.id, ownerId)).for("update");
  if (!before) throw notFound();
  if (before.login === login) return;
  checkLogin(login, resourceOf(before.type));
  await tx.db.update(owners).set({ login }).where(eq(owners.id, ownerId));
  const former = before.login.toLowerCase();
  await tx.db.delete(ownerRedirects).where(eq(ownerRedirects.login, login.toLowerCase()));
  if (former === login.toLowerCase()) return;
  await tx.db
    .insert(ownerRedirects)
    .values({ login: former, ownerId, createdAt: tx.clock.now() })
    .onConflictDoUpdate({ target: ownerRedirects.login, set: { ownerId, createdAt: tx.clock.now() } });
}

/** Frees the name of an organization that is being deleted. Refused by foreign keys while it owns anything. */
export async function releaseLogin(tx: TransactionContext, ownerId: string): Promise<void> {
  await tx.db.delete(owners).where(eq(owners.id, ownerId));
}

/** Keeps the number of an owner's repositories; called in the transaction that creates, deletes, moves or publishes one. */
export async function countRepositories(
  tx: TransactionContext,
  ownerId: string,
  change: { readonly public?: number; readonly private?: number },
): Promise<void> {
  await tx.db
    .update(owners)
    .set({
      publicRepos: sql`${owners.publicRepos} + ${change.public ?? 0}`,
      privateRepos: sql`${owners.privateRepos} + ${change.private ?? 0}`,
    })
    .where(eq(owners.id, ownerId));
}

/** The columns of an `Owner`. */
export const ownerColumns = {
  id: owners.id,
  apiId: owners.apiId,
  type: owners.type,
  login: owners.login,
  siteAdmin: owners.siteAdmin,
  publicRepos: owners.publicRepos,
  privateRepos: owners.privateRepos,
};

/** Finds an owner by present or former name in any case; a former name shows in `login` differing from what was asked. */
export async function findOwner(ctx: Context, login: string): Promise<Owner | null> {
  const name = login.toLowerCase();
  if (!shape.test(name)) return null;
  const present = sql`lower(${owners.login}) = ${name}`;
  const [found] = await ctx.db
    .select(ownerColumns)
    .from(owners)
    .where(
      sql`${present} or ${owners.id} = (select ${ownerRedirects.ownerId} from ${ownerRedirects} where ${ownerRedirects.login} = ${name})`,
    )
    .orderBy(sql`${present} desc`)
    .limit(1);
  return found ?? null;
}
