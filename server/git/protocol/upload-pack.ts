/** Clones and fetches: what costs nothing is answered here, packs are made by git. */
import type { Readable, Writable } from "node:stream";
import type { ObjectFormat } from "../names.ts";
import { readObjectFormat } from "../object-format.ts";
import type { Repository } from "../object-ids.ts";
import { git } from "../process.ts";
import { ByteReader, ProtocolError, writeTo, type ReaderLimits } from "./bytes.ts";
import { readRefs } from "../ref-cache.ts";
import { converse } from "./conversation.ts";
import type { FetchCache } from "./fetch-cache.ts";
import { readFetchQuestion, type WholeFetch } from "./fetch-question.ts";
import { answerLsRefs, readLsRefs } from "./ls-refs.ts";
import { flushPacket, packet, packetText, readPacket } from "./pkt-line.ts";
import { LateAnswer } from "./late-answer.ts";
import { withoutGreeting } from "./greeting.ts";
import { agent, protocolVariable, type ProtocolVersion } from "./version.ts";

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
  /** A stream, or the whole request. */
  readonly input: Readable | Buffer;
  /** Ends the process when aborted. */
  readonly signal?: AbortSignal;
  /**
   * Asked before each command of a session, which stays open for as long as its client likes; throws once the client may not
   * read any more.
   */
  readonly requireAllowed?: () => Promise<void>;
  /** The stall holds for both directions: a client that neither sends nor takes is given up. */
  readonly limits?: ReaderLimits;
  /** Where answers to clones are kept. */
  readonly cache?: FetchCache;
}

/** Talks to git for as long as it takes, writing what it says; leaves the output open. */
export type Conversation = (output: Writable) => Promise<unknown>;

const maxRequest = 64 * 1024 * 1024;
const maxLsRefs = 8 * 1024 * 1024;

/**
 * Reads the beginning of one request (HTTP) and answers it at once if that needs no process: `ls-refs` of version 2.
 * Anything else becomes a conversation. Both throw ProtocolError, PeerGone, GitTimeout (no place, too long) and GitError.
 */
export async function openUploadPack(request: UploadPackRequest): Promise<Buffer | Conversation> {
  const { repository, version, input } = request;
  const reader = new ByteReader(input, { maxBytes: maxRequest, ...request.limits });
  let begin: Uint8Array = Buffer.alloc(0);
  if (version === 2) {
    const first = await readPacket(reader);
    // Before a large request clients send a lone flush to learn whether they may.
    if (first === null || first.kind === "flush") return Buffer.alloc(0);
    if (first.kind !== "data") throw new ProtocolError("a request begins with its command");
    const command = packetText(first.data);
    if (command === "command=ls-refs") {
      reader.maxBytes = Math.min(reader.maxBytes, maxLsRefs);
      return answerLsRefs(repository, await readLsRefs(reader));
    }
    if (command !== "command=fetch") throw new ProtocolError("unknown command");
    begin = packet(first.data);
  }
  const whole = begin.length > 0 && (await wholeFetch(request, reader));
  if (whole) return (output) => answerWhole(request, whole, begin, output);
  return (output) => converse(request, { args: stateless, reader, begin }, output);
}

// Without us in between nobody else sees that a client takes nothing any more: seconds until git gives it up.
const stateless = ["upload-pack", "--stateless-rpc", "--strict", "--timeout=120", "."];

const wholeFetch = async ({ cache, repository }: UploadPackRequest, reader: ByteReader) =>
  cache ? readFetchQuestion(repository, reader) : null;

/** From the cache, or by git and then perhaps into it. */
async function answerWhole(
  request: UploadPackRequest,
  whole: WholeFetch,
  begin: Uint8Array,
  output: Writable,
  session?: ByteReader,
): Promise<void> {
  const { cache, repository, limits } = request;
  const kept = cache?.find(whole);
  if (kept) {
    const unwatch = session?.watch((error) => kept.stop(error));
    return kept.send(output, limits?.stall).finally(() => unwatch?.());
  }
  const keeper = (await cache?.keep(whole)) ?? null;
  let isWhole = false;
  try {
    const reader = new ByteReader(whole.bytes);
    const lend = !keeper && whole.isPlain && output instanceof LateAnswer ? () => output.lend() : undefined;
    isWhole = await converse(request, { args: stateless, reader, begin, keeper, session, lend }, output);
    // What was asked of other references than those of now is nobody's question any more.
    isWhole &&= (await readRefs(repository)) === whole.snapshot;
  } finally {
    await keeper?.end(isWhole);
  }
}

/** Answers one request (HTTP) and leaves the output open. Throws as `openUploadPack`. */
export async function serveUploadPack(
  request: UploadPackRequest & { readonly output: Writable },
): Promise<void> {
  const opened = await openUploadPack(request);
  if (typeof opened === "function") await opened(request.output);
  else if (opened.length > 0) await writeTo(request.output, opened);
}

/**
 * Serves a whole session in both directions (SSH) and leaves the output open. In version 2 git is started by the first `fetch`:
 * a client that only asks what is new costs no process. Throws as `openUploadPack`.
 */
export async function serveUploadPackSession(
  request: UploadPackRequest & { readonly output: Writable },
): Promise<void> {
  const { repository, output } = request;
  const reader = new ByteReader(request.input, { maxBytes: maxRequest, ...request.limits });
  const args = ["upload-pack", "--strict", "--timeout=120", "."];
  if (request.version !== 2)
    return void (await converse(request, { args, reader, begin: Buffer.alloc(0) }, output));
  await writeTo(output, advertisements[await readObjectFormat(repository)]);
  for (;;) {
    const first = await readPacket(reader);
    if (first === null || first.kind === "flush") return;
    if (first.kind !== "data") throw new ProtocolError("a request begins with its command");
    const command = packetText(first.data);
    await request.requireAllowed?.();
    if (command === "command=fetch") {
      const begin = packet(first.data);
      const whole = await wholeFetch(request, reader);
      if (!whole)
        return void (await converse(request, { args, reader, begin, said: withoutGreeting }, output));
      await answerWhole(request, whole, begin, output, reader);
      continue;
    }
    if (command !== "command=ls-refs") throw new ProtocolError("unknown command");
    // Each question may be as long as over HTTP, whatever the whole session may send.
    const whole = reader.maxBytes;
    reader.maxBytes = Math.min(whole, reader.used + maxLsRefs);
    const asked = await readLsRefs(reader);
    reader.maxBytes = whole;
    await writeTo(output, await answerLsRefs(repository, asked));
  }
}
