/**
 * Whether what was read from the database may still be answered with.
 *
 * The forge counts what is written: every transaction of a command here (`transact`), and every event that another process of
 * the same forge stored (the command line), which PostgreSQL tells us by NOTIFY. As long as the count stands, a row that was
 * read under it is what a query would answer now. Where the count cannot be known, nothing is kept at all.
 */
import type postgres from "postgres";
import { connectDriver } from "./db/client.ts";
import type { Log } from "./log.ts";

export interface Freshness {
  /** Changes with everything that is written; null while nobody can tell whether another process wrote. */
  readonly count: number | null;
  /** To be called after every commit of this process. */
  written(): void;
}

/** What a trigger on the events notifies (migrations), with the name of the application that wrote. */
const channel = "wit_written";
const retryMs = 500;

/** Counts the writes of this process alone: for a forge that has its database to itself. */
export function countWrites(): Freshness {
  let count = 0;
  return {
    get count() {
      return count;
    },
    written: () => void (count += 1),
  };
}

/**
 * Counts the writes of all processes that share the database. `applicationName` is what this process calls itself in its pool, so
 * that it does not take its own news for another's; it must be its alone.
 */
export function followWrites(options: {
  readonly url: string;
  readonly applicationName: string;
  readonly log: Log;
}): Freshness & { close(): Promise<void> } {
  const { url, applicationName, log } = options;
  let count = 0;
  let following = false;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;
  const listener: postgres.Sql = connectDriver({
    url,
    poolSize: 1,
    applicationName: `${applicationName} listens`,
    onNotify: (_channel, by) => {
      if (by !== applicationName) count += 1;
    },
    onClose: () => {
      following = false;
      again();
    },
  });
  const again = () => {
    if (closed || retry) return;
    retry = setTimeout(() => {
      retry = undefined;
      void follow();
    }, retryMs).unref();
  };
  const follow = async () => {
    try {
      await listener.unsafe(`listen ${channel}`);
      // What was written while nobody listened is unknown.
      count += 1;
      following = true;
    } catch (error) {
      if (closed) return;
      log.warn({ error: String(error) }, "writes of other processes cannot be followed; nothing is kept");
      again();
    }
  };
  void follow();
  return {
    get count() {
      return following ? count : null;
    },
    written: () => void (count += 1),
    async close() {
      closed = true;
      following = false;
      clearTimeout(retry);
      await listener.end({ timeout: 1 });
    },
  };
}

/** Answers that were read from the database, each kept for as long as nothing is written. */
export class Kept<Value> {
  readonly #freshness: Freshness;
  readonly #limit: number;
  readonly #values = new Map<string, Value>();
  #count: number | null = null;

  /** @param limit how many answers are kept; the oldest leave first */
  constructor(freshness: Freshness, limit: number) {
    this.#freshness = freshness;
    this.#limit = limit;
  }

  /** The answer kept under `key`, or what `read` answers, which must depend on nothing but the database and the key. */
  async get(key: string, read: () => Promise<Value>): Promise<Value> {
    const before = this.#freshness.count;
    if (before === null) return read();
    if (this.#count !== before) {
      this.#values.clear();
      this.#count = before;
    }
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const value = await read();
    // Something written meanwhile may or may not be in it.
    if (this.#freshness.count !== before || this.#count !== before) return value;
    if (this.#values.size >= this.#limit)
      for (const oldest of this.#values.keys()) {
        this.#values.delete(oldest);
        break;
      }
    this.#values.set(key, value);
    return value;
  }
}

/** Answers of one kind for each forge of this process, which are as many as its tests need. */
export function keptBeside<Value>(limit: number): (of: { readonly freshness: Freshness }) => Kept<Value> {
  const all = new WeakMap<Freshness, Kept<Value>>();
  return ({ freshness }) => {
    const known = all.get(freshness);
    if (known) return known;
    const kept = new Kept<Value>(freshness, limit);
    all.set(freshness, kept);
    return kept;
  };
}
