/** Former places of repositories. They lead to the repository itself, so that two moves in a row need no chain. */
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Context, TransactionContext } from "../../kernel/context.ts";
import { findOwner } from "../accounts/index.ts";
import { repositories, repositoryRedirects } from "./schema.ts";

/** The id of the repository that used to be at a place, or that is there under a former name of its owner. */
export async function formerlyAt(ctx: Context, ownerLogin: string, name: string): Promise<string | null> {
  const owner = await findOwner(ctx, ownerLogin);
  if (!owner) return null;
  const [present] = await ctx.db
    .select({ id: repositories.id })
    .from(repositories)
    .where(
      and(
        eq(repositories.ownerId, owner.id),
        sql`lower(${repositories.name}) = ${name.toLowerCase()}`,
        isNull(repositories.deletedAt),
      ),
    );
  if (present) return present.id;
  const [former] = await ctx.db
    .select({ id: repositoryRedirects.repoId })
    .from(repositoryRedirects)
    .where(at(owner.id, name));
  return former?.id ?? null;
}

/** Leaves a sign where a repository was. */
export async function leaveRedirect(
  tx: TransactionContext,
  from: { readonly id: string; readonly ownerId: string; readonly name: string },
): Promise<void> {
  const createdAt = tx.clock.now();
  await tx.db
    .insert(repositoryRedirects)
    .values({ ownerId: from.ownerId, name: from.name.toLowerCase(), repoId: from.id, createdAt })
    .onConflictDoUpdate({
      target: [repositoryRedirects.ownerId, repositoryRedirects.name],
      set: { repoId: from.id, createdAt },
    });
}

/** A repository that takes a place takes it whole. */
export async function dropRedirect(tx: TransactionContext, ownerId: string, name: string): Promise<void> {
  await tx.db.delete(repositoryRedirects).where(at(ownerId, name));
}

const at = (ownerId: string, name: string) =>
  and(eq(repositoryRedirects.ownerId, ownerId), eq(repositoryRedirects.name, name.toLowerCase()));
