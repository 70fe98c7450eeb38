/** Clones and fetches: what costs nothing is answered here, packs are made by git. */
import type { Readable, Writable } from "node:stream";
import { startLong, type LongProcess } from "../long-process.ts";
import type { ObjectFormat } from "../names.ts";
import { readObjectFormat } from "../object-format.ts";
import type { Repository } from "../object-ids.ts";
import { git, GitError } from "../process.ts";
import { ByteReader, PeerGone, ProtocolError, writeTo, type ReaderLimits } from "./bytes.ts";
import { feedProcess } from "./feed.ts";
import { answerLsRefs, readLsRefs } from "./ls-refs.ts";
import { flushPacket, packet, packetText, readPacket } from "./pkt-line.ts";
import { agent, type ProtocolVersion } from "./version.ts";

// What the spawned git (2.38 and later, as configured in process.ts) accepts, word for word.
const capabilities = (format: ObjectFormat) =>
  Buffer.concat([
    ...["version 2", agent, "ls-refs=unborn", "fetch=shallow wait-for-done filter", "server-option"].map(
      (line) => packet(`${line}\n`),
    ),
    packet(`object-format=${format}\n`),
    flushPacket,
  ]);
const advertisements = { sha1: capabilities("sha1"), sha256: capabilities("sha256") };

/** What a client is told first. Version 2 is a constant; older versions list all references and ask git. */
export async function advertiseUploadPack(
  repository: Repository,
  version: ProtocolVersion,
  signal?: AbortSignal,
): Promise<Buffer> {
  if (version === 2) return advertisements[await readObjectFormat(repository)];
  const { stdout } = await git(repository.dir, ["upload-pack", "--http-backend-info-refs", "--strict", "."], {
    env: protocolVariable(version),
    maxBytes: 512 * 1024 * 1024,
    ...(signal ? { signal } : {}),
  });
  return stdout;
}

export interface UploadPackRequest {
  readonly repository: Repository;
  readonly version: ProtocolVersion;
  readonly input: Readable;
  readonly output: Writable;
  /** Ends the process when aborted. */
  readonly signal?: AbortSignal;
  readonly limits?: ReaderLimits;
}

const maxRequest = 64 * 1024 * 1024;
// A slow line may take long for a large history; one that stands still is cut much earlier.
const deadline = 4 * 3_600_000;
const maxLsRefs = 8 * 1024 * 1024;

/**
 * Answers one request (HTTP: `--stateless-rpc`) and leaves the output open. Only a `fetch` of version 2 and older
 * versions start a process. Throws ProtocolError, PeerGone, GitTimeout (no place, too long) and GitError.
 */
export async function serveUploadPack(request: UploadPackRequest): Promise<void> {
  const { repository, version, input, output } = request;
  const reader = new ByteReader(input, { maxBytes: maxRequest, ...request.limits });
  let begin: Uint8Array = Buffer.alloc(0);
  if (version === 2) {
    const first = await readPacket(reader);
    // Before a large request clients send a lone flush to learn whether they may.
    if (first === null || first.kind === "flush") return;
    if (first.kind !== "data") throw new ProtocolError("a request begins with its command");
    if (packetText(first.data) === "command=ls-refs") {
      reader.maxBytes = Math.min(reader.maxBytes, maxLsRefs);
      await writeTo(output, await answerLsRefs(repository, await readLsRefs(reader)));
      return;
    }
    if (packetText(first.data) !== "command=fetch") throw new ProtocolError("unknown command");
    begin = packet(first.data);
  }
  await converse(request, ["upload-pack", "--stateless-rpc", "--strict", "."], reader, begin);
}

/** Serves a whole session in both directions (SSH) and leaves the output open. Throws as `serveUploadPack`. */
export async function serveUploadPackSession(request: UploadPackRequest): Promise<void> {
  const reader = new ByteReader(request.input, { maxBytes: maxRequest, ...request.limits });
  await converse(request, ["upload-pack", "--strict", "--timeout=120", "."], reader, Buffer.alloc(0));
}

async function converse(
  { repository, version, output, signal }: UploadPackRequest,
  args: readonly string[],
  reader: ByteReader,
  begin: Uint8Array,
): Promise<void> {
  const env = protocolVariable(version);
  const process = await startLong(repository.dir, args, { env, deadline, ...(signal ? { signal } : {}) });
  const onClose = () => process.stop(new PeerGone("the client went away"));
  output.once("close", onClose);
  if (output.destroyed) onClose();
  try {
    const answering = answer(process, output).catch((error: Error) => process.stop(error));
    await Promise.all([feedProcess(process, reader, begin), answering]);
    const { exitCode, stderr, stopped } = await process.end;
    if (stopped) throw stopped;
    // Clients hang up when they have what they need; git calls that an early end.
    if (exitCode === 0 || /hung up unexpectedly|early EOF/.test(stderr)) return;
    if (misunderstood.test(stderr)) throw new ProtocolError("this request cannot be understood");
    throw new GitError(args, exitCode, stderr);
  } finally {
    output.off("close", onClose);
  }
}

// How upload-pack complains about a line that no client of git would send.
const misunderstood =
  /^fatal: (?:unexpected|expected|invalid|unknown|mismatched|protocol error|git upload-pack:)/m;

async function answer(process: LongProcess, output: Writable): Promise<void> {
  for await (const chunk of process.stdout) await writeTo(output, chunk as Buffer);
}

function protocolVariable(version: ProtocolVersion): Record<string, string> {
  return version === 0 ? {} : { GIT_PROTOCOL: `version=${version}` };
}
