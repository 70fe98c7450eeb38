/**
 * Background work. A job is a row written in the transaction that wants it, so it exists exactly when its reason does; it runs
 * at least once, on any process, and is retried with growing pauses. pg-boss carries the rows; nothing else here knows it.
 */
import { sql } from "drizzle-orm";
import { PgBoss, fromDrizzle, type Job } from "pg-boss";
import type { Context, TransactionContext } from "../context.ts";
import type { DatabaseClient, Transaction } from "../db/client.ts";
import { uuidv7 } from "../ids.ts";
import type { Log } from "../log.ts";

/**
 * Prompt jobs end in well under a second; long ones (maintenance after a push) may not stand in their way, those that wait for
 * servers elsewhere (imports, mirrors) in nobody's, and what nobody waits for at all (upkeep) not in the way of these.
 */
export type Lane = "prompt" | "long" | "outbound" | "upkeep";
const lanes: readonly Lane[] = ["prompt", "long", "outbound", "upkeep"];
/** How many jobs of a lane run at once. */
const workersOf: Readonly<Record<Lane, number>> = { prompt: 2, long: 1, outbound: 4, upkeep: 1 };
/** Seconds after which a job counts as lost with the process that ran it. */
const expiryOf: Readonly<Record<Lane, number>> = {
  prompt: 120,
  long: 3600,
  outbound: 4 * 3600,
  upkeep: 6 * 3600,
};

/** A kind of job that a slice declares in `jobs.ts`. `name` is unique and lasting. */
export interface JobType {
  readonly name: string;
  readonly lane?: Lane;
  /** Runs on this cron line (UTC) besides being enqueued. */
  readonly schedule?: string;
  readonly handle: (ctx: Context, data: Record<string, unknown>) => Promise<void>;
}

export interface EnqueueOptions {
  readonly startAfter?: Date;
  /** So many milliseconds it may wait for others of its key to come, which it then does along; nobody waits where jobs are drained. */
  readonly mayWaitMs?: number;
  /** While a job with this key waits, another of the same name is not added. */
  readonly singletonKey?: string;
}

export interface Jobs {
  /** Adds a job inside the open transaction and wakes a worker after its commit. */
  enqueue(
    tx: TransactionContext,
    name: string,
    data: Record<string, unknown>,
    options?: EnqueueOptions,
  ): Promise<void>;
  /** The same for many jobs, each beside its like, with one statement a lane. */
  enqueueAll(
    tx: TransactionContext,
    jobs: readonly { readonly name: string; readonly data: Record<string, unknown> }[],
  ): Promise<void>;
}

export interface JobRunner extends Jobs {
  /** Starts working. `contextFor` makes the context in which a job runs. */
  start(types: readonly JobType[], contextFor: (job: string) => Context): Promise<void>;
  /** Runs waiting jobs until none is left; answers how many ran. Throws the first failure. For tests and commands. */
  drain(): Promise<number>;
  /** Lets running jobs end, then stops. */
  stop(): Promise<void>;
}

interface Envelope {
  readonly job: string;
  readonly data: Record<string, unknown>;
}

/**
 * @param work false = only enqueue, and `drain` when told (tests, the command line)
 */
