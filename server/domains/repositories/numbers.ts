import { eq, sql, type SQL } from "drizzle-orm";
import type { TransactionContext } from "../../kernel/context.ts";
import { repositories } from "./schema.ts";

/**
 * The next number of the series that issues and pull requests share. The row lock is held to the end of the transaction, so
 * no number is given twice, under any concurrency. One is left out only where a pull request is opened by a push: its number is
 * taken before its reference moves, which may fail.
 */
export async function allocateNumber(tx: TransactionContext, repo: { readonly id: string }): Promise<number> {
  const [row] = await tx.db
    .update(repositories)
    .set({ nextNumber: sql`${repositories.nextNumber} + 1` })
    .where(eq(repositories.id, repo.id))
    .returning({ next: repositories.nextNumber });
  if (!row) throw new Error(`repository ${repo.id} is gone`);
  return row.next - 1;
}

/** Keeps the number of open issues; called in the transaction that opens or closes one. */
export const countOpenIssues = (tx: TransactionContext, repoId: string, step: number): Promise<void> =>
  count(tx, repoId, { openIssuesCount: sql`${repositories.openIssuesCount} + ${step}` });

/** Keeps the number of open pull requests; called in the transaction that opens, closes or merges one. */
export const countOpenPullRequests = (tx: TransactionContext, repoId: string, step: number): Promise<void> =>
  count(tx, repoId, { openPrsCount: sql`${repositories.openPrsCount} + ${step}` });

async function count(
  tx: TransactionContext,
  repoId: string,
  set: { readonly openIssuesCount?: SQL; readonly openPrsCount?: SQL },
): Promise<void> {
  await tx.db
    .update(repositories)
    .set({ ...set, updatedAt: sql`${repositories.updatedAt}` })
    .where(eq(repositories.id, repoId));
}
