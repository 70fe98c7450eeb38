import { pino } from "pino";

export interface Log {
  info(data: object, message?: string): void;
  warn(data: object, message?: string): void;
  error(data: object, message?: string): void;
  debug(data: object, message?: string): void;
}

/** Structured lines on standard output; secrets that a header or a body may carry are cut out by name. */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    redact: { paths: ["*.password", "*.token", "*.secret", "authorization", "cookie"], censor: "[redacted]" },
  });
}

export const silentLog: Log = { info() {}, warn() {}, error() {}, debug() {} };