export function createJobs(options: {
  readonly driver: DatabaseClient["sql"];
  readonly log: Log;
  readonly work: boolean;
  /** False when the tables of pg-boss exist already (a cloned test database). */
  readonly migrate?: boolean;
}): JobRunner {
  const { driver, log } = options;
  const boss = new PgBoss({
    db: { executeSql: (text, values) => execute(driver, text, values ?? []) },
    schema: "jobs",
    supervise: options.work,
    schedule: options.work,
    migrate: options.migrate ?? true,
    createSchema: options.migrate ?? true,
  });
  boss.on("error", (error) => log.warn({ error }, "the job queue stumbled"));
  const types = new Map<string, JobType>();
  const workers = new Map<Lane, string[]>();
  let contextFor: (job: string) => Context = () => {
    throw new Error("jobs have not been started");
  };

  const run = async (envelope: Envelope) => {
    const type = types.get(envelope.job);
    if (!type) throw new Error(`no job is named ${envelope.job}`);
    const ctx = contextFor(envelope.job);
    // Many write a row or two without a transaction.
    await type.handle(ctx, envelope.data).finally(() => ctx.freshness.written());
  };

  const runLogged = async (envelope: Envelope) => {
    try {
      await run(envelope);
    } catch (error) {
      log.warn({ job: envelope.job, error: String(error) }, "a job failed and will be tried again");
      throw error;
    }
  };

  const laneOf = (name: string): Lane => {
    const type = types.get(name);
    if (!type) throw new Error(`no job is named ${name}`);
    return type.lane ?? "prompt";
  };

  const wake = (lane: Lane) => {
    for (const worker of workers.get(lane) ?? []) boss.notifyWorker(worker);
  };

  return {
    async enqueue(tx, name, data, more = {}) {
      const lane = laneOf(name);
      await boss.send(
        lane,
        { job: name, data },
        {
          db: fromDrizzle(tx.db satisfies Transaction, sql),
          ...startOf(more, options.work),
          // The queue keeps one waiting job a key; a job that may stand beside its like gets a key of its own.
          singletonKey: `${name}:${more.singletonKey ?? uuidv7()}`,
        },
      );
      tx.afterCommit(() => wake(lane));
    },

    async enqueueAll(tx, jobs) {
      for (const lane of lanes) {
        const rows = jobs
          .filter(({ name }) => laneOf(name) === lane)
          .map(({ name, data }) => ({ data: { job: name, data }, singletonKey: `${name}:${uuidv7()}` }));
        if (rows.length === 0) continue;
        await boss.insert(lane, rows, { db: fromDrizzle(tx.db satisfies Transaction, sql) });
        tx.afterCommit(() => wake(lane));
      }
    },

    async start(list, makeContext) {
      for (const type of list) types.set(type.name, type);
      contextFor = makeContext;
      await boss.start();
      if (options.migrate ?? true) await createLanes(boss);
      if (!options.work) return;
      for (const lane of lanes) {
        const ids: string[] = [];
        workers.set(lane, ids);
        for (let index = 0; index < workersOf[lane]; index += 1) {
          const id: string = await boss.work<Envelope>(
            lane,
            { pollingIntervalSeconds: 2, batchSize: 1 },
            async (batch: Job<Envelope>[]) => {
              // Where there was one there may be more: by itself a worker looks again only at its next poll.
              boss.notifyWorker(id);
              for (const job of batch) await runLogged(job.data);
            },
          );
          ids.push(id);
        }
      }
      await Promise.all(
        list.map(async ({ name, lane = "prompt", schedule }) => {
          if (schedule === undefined) return;
          await boss.schedule(lane, schedule, { job: name, data: {} }, { key: name, singletonKey: name });
        }),
      );
    },

    async drain() {
      let ran = 0;
      for (;;) {
        const before = ran;
        for (const lane of lanes) {
          for (const job of await boss.fetch<Envelope>(lane, { batchSize: 50 })) {
            await run(job.data);
            await boss.complete(lane, job.id);
            ran += 1;
          }
        }
        if (ran === before) return ran;
      }
    },

    async stop() {
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };
}

function startOf({ startAfter, mayWaitMs }: EnqueueOptions, work: boolean): { startAfter?: Date } {
  if (startAfter) return { startAfter };
  return work && mayWaitMs !== undefined ? { startAfter: new Date(Date.now() + mayWaitMs) } : {};
}

/**
 * The queue's own statements. Those without parameters may be whole scripts with a transaction inside, which need a connection
 * of their own.
 */
async function execute(
  driver: DatabaseClient["sql"],
  text: string,
  values: unknown[],
): Promise<{ rows: unknown[] }> {
  if (values.length > 0) return { rows: await driver.unsafe(text, values.map(plainParameter) as never[]) };
  const connection = await driver.reserve();
  try {
    const result: unknown[] = await connection.unsafe(text).simple();
    // A script answers one list a statement; the last one with rows is what was asked for.
    const lists = result.filter((one): one is unknown[] => Array.isArray(one));
    return { rows: lists.length > 0 ? (lists.findLast((list) => list.length > 0) ?? []) : result };
  } finally {
    connection.release();
  }
}

/** The queue hands objects where the statement wants JSON. */
function plainParameter(value: unknown): unknown {
  const isPlain =
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? JSON.stringify(value) : value;
}

async function createLanes(boss: PgBoss): Promise<void> {
  const create = (lane: Lane) =>
    boss.createQueue(lane, {
      policy: "short",
      retryLimit: 8,
      retryDelay: 2,
      retryBackoff: true,
      retryDelayMax: 600,
      expireInSeconds: expiryOf[lane],
      deleteAfterSeconds: 3 * 86_400,
    });
  await Promise.all(lanes.map(create));
}
