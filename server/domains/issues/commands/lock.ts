import { eq } from "drizzle-orm";
import { transact, type Context } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce } from "../../../kernel/grants.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { issueLocked, issueUnlocked } from "../events.ts";
import { mayTriage } from "../policy.ts";
import type { Issue } from "../queries.ts";
import { issues } from "../schema.ts";
import { about, described, record } from "./record.ts";

/** Locks or unlocks a conversation; asked for what it is already, it changes nothing. */
export function setLock(
  ctx: Context,
  repo: RepoWith<"write">,
  issue: Issue,
  locked: boolean,
  reason?: string,
): Promise<void> {
  enforce(mayTriage(ctx.actor, repo));
  return transact(ctx, async (tx) => {
    const [row] = await tx.db.select().from(issues).where(eq(issues.id, issue.id)).for("no key update");
    if (!row || (row.lockedAt !== null) === locked) return;
    await tx.db
      .update(issues)
      .set({ lockedAt: locked ? tx.clock.now() : null, updatedAt: tx.clock.now() })
      .where(eq(issues.id, issue.id));
    await record(
      tx,
      issue,
      locked ? "locked" : "unlocked",
      reason === undefined ? {} : { metadata: { reason } },
    );
    await emit(tx, locked ? issueLocked : issueUnlocked, about(issue), described(issue));
  });
}
