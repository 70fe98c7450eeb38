import { isDiskFull } from "../disk-full.ts";
import { GitTimeout } from "../process.ts";

/** The objects of a push are not accepted. The message is a sentence for the client; `detail` is for the log. */
export class PackRefused extends Error {
  override readonly name = "PackRefused";
  readonly detail: string;

  constructor(message: string, detail = "") {
    super(message);
    this.detail = detail;
  }
}

/** What a client is told of a pack that was not taken in. */
export function unpackFailure(error: unknown): string {
  if (error instanceof PackRefused) return error.message;
  if (error instanceof GitTimeout) return "the server is too busy for this push, try again later";
  if (isDiskFull(error)) return "the disk of the server is full";
  return "the server failed";
}
