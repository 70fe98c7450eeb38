/** What every query and command is handed: who acts, on which database, with which machinery. */
import type { FetchCache } from "../git/protocol/fetch-cache.ts";
import type { GitStore } from "../git/store.ts";
import { system, type Actor } from "./actor.ts";
import type { Blobs } from "./blobs/index.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Keyring } from "./crypto/index.ts";
import type { Database, Transaction } from "./db/client.ts";
import type { Egress } from "./egress/index.ts";
import type { Emitter } from "./events.ts";
import type { Freshness } from "./freshness.ts";
import type { Highlighter } from "./highlight/index.ts";
import { uuidv7 } from "./ids.ts";
import type { Jobs } from "./jobs/index.ts";
import type { Log } from "./log.ts";
import type { Mailer } from "./mail/index.ts";
import type { Metrics } from "./metrics.ts";
import type { Markup } from "./markup/index.ts";

/** The machinery of one running server. */
export interface Services {
  readonly config: Config;
  readonly database: Database;
  readonly git: GitStore;
  /** Answers to clones, of this process. */
  readonly fetches: FetchCache;
  readonly blobs: Blobs;
  readonly jobs: Jobs;
  readonly events: Emitter;
  readonly freshness: Freshness;
  readonly mail: Mailer;
  readonly markup: Markup;
  readonly highlight: Highlighter;
  readonly keyring: Keyring;
  /** The way out to places that people name. */
  readonly egress: Egress;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Context extends Services {
  readonly actor: Actor;
  /** Where to read: the pool, or the open transaction. */
  readonly db: Database | Transaction;
  readonly requestId: string;
  /** The client's address, for the audit log and for limits. */
  readonly address: string | null;
  /** Runs inside the transaction of the first command that commits, so that a repeated request finds it done. */
  readonly onCommit?: (tx: Transaction) => Promise<void>;
}

/** A context whose `db` is an open transaction: what is written through it is committed or rolled back as one. */
export interface TransactionContext extends Context {
  readonly db: Transaction;
  readonly inTransaction: true;
  /** Runs after the commit and never when it fails: waking a worker, dropping a cache. */
  afterCommit(act: () => void): void;
}

const isTransaction = (ctx: Context): ctx is TransactionContext => "inTransaction" in ctx;

/**
 * Runs a command in one transaction. A command that calls another joins the transaction that is open already, so the fact,
 * its consequences, its event and its jobs stand or fall together.
 */
export async function transact<T>(ctx: Context, work: (tx: TransactionContext) => Promise<T>): Promise<T> {
  if (isTransaction(ctx)) return work(ctx);
  const after: (() => void)[] = [];
  const committing = ctx.database.transaction(async (db) => {
    const tx: TransactionContext = { ...ctx, db, inTransaction: true, afterCommit: (act) => after.push(act) };
    const value = await work(tx);
    await ctx.onCommit?.(db);
    return value;
  });
  // Also when it failed: a connection that was lost may have lost the news of a commit.
  const result = await committing.finally(() => ctx.freshness.written());
  for (const act of after) act();
  return result;
}

/** The context in which the forge itself acts: jobs, repairs, the command line. */
export function systemContext(services: Services, name: string): Context {
  return { ...services, db: services.database, actor: system(name), requestId: uuidv7(), address: null };
}

/** The same context with another actor: a job that acts for the person who asked. */
export const actingAs = <C extends Context>(ctx: C, actor: Actor): C => ({ ...ctx, actor });
