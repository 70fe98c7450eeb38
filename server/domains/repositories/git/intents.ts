/** What is about to happen to references, stored before git does it: who finds it after a crash finds out what became true. */
import { eq, sql } from "drizzle-orm";
import { actorId } from "../../../kernel/actor.ts";
import type { Context, TransactionContext } from "../../../kernel/context.ts";
import { conflict } from "../../../kernel/errors.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { Repository } from "../access.ts";
import { refUpdateIntents } from "../schema.ts";
import type { Move } from "./moves.ts";

/** Why refs move. */
export interface MoveReason {
  /** The kind of act in a word, `push`, `edit`, `merge`: stands in the reflog and in the event. */
  readonly reason: string;
  /** What the act was about, for readers of the event; kept with the intent, so it survives a crash. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Stores what is about to happen. Committed when it returns, unless the caller's transaction is open: then with that. */
export async function noteIntent(
  ctx: Context,
  repo: Pick<Repository, "id">,
  moves: readonly Move[],
  reason: MoveReason,
): Promise<string> {
  const row = intentOf(ctx, moves, reason);
  await ("inTransaction" in ctx ? ctx.db : ctx.database)
    .insert(refUpdateIntents)
    .values({ ...row, repoId: repo.id });
  return row.id;
}

/**
 * As `noteIntent`, for what people move: only while nobody began to import the repository or to have it follow another one. Who
 * begins that holds the row of the repository meanwhile, and looks for intents: one of the two sees the other.
 *
 * @throws Refusal 409
 */
export async function noteOwnIntent(
  ctx: Context,
  repo: Pick<Repository, "id">,
  moves: readonly Move[],
  reason: MoveReason,
): Promise<string> {
  const { id, actorId: actor, updates, context, createdAt } = intentOf(ctx, moves, reason);
  const stored = await ("inTransaction" in ctx ? ctx.db : ctx.database).execute(sql`
    insert into ref_update_intents (id, repo_id, actor_id, updates, context, created_at)
    select ${id}::uuid, held.id, ${actor}, ${JSON.stringify(updates)}::text::jsonb, ${JSON.stringify(context)}::text::jsonb,
      ${createdAt.toISOString()}::timestamptz
    from (select id from repositories where id = ${repo.id} and content_source is null for share) held
    returning id`);
  if (stored.length === 0)
    throw conflict("What is in this repository comes from elsewhere since a moment ago; look at it again");
  return id;
}

function intentOf(ctx: Context, moves: readonly Move[], { reason, detail = {} }: MoveReason) {
  return {
    id: uuidv7(),
    actorId: actorId(ctx.actor),
    updates: moves.map((move) => ({ ref: move.ref, old: move.old ?? "", new: move.new ?? "" })),
    context: { reason, detail },
    createdAt: ctx.clock.now(),
  };
}

/**
 * Looks whether anybody moves references of a repository at this moment. The caller holds its row.
 *
 * @throws Refusal 409
 */
export async function requireNoIntent(tx: TransactionContext, repo: Pick<Repository, "id">): Promise<void> {
  const [under] = await tx.db
    .select({ id: refUpdateIntents.id })
    .from(refUpdateIntents)
    .where(eq(refUpdateIntents.repoId, repo.id))
    .limit(1);
  if (under) throw conflict("Somebody pushes to this repository at this moment; try again");
}
