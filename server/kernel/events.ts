/**
 * Facts, and who wants to know them. `emit` writes one row and one job for each subscription in the transaction of the fact;
 * handlers run at least once, in any order, and re-read what they need.
 */
import { and, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { actorId } from "./actor.ts";
import type { Context, TransactionContext } from "./context.ts";
import { uuidv7 } from "./ids.ts";
import { events } from "./schema.ts";

/** A kind of fact that a slice declares in `events.ts`. */
export interface EventType<P> {
  readonly name: string;
  readonly payload: z.ZodType<P>;
}

/** Declares a kind of fact. Names are `subject.past-tense`, e.g. `label.created`; payloads hold ids and what cannot be re-read. */
export function eventType<P>(name: string, payload: z.ZodType<P>): EventType<P> {
  return { name, payload };
}

export interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly actorId: string | null;
  readonly repoId: string | null;
  readonly orgId: string | null;
  readonly subjectId: string | null;
  readonly payload: unknown;
  readonly createdAt: Date;
}

/** A reader of events. `name` is unique and lasting: it names the queue. */
export interface Subscription {
  readonly name: string;
  readonly events: readonly string[];
  readonly handle: (ctx: Context, event: EventRow) => Promise<void>;
}

/** Subscribes to events of the given kinds; with none given, to all. */
export function subscription(
  name: string,
  to: readonly EventType<never>[] | readonly EventType<unknown>[] | "all",
  handle: Subscription["handle"],
): Subscription {
  return { name, events: to === "all" ? ["*"] : to.map((one) => one.name), handle };
}

export interface Emitter {
  subscribersOf(type: string): readonly string[];
}

export function createEmitter(subscriptions: readonly Subscription[]): Emitter {
  const known = new Map<string, string[]>();
  return {
    subscribersOf(type) {
      let names = known.get(type);
      if (!names) {
        names = subscriptions
          .filter((one) => one.events.includes("*") || one.events.includes(type))
          .map((one) => one.name);
        known.set(type, names);
      }
      return names;
    },
  };
}

export interface Subject {
  readonly repoId?: string;
  readonly orgId?: string;
  readonly subjectId?: string;
  /** Who did it, where that is not who acts now but whom a job or a reader found out about; null is nobody known. */
  readonly byId?: string | null;
}

/** Writes a fact and the jobs of its subscribers. */
export async function emit<P>(
  tx: TransactionContext,
  type: EventType<P>,
  subject: Subject,
  payload: P,
): Promise<void> {
  await emitAll(tx, type, subject, [payload]);
}

/** Rows of one insert: PostgreSQL takes 65,535 parameters. */
const together = 1_000;

/** Writes many facts of one kind about one subject, in their order, with the statements of a few. */
export async function emitAll<P>(
  tx: TransactionContext,
  type: EventType<P>,
  subject: Subject,
  payloads: readonly P[],
): Promise<void> {
  const by = subject.byId === undefined ? actorId(tx.actor) : subject.byId;
  const subscribers = tx.events.subscribersOf(type.name);
  for (let first = 0; first < payloads.length; first += together) {
    const rows = payloads.slice(first, first + together).map((payload) => ({
      id: uuidv7(),
      type: type.name,
      actorId: by,
      tokenId: tx.actor.kind === "user" && tx.actor.user.id === by ? (tx.actor.tokenId ?? null) : null,
      requestId: tx.requestId,
      address: tx.address,
      repoId: subject.repoId ?? null,
      orgId: subject.orgId ?? null,
      subjectId: subject.subjectId ?? null,
      payload,
      createdAt: tx.clock.now(),
    }));
    await tx.db.insert(events).values(rows);
    await tx.jobs.enqueueAll(
      tx,
      rows.flatMap(({ id }) => subscribers.map((name) => ({ name, data: { eventId: id } }))),
    );
  }
}

/** Names who did what was told without a name: the fact about `subjectId` of which `known` holds. */
export async function credit<P>(
  tx: TransactionContext,
  type: EventType<P>,
  subjectId: string,
  known: Partial<P>,
  byId: string,
): Promise<void> {
  await tx.db
    .update(events)
    .set({ actorId: byId })
    .where(
      and(
        eq(events.subjectId, subjectId),
        eq(events.type, type.name),
        isNull(events.actorId),
        sql`${events.payload} @> ${JSON.stringify(known)}::jsonb`,
      ),
    );
}
