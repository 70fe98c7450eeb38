/**
 * The one way to talk to PostgreSQL: a bounded pool under the drizzle query builder.
 *
 * What a row holds: `timestamptz` is a `Date`, `bigint` is a number (a `bigint` past 2^53), `numeric` a string,
 * `json` and `jsonb` parsed values. The same holds for hand-written SQL through `execute`.
 */
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { parseDatabaseUrl } from "./address.ts";

export { constraintViolation, databaseFailure, isUnavailable } from "./errors.ts";
export type { ConstraintViolation, DatabaseFailure } from "./errors.ts";

/** A pool, or a transaction on it: what reads and commands take. */
export type Database = PostgresJsDatabase<Record<string, never>>;

/** An open transaction. Commands that must stand or fall with their caller ask for this and not for `Database`. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** All times are in milliseconds; 0 means without a limit. */
export type ConnectOptions = {
  url: string;
  /** Connections at most. */
  poolSize?: number;
  applicationName?: string;
  statementTimeout?: number;
  lockTimeout?: number;
  idleInTransactionTimeout?: number;
  /** How long one attempt to connect may take; 30 s through a socket of this machine and 10 s elsewhere unless told. */
  connectTimeout?: number;
  /** A connection unused for this long is closed; 0 keeps it. */
  idleTimeout?: number;
  /** Told of what was notified on the channels that a connection listens to. */
  onNotify?: (channel: string, payload: string) => void;
  /** Told when a connection was lost or closed. */
  onClose?: () => void;
};

/** A pool with the means to close it. */
export type DatabaseClient = {
  db: Database;
  /** The driver underneath, for COPY, LISTEN and reserved connections. */
  sql: postgres.Sql;
  /**
   * Lets running queries end for at most `graceMs`, then cuts them off. The driver waits that long for nothing
   * after the server broke a connection off in the middle of a query.
   */
  close(graceMs?: number): Promise<void>;
};

const timestampWithTimeZone = 1184;

function parseBigint(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

/** Driver options for one address: limits are set by the server for every session, so no query can forget them. */
function driverOptions(options: ConnectOptions): postgres.Options<{ bigint: postgres.PostgresType }> {
  const { host, port, user, password, database, ssl } = parseDatabaseUrl(options.url);
  return {
    ...(host.startsWith("/")
      ? { path: `${host}/.s.PGSQL.${port}` }
      : // As lists, which the driver's types do not know: it splits a plain host at ":" and so breaks IPv6.
        { host: [host] as unknown as string, port: [port] as unknown as number }),
    user,
    password,
    database,
    ssl,
    max: options.poolSize ?? 10,
    // The driver's clock runs on while this process is busy drawing pages, and each step of the greeting waits for its turn.
    // A socket of this machine refuses at once when nobody is there: what takes longer is load, and load is waited for.
    connect_timeout: (options.connectTimeout ?? (host.startsWith("/") ? 30_000 : 10_000)) / 1_000,
    ...(options.idleTimeout ? { idle_timeout: options.idleTimeout / 1_000 } : {}),
    // The driver's own growing delay would hold requests for up to 20 s after the database is back.
    backoff: () => 0.05,
    onnotice: () => {},
    ...(options.onNotify ? { onnotify: options.onNotify } : {}),
    ...(options.onClose ? { onclose: options.onClose } : {}),
    connection: {
      application_name: options.applicationName ?? "wit",
      TimeZone: "UTC",
      statement_timeout: options.statementTimeout ?? 30_000,
      lock_timeout: options.lockTimeout ?? 10_000,
      idle_in_transaction_session_timeout: options.idleInTransactionTimeout ?? 60_000,
    },
    types: { bigint: { to: 20, from: [20], serialize: String, parse: parseBigint } },
  };
}

/** The bare driver with the same limits and types, for code that needs no query builder. Connects on first use. */
export function connectDriver(options: ConnectOptions): postgres.Sql {
  return postgres(driverOptions(options)) as postgres.Sql;
}

/** Opens a pool. Nothing is sent before the first query; a failed connection fails that query and is tried anew. */
export function connect(options: ConnectOptions): DatabaseClient {
  const sql = connectDriver(options);
  const db = drizzle(sql);
  // drizzle turns the driver's handling of dates off, which leaves hand-written SQL with strings and refuses a
  // `Date` as its parameter; its own columns understand a `Date` as well.
  const { parsers, serializers } = sql.options;
  parsers[timestampWithTimeZone] = (text: string) => new Date(text);
  for (const type of [timestampWithTimeZone, 1114, 1082]) {
    serializers[type] = (value: unknown) => (value instanceof Date ? value.toISOString() : value);
  }
  return {
    db,
    sql,
    async close(graceMs = 2_000) {
      await sql.end({ timeout: graceMs / 1_000 });
    },
  };
}
