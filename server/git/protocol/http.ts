/** Smart HTTP (gitprotocol-http(5)) as web requests and responses. */
import { pipeline, Readable, Transform, type Writable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { createGunzip } from "node:zlib";
import type { Repository } from "../object-ids.ts";
import { GitError, GitTimeout } from "../process.ts";
import { advertiseReceivePack } from "../receive/advertisement.ts";
import type { ReceiveRequest, ReceiveResult } from "../receive/push.ts";
import { serveReceivePack } from "../receive/receive-pack.ts";
import { PeerGone, ProtocolError, TooMuchInput } from "./bytes.ts";
import type { FetchCache } from "./fetch-cache.ts";
import { LateAnswer, passing, type BareAnswer } from "./late-answer.ts";
import { flushPacket, packet } from "./pkt-line.ts";
import { advertiseUploadPack, openUploadPack, type Conversation } from "./upload-pack.ts";
import { isGitService, protocolVersion, type GitService, type ProtocolVersion } from "./version.ts";

/** What a URL below a repository asks for. */
export interface GitHttpAction {
  readonly kind: "advertise" | "serve";
  readonly service: GitService;
}

/**
 * Reads `info/refs?service=…` (GET, HEAD) and `git-upload-pack`, `git-receive-pack` (POST), the part of the URL behind
 * `/owner/repo.git/`. Null for anything else, among it the dumb protocol.
 */
export function gitHttpAction(method: string, rest: string, query: URLSearchParams): GitHttpAction | null {
  const service = query.get("service") ?? "";
  if (rest === "info/refs" && (method === "GET" || method === "HEAD"))
    return isGitService(service) ? { kind: "advertise", service } : null;
  return method === "POST" && isGitService(rest) ? { kind: "serve", service: rest } : null;
}

export interface GitHttpRequest {
  readonly repository: Repository;
  readonly action: GitHttpAction;
  readonly request: Request;
  /** Where answers to clones are kept. */
  readonly cache?: FetchCache;
  /** Needed for pushes: who pushes and who decides. */
  readonly push?: Pick<ReceiveRequest, "handlers" | "identity" | "limits">;
  /** Called when a push has its verdict. */
  readonly onPushed?: (result: ReceiveResult) => void;
  /**
   * Where a long answer is written to, asked for with its headers when its first bytes are there. A pack that goes from git to
   * the connection in one step costs a third of what it costs as the stream of a `Response`.
   */
  readonly open?: (headers: Headers) => Writable;
  /**
   * The same for an answer that git itself writes to the connection, which spares us every byte of it; null where that cannot
   * be, because the connection is encrypted here.
   */
  readonly lend?: (headers: Headers) => Promise<BareAnswer | null>;
  /** Told what went wrong after the answer had begun, for the log. */
  readonly onLateError?: (error: unknown) => void;
}

/**
 * Answers one request of a git client whose rights are proved. The body of the answer is a stream; whoever cancels it
 * or aborts the request ends the process behind it. "sent" when the answer goes where `open` said. Throws what is our own
 * fault (GitError, no disk).
 */
export function gitHttp(options: GitHttpRequest & { readonly open?: never }): Promise<Response>;
export function gitHttp(options: GitHttpRequest): Promise<Response | "sent">;
export async function gitHttp(options: GitHttpRequest): Promise<Response | "sent"> {
  const { repository, action, request } = options;
  const version = protocolVersion(request.headers.get("git-protocol"));
  try {
    if (action.kind === "advertise")
      return new Response(asBody(await advertise(repository, action.service, version, request.signal)), {
        headers: serviceHeaders(`${action.service}-advertisement`),
      });
    if (request.headers.get("content-type") !== `application/x-${action.service}-request`)
      return refusal(415, `This address takes application/x-${action.service}-request.`);
    return await serve(options, version);
  } catch (error) {
    if (error instanceof TooMuchInput) return refusal(413, error.message);
    if (error instanceof ProtocolError || error instanceof PeerGone) return refusal(400, error.message);
    if (error instanceof GitTimeout) return refusal(503, "The server is busy, try again later.");
    throw error;
  }
}

async function advertise(
  repository: Repository,
  service: GitService,
  version: ProtocolVersion,
  signal: AbortSignal,
): Promise<Buffer> {
  const advertisement =
    service === "git-upload-pack"
      ? await advertiseUploadPack(repository, version, signal)
      : await advertiseReceivePack(repository, version);
  if (service === "git-upload-pack" && version === 2) return advertisement;
  return Buffer.concat([packet(`# service=${service}\n`), flushPacket, advertisement]);
}

async function serve(options: GitHttpRequest, version: ProtocolVersion): Promise<Response | "sent"> {
  const { repository, action, request, push, onPushed, cache } = options;
  const io = { repository, input: await requestBody(request), signal: request.signal };
  if (action.service === "git-upload-pack") {
    const opened = await openUploadPack({ ...io, version, ...(cache ? { cache } : {}) });
    if (typeof opened === "function") return stream(options, opened);
    return new Response(asBody(opened), { headers: serviceHeaders(`${action.service}-result`) });
  }
  if (!push) throw new TypeError("a push needs its handlers");
  const input = Buffer.isBuffer(io.input) ? Readable.from([io.input], { objectMode: false }) : io.input;
  return stream(options, async (output) => {
    const result = await serveReceivePack({ ...io, ...push, input, output });
    if (result) onPushed?.(result);
  });
}

/** Starts the answer with its first bytes, so that what fails before them still gets a status of its own. */
async function stream(options: GitHttpRequest, converse: Conversation): Promise<Response | "sent"> {
  let started = false;
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const start = () => {
    started = true;
    begin();
  };
  const answer = serviceHeaders(`${options.action.service}-result`);
  const { open, lend } = options;
  const output = open
    ? new LateAnswer({
        open: () => open(answer),
        ...(lend ? { lend: () => lend(answer) } : {}),
        onStart: start,
      })
    : passing(start);
  output.on("error", () => undefined);
  const serving = converse(output);
  try {
    await Promise.race([begun, serving]);
  } catch (error) {
    if (!started) throw error;
  }
  serving.then(
    () => output.end(),
    (error: unknown) => {
      if (!(error instanceof PeerGone)) options.onLateError?.(error);
      // git has told the client itself what it did not like; anything else must not look like a whole answer.
      if (error instanceof GitError || error instanceof ProtocolError) output.end();
      else output.destroy(error as Error);
    },
  );
  if (!(output instanceof Transform)) return "sent";
  return new Response(Readable.toWeb(output) as ReadableStream, { headers: answer });
}

const smallBody = 64 * 1024;

/** The request as it is, decoded; a small one in one piece, which spares a poll the cost of streams. */
async function requestBody(request: Request): Promise<Readable | Buffer> {
  const encoding = request.headers.get("content-encoding") ?? "identity";
  const length = Number(request.headers.get("content-length") ?? Number.NaN);
  if (encoding === "identity" && length <= smallBody) {
    const bytes = await request.arrayBuffer().catch((error: unknown) => {
      throw new PeerGone("the request was cut off", { cause: error });
    });
    return Buffer.from(bytes);
  }
  const body = request.body ? Readable.fromWeb(request.body as WebStream) : Readable.from([]);
  if (encoding === "identity") return body;
  if (encoding !== "gzip" && encoding !== "x-gzip")
    throw new ProtocolError("unknown encoding of the request");
  // A failure of either half reaches the reader through the second one.
  return pipeline(body, createGunzip(), () => undefined);
}

function asBody(bytes: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** What goes with every answer of a service: its type, and that nobody may keep it. */
export function serviceHeaders(type: string): Headers {
  return new Headers({
    "content-type": `application/x-${type}`,
    "cache-control": "no-cache, max-age=0, must-revalidate",
    expires: "Fri, 01 Jan 1980 00:00:00 GMT",
    pragma: "no-cache",
  });
}

function refusal(status: number, sentence: string): Response {
  return new Response(`${sentence}\n`, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-cache",
      ...(status === 503 ? { "retry-after": "10" } : {}),
    },
  });
}
