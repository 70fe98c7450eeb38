/** What passes between a client and one `upload-pack`, and what its end means. */
import type { Socket } from "node:net";
import type { Writable } from "node:stream";
import { startLong } from "../long-process.ts";
import { GitError } from "../process.ts";
import { PeerGone, ProtocolError, writeTo, type ByteReader } from "./bytes.ts";
import { packet } from "./pkt-line.ts";
import type { Keeper } from "./fetch-cache.ts";
import type { UploadPackRequest } from "./upload-pack.ts";
import { protocolVariable } from "./version.ts";
import { feedFetch } from "./wants.ts";

// A slow line may take long for a large history; one that stands still is cut much earlier.
const deadline = 4 * 3_600_000;

export interface Talk {
  readonly args: readonly string[];
  /** What follows on `begin`. */
  readonly reader: ByteReader;
  readonly begin: Uint8Array;
  readonly keeper?: Keeper | null;
  /** Where more may come from after this, and where the client is seen to leave. */
  readonly session?: ByteReader | undefined;
  /** Takes away what the client has had already. */
  readonly said?: (stdout: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;
  /** Where git may write its answer by itself. */
  readonly lend?: (() => Promise<Socket | null>) | undefined;
}

/** Whether git said all that it had to say. */
export async function converse(
  { repository, version, signal, limits, requireAllowed }: UploadPackRequest,
  { args, reader, begin, keeper = null, session, said = (stdout) => stdout, lend }: Talk,
  output: Writable,
): Promise<boolean> {
  const env = protocolVariable(version);
  const process = await startLong(repository.dir, args, {
    env,
    deadline,
    ...(signal ? { signal } : {}),
    ...(lend ? { lend } : {}),
  });
  const onClose = () => process.stop(new PeerGone("the client went away"));
  output.once("close", onClose);
  if (output.destroyed) onClose();
  const unwatch = session?.watch((error) => process.stop(error));
  try {
    const answering = answer(said(process.stdout), output, limits?.stall, keeper).catch((error: Error) =>
      process.stop(error),
    );
    const say = (bytes: Buffer) => writeTo(output, bytes);
    await Promise.all([feedFetch(repository, process, reader, begin, say, requireAllowed), answering]);
    const {
      exitCode,
      signal: endedBy,
      stderr,
      stopped,
    } = await process.end.catch((error: unknown) => {
      // A connection that closed before it was lent.
      throw lend && output.destroyed ? new PeerGone("the client went away", { cause: error }) : error;
    });
    // Who writes to a client by itself sees it leave first.
    const broken = lend && (endedBy === "SIGPIPE" || /: (?:Connection reset|Broken pipe)/.test(stderr));
    if (signal?.aborted || broken) throw new PeerGone("the client went away");
    if (stopped) throw stopped;
    if (exitCode === 0) return true;
    // Clients hang up when they have what they need; git calls that an early end.
    if (/hung up unexpectedly|early EOF/.test(stderr)) return false;
    if (nothingNewer.test(stderr)) {
      // Without an answer a client only tells that it got none.
      await writeTo(output, packet("ERR no commits selected for shallow requests"));
      return false;
    }
    if (misunderstood.test(stderr)) throw new ProtocolError("this request cannot be understood");
    throw new GitError(args, exitCode, stderr);
  } finally {
    unwatch?.();
    output.off("close", onClose);
  }
}

// How upload-pack complains about a line that no client of git would send.
const misunderstood =
  /^fatal: (?:unexpected|expected|invalid|unknown|mismatched|protocol error|git upload-pack:)/m;

// No commit is as young as `--shallow-since`, or all are left out by `--shallow-exclude`.
const nothingNewer = /^fatal: no commits selected for shallow requests/m;

async function answer(
  said: AsyncIterable<Buffer>,
  output: Writable,
  stall?: number,
  keeper: Keeper | null = null,
): Promise<void> {
  for await (const chunk of said) {
    const keeping = keeper?.write(chunk);
    await writeTo(output, chunk, stall);
    await keeping;
  }
}
