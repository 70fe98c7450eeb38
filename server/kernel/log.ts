import { pino, type DestinationStream } from "pino";

export interface Log {
  info(data: object, message?: string): void;
  warn(data: object, message?: string): void;
  error(data: object, message?: string): void;
  debug(data: object, message?: string): void;
}

/**
 * Structured lines on standard output, or where `destination` says; secrets that a header or a body may carry are cut out by
 * name.
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    serializers: { error: failureOf, err: failureOf },
    redact: { paths: ["*.password", "*.token", "*.secret", "authorization", "cookie"], censor: "[redacted]" },
  };
  return destination ? pino(options, destination) : pino(options);
}

export const silentLog: Log = { info() {}, warn() {}, error() {}, debug() {} };

const longestMessage = 2_000;
const mostPlaces = 20;
const mostCauses = 5;

/**
 * What was thrown, as something to write down, with what caused it: an `Error` alone is written as `{}`. Of a failed query its
 * text is kept, and the values are not: they are what people wrote.
 */
function failureOf(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack = "", cause } = error;
  const { code, constraint_name: constraint } = error as { code?: unknown; constraint_name?: unknown };
  const places = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: name,
    message: (message.split("\nparams: ")[0] ?? "").slice(0, longestMessage),
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof constraint === "string" ? { constraint } : {}),
    stack: places.slice(0, mostPlaces).join("\n"),
    ...(cause === undefined || depth >= mostCauses ? {} : { cause: failureOf(cause, depth + 1) }),
  };
}
