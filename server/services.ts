/** Assembles the machinery of one server from its configuration. */
import { join } from "node:path";
import { objectPool } from "./git/objects.ts";
import { FetchCache } from "./git/protocol/fetch-cache.ts";
import { createGitStore } from "./git/store.ts";
import { openBlobs } from "./kernel/blobs/index.ts";
import { systemClock, type Clock } from "./kernel/clock.ts";
import type { Config } from "./kernel/config.ts";
import { systemContext, type Services } from "./kernel/context.ts";
import { openKeyring } from "./kernel/crypto/index.ts";
import {
  allowList,
  createEgress,
  readOutboundAllow,
  systemResolve,
  type Resolve,
} from "./kernel/egress/index.ts";
import type { DatabaseClient } from "./kernel/db/client.ts";
import { createEmitter, type EventRow, type Subscription } from "./kernel/events.ts";
import { countWrites, type Freshness } from "./kernel/freshness.ts";
import { createHighlighter } from "./kernel/highlight/index.ts";
import { createJobs, type JobRunner, type JobType } from "./kernel/jobs/index.ts";
import type { Log } from "./kernel/log.ts";
import { createMailer } from "./kernel/mail/index.ts";
import { createMarkup } from "./kernel/markup/index.ts";
import { createMetrics } from "./kernel/metrics.ts";
import { events } from "./kernel/schema.ts";
import { eq } from "drizzle-orm";
import { domains } from "./domains.ts";

export interface ServiceOptions {
  readonly config: Config;
  readonly database: DatabaseClient;
  readonly log: Log;
  readonly clock?: Clock;
  /** Needed where other processes write to the same database. */
  readonly freshness?: Freshness;
  /** Master keys from the configuration; without them, a key file in the data folder. */
  readonly secretKey?: string | undefined;
  /** False: jobs are only stored, and run when `jobs.drain()` is called. */
  readonly work: boolean;
  /** How names become addresses; the machine's resolver unless told. */
  readonly resolve?: Resolve;
  /** False when the job tables exist already. */
  readonly migrateJobs?: boolean;
}

export interface RunningServices {
  readonly services: Services;
  readonly jobs: JobRunner;
  stop(): Promise<void>;
}

/** Opens everything a request needs. Nothing listens yet. */
export async function createServices(options: ServiceOptions): Promise<RunningServices> {
  const { config, database, log } = options;
  const { db, sql: driver } = database;
  const subscriptions = domains.flatMap((domain) => domain.subscriptions ?? []);
  const jobs = createJobs({ driver, log, work: options.work, migrate: options.migrateJobs ?? true });
  const markup = createMarkup({ forgeUrl: config.url });
  const highlight = createHighlighter();
  const mail = await createMailer(config);
  const fetches = new FetchCache({
    folder: join(config.dataDir, "cache", "fetches"),
    maxBytes: config.limits.fetchCacheBytes,
  });
  const services: Services = {
    config,
    database: db,
    git: createGitStore({ root: join(config.dataDir, "repositories") }),
    fetches,
    blobs: await openBlobs(config),
    jobs,
    events: createEmitter(subscriptions),
    freshness: options.freshness ?? countWrites(),
    mail,
    markup,
    highlight,
    keyring: await openKeyring({
      keyFile: join(config.dataDir, "secret.key"),
      ...(options.secretKey === undefined ? {} : { secretKey: options.secretKey }),
    }),
    egress: createEgress({
      resolve: options.resolve ?? systemResolve,
      allowed: async () => allowList(await readOutboundAllow(db)),
      ownPorts: [config.port, config.sshPort],
    }),
    metrics: createMetrics(),
    clock: options.clock ?? systemClock,
    log,
  };
  const types = [...domains.flatMap((domain) => domain.jobs ?? []), ...subscriptions.map(asJob)];
  await jobs.start(types, (name) => systemContext(services, name));
  return {
    services,
    jobs,
    async stop() {
      await jobs.stop();
      objectPool.close();
      await Promise.all([fetches.close(), markup.close(), highlight.close(), mail.close()]);
    },
  };
}

/** A subscription is a job that is handed the event's row. */
function asJob(subscription: Subscription): JobType {
  return {
    name: subscription.name,
    handle: async (ctx, data) => {
      const id = String(data["eventId"]);
      const [row] = await ctx.db.select().from(events).where(eq(events.id, id));
      if (row) await subscription.handle(ctx, row satisfies EventRow);
    },
  };
}
