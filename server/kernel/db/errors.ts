/**
 * What a failed statement means to the code above: the database refuses, and the caller translates.
 * SQLSTATE codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */

/** A refusal by a named constraint. For `not_null` the name is the column's. */
export type ConstraintViolation = {
  kind: "unique" | "foreign_key" | "check" | "exclusion" | "not_null";
  constraint: string;
  table: string | undefined;
};

/**
 * - `unavailable`: no connection can be had now, a later try may work; answer 503.
 * - `timeout`: the statement or its wait for a lock took longer than allowed.
 * - `conflict`: a deadlock or a serialization failure; the whole transaction may be tried again.
 * - `disk_full`: the server cannot write.
 */
export type DatabaseFailure = "unavailable" | "timeout" | "conflict" | "disk_full";

type DriverError = Error & {
  code?: unknown;
  constraint_name?: unknown;
  table_name?: unknown;
  column_name?: unknown;
};

const violations: Readonly<Record<string, ConstraintViolation["kind"]>> = {
  "23505": "unique",
  "23503": "foreign_key",
  "23514": "check",
  "23P01": "exclusion",
  "23502": "not_null",
};

const unavailableCodes: ReadonlySet<string> = new Set([
  // postgres.js
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  // the operating system; ENOENT and EACCES are what connecting to an absent Unix socket answers
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EACCES",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  // the server: going down, crashed, starting up, too many connections
  "57P01",
  "57P02",
  "57P03",
  "53300",
]);

/** Walks from what was thrown to the driver's error: drizzle wraps it in `cause`. */
function driverError(error: unknown): { error: DriverError; code: string } | undefined {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 8;
    current = current.cause, depth++
  ) {
    const found = current as DriverError;
    if (typeof found.code !== "string") continue;
    const fromServer = found.name === "PostgresError";
    const fromDriver = found.code.startsWith("CONNECT");
    const fromSocket =
      "syscall" in found && ["connect", "read", "write", "getaddrinfo"].includes(String(found.syscall));
    if (fromServer || fromDriver || fromSocket) return { error: found, code: found.code };
  }
  return undefined;
}

/** The SQLSTATE of a refusal by the server, if that is what `error` is. */
export function sqlState(error: unknown): string | undefined {
  const found = driverError(error);
  return found?.error.name === "PostgresError" ? found.code : undefined;
}

/** The constraint that refused the statement, or undefined when `error` is something else. */
export function constraintViolation(error: unknown): ConstraintViolation | undefined {
  const found = driverError(error);
  const kind = found && violations[found.code];
  if (!found || !kind) return undefined;
  const name = kind === "not_null" ? found.error.column_name : found.error.constraint_name;
  const table = found.error.table_name;
  return {
    kind,
    constraint: typeof name === "string" ? name : "",
    table: typeof table === "string" ? table : undefined,
  };
}

/** Why the database could not do its work, or undefined when `error` is not about the database's health. */
export function databaseFailure(error: unknown): DatabaseFailure | undefined {
  const code = driverError(error)?.code;
  if (code === undefined) return undefined;
  if (unavailableCodes.has(code) || code.startsWith("08")) return "unavailable";
  if (code === "57014" || code === "55P03" || code === "25P03") return "timeout";
  if (code === "40001" || code === "40P01") return "conflict";
  if (code === "53100") return "disk_full";
  return undefined;
}

/** True when the database is away for now: the HTTP layer answers 503 and the next request tries again. */
export function isUnavailable(error: unknown): boolean {
  return databaseFailure(error) === "unavailable";
}
