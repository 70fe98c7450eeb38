/** Runs one git against a repository elsewhere. */
import { startLong } from "../long-process.ts";
import type { Repository } from "../object-ids.ts";
import { gitConfiguration } from "../environment.ts";
import { GitTimeout, ProcessSlots } from "../process.ts";
import { ProgressReader, type TransferProgress } from "./progress.ts";
import { openRelay } from "./relay.ts";
import type { Remote, RemoteService } from "./remote.ts";
import { failureOf, RemoteFailure } from "./remote-failure.ts";

/** Places of their own: a server that is slow on purpose keeps no clone and no page waiting. */
export const remoteSlots = new ProcessSlots(6);

export interface RemoteRun {
  readonly service: RemoteService;
  /** Everything before the address, which comes last but for `after`. */
  readonly args: readonly string[];
  readonly after?: readonly string[];
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until it is ended. */
  readonly deadline: number;
  /** Bytes of standard output that are kept and allowed. */
  readonly maxOutput: number;
  /** Exit codes that are an answer. */
  readonly exitCodes?: readonly number[];
  readonly onProgress?: (progress: TransferProgress, receivedBytes: number) => void;
}

export interface RemoteAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly receivedBytes: number;
}

/** @throws RemoteFailure */
export async function runRemote(
  repository: Repository,
  remote: Remote,
  run: RemoteRun,
): Promise<RemoteAnswer> {
  const relay = await openRelay(remote, run.service);
  const progress = new ProgressReader((one) => run.onProgress?.(one, relay.received));
  try {
    const child = await startLong(
      repository.dir,
      [...run.args, "--end-of-options", relay.url, ...(run.after ?? [])],
      {
        env: {
          ...run.env,
          ...gitConfiguration(relay.configuration),
          // A delta can promise an object of any size: no single allocation beyond this.
          GIT_ALLOC_LIMIT: "1g",
        },
        deadline: run.deadline,
        slots: remoteSlots,
        signal: remote.signal,
        heard: (text) => progress.read(text),
      },
    );
    const output: Buffer[] = [];
    let size = 0;
    let flooded = false;
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= run.maxOutput) output.push(chunk);
      else {
        flooded = true;
        child.stop(new GitTimeout("too much output"));
      }
    });
    child.stdin.end(run.input ?? "");
    const { exitCode, stopped, stderr } = await child.end;
    if (remote.signal.aborted) throw new RemoteFailure("cancelled", "It was cancelled");
    if (relay.failure) throw relay.failure;
    if (flooded)
      throw new RemoteFailure("too-large", "The other repository has more references than are taken here");
    if (stopped) throw new RemoteFailure("deadline", "It took longer than is allowed here", stopped.message);
    if (exitCode === null || !(run.exitCodes ?? [0]).includes(exitCode))
      throw failureOf(`${stderr.slice(0, 4000)}\n${progress.said}`);
    return { exitCode, stdout: Buffer.concat(output).toString("utf8"), receivedBytes: relay.received };
  } catch (error) {
    if (error instanceof RemoteFailure) throw error;
    if (remote.signal.aborted) throw new RemoteFailure("cancelled", "It was cancelled");
    if (relay.failure) throw relay.failure;
    if (error instanceof GitTimeout)
      throw new RemoteFailure("ours", "This server has too many transfers under way", error.message);
    throw error;
  } finally {
    await relay.close();
  }
}
