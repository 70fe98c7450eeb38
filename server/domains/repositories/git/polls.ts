/**
 * What clients that only look for news ask, many times an hour and by the hundred: the greeting of version 2 and the list of
 * references of public repositories, without credentials. It is answered before the application sees it, from what is kept of the
 * repository and its references. Everything else goes on to the git door, which gives the same answers.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Front } from "../../../domain.ts";
import { PeerGone, ProtocolError } from "../../../git/protocol/bytes.ts";
import { serviceHeaders } from "../../../git/protocol/http.ts";
import { answerWholeLsRefs } from "../../../git/protocol/ls-refs.ts";
import { advertiseUploadPack } from "../../../git/protocol/upload-pack.ts";
import { anonymous } from "../../../kernel/actor.ts";
import type { Services } from "../../../kernel/context.ts";
import { findRepository } from "../access.ts";
import { gitOf } from "../addresses.ts";

const name = "([A-Za-z0-9._-]{1,100})";
const greeting = new RegExp(`^/${name}/${name}/info/refs\\?service=git-upload-pack$`);
const asking = new RegExp(`^/${name}/${name}/git-upload-pack$`);
/** Larger questions are not polls. */
const mostBytes = 4_096;
/** So few bytes that are not here by then are not coming. */
const bodyWithinMs = 20_000;

const greetingHeaders = Object.fromEntries(serviceHeaders("git-upload-pack-advertisement"));
const listHeaders = Object.fromEntries(serviceHeaders("git-upload-pack-result"));

/** The front of the git door. */
export function pollFront(services: Services): Front {
  return (request, response, next) => {
    const { method, url = "", headers } = request;
    if (headers["git-protocol"] !== "version=2" || headers.authorization || headers.cookie) return next();
    const asked = (method === "GET" ? greeting : asking).exec(url);
    if (!asked || (method !== "GET" && !isSmallQuestion(request))) return next();
    const poll = async () => {
      if (!(await isAnswered(services, request, response, asked))) next();
    };
    void poll();
  };
}

/** Answers, or finds that this is for the git door. Never rejects. */
async function isAnswered(
  services: Services,
  request: IncomingMessage,
  response: ServerResponse,
  asked: RegExpExecArray,
): Promise<boolean> {
  const began = performance.now();
  const greets = request.method === "GET";
  try {
    const body = await (greets ? greet : list)(services, request, asked);
    if (body === null) return false;
    response.writeHead(200, {
      ...(greets ? greetingHeaders : listHeaders),
      "content-length": body.length,
    });
    response.end(body);
    const labels = { kind: "git", method: request.method ?? "", status: "2xx" };
    services.metrics.requests.observe(labels, (performance.now() - began) / 1000);
  } catch (error) {
    fail(services, response, error);
  }
  return true;
}

function isSmallQuestion({ method, headers }: IncomingMessage): boolean {
  const length = Number(headers["content-length"] ?? Number.NaN);
  return (
    method === "POST" &&
    headers["content-type"] === "application/x-git-upload-pack-request" &&
    headers["content-encoding"] === undefined &&
    headers["expect"] === undefined &&
    length > 0 &&
    length <= mostBytes
  );
}

async function repositoryAt(services: Services, [, owner = "", file = ""]: RegExpExecArray) {
  const ctx = { ...services, db: services.database, actor: anonymous, requestId: "", address: null };
  const found = await findRepository(ctx, owner, file.replace(/\.git$/i, ""));
  return found && gitOf(ctx, found);
}

async function greet(services: Services, _request: IncomingMessage, asked: RegExpExecArray) {
  const repository = await repositoryAt(services, asked);
  return repository && advertiseUploadPack(repository, 2);
}

/** Null for another command, which the application then finds read already. */
async function list(services: Services, request: IncomingMessage, asked: RegExpExecArray) {
  const repository = await repositoryAt(services, asked);
  if (!repository) return null;
  const body = await bodyOf(request);
  const answer = await answerWholeLsRefs(repository, body);
  if (answer) return answer;
  // Where @hono/node-server looks for a body that somebody else has read.
  Object.assign(request, { rawBody: body });
  return null;
}

function bodyOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const late = setTimeout(() => request.destroy(), bodyWithinMs);
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.once("end", () => {
      clearTimeout(late);
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks));
    });
    // It closes after every request; an error is only made for those that were not whole.
    request.once("close", () => {
      clearTimeout(late);
      if (!request.complete) reject(new PeerGone("the request was cut off"));
    });
    request.once("error", reject);
  });
}

/** As the git door says it. */
function fail(services: Services, response: ServerResponse, error: unknown): void {
  const isTheirs = error instanceof ProtocolError || error instanceof PeerGone;
  if (!isTheirs) services.log.error({ error }, "a poll of git could not be answered");
  if (response.headersSent) return void response.destroy();
  response.writeHead(isTheirs ? 400 : 500, { "content-type": "text/plain; charset=utf-8" });
  response.end(isTheirs ? `${error.message}\n` : "The server failed\n");
}
