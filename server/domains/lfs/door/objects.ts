/** The transfer "basic": `PUT` and `GET objects/{oid}`, and `POST verify`. */
import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { z } from "zod";
import { BlobError } from "../../../kernel/blobs/index.ts";
import { notFound, Refusal, unprocessable } from "../../../kernel/errors.ts";
import { matches } from "../../../kernel/http/etag.ts";
import { describeRange, rangeOf } from "../../../kernel/http/range.ts";
import { inert } from "../../repositories/index.ts";
import { storeObject, tooLarge } from "../commands/objects.ts";
import { storeProposed } from "../commands/propose.ts";
import { proposedSizesOf, sizesOf } from "../queries.ts";
import { isOid } from "./batch.ts";
import { lfsAnswer, purposeIn, readBody, requireUploader, type Visit } from "./visits.ts";

/** An upload of which nothing comes for this long is given up. */
const stalledMs = 120_000;

export async function answerUpload(visit: Visit): Promise<Response> {
  const { ctx, request, url } = visit;
  const upload = await requireUploader(visit, purposeIn(visit));
  const oid = oidOf(visit);
  const size = numberIn(url.searchParams.get("size"));
  const length = numberIn(request.headers.get("content-length"));
  if (Math.max(size ?? 0, length ?? 0) > ctx.config.limits.lfsBytes)
    throw new Refusal("too_large", tooLarge(ctx));
  if (size !== null && length !== null && size !== length)
    throw unprocessable(`The content does not have the ${size} bytes that were announced`);
  const announced = { oid, size: size ?? length };
  if (upload.kind === "write") await storeObject(ctx, upload.repo, announced, arriving(request));
  else await storeProposed(ctx, upload, announced, arriving(request));
  return lfsAnswer({});
}

/** The bytes of a body. What breaks off or stalls is the client's doing, and no failure of ours. */
async function* arriving(request: Request): AsyncGenerator<Uint8Array> {
  if (!request.body) return;
  const stream = Readable.fromWeb(request.body as WebStream<Uint8Array>);
  const late = setTimeout(() => stream.destroy(new Error("stalled")), stalledMs);
  try {
    for await (const chunk of stream) {
      late.refresh();
      yield chunk as Uint8Array;
    }
  } catch (cause) {
    throw new Refusal("bad_request", "The upload broke off", { cause });
  } finally {
    clearTimeout(late);
  }
}

export async function answerDownload(visit: Visit): Promise<Response> {
  const { ctx, repo, request } = visit;
  const oid = oidOf(visit);
  const size = (await sizesOf(ctx, repo, [oid])).get(oid);
  if (size === undefined) throw missing();
  const headers = new Headers({
    ...inert,
    "content-type": "application/octet-stream",
    "content-disposition": "attachment",
    etag: `"${oid}"`,
    vary: "Authorization, Cookie",
    "cache-control": "private, no-cache",
  });
  if (matches(request.headers, `"${oid}"`)) return new Response(null, { status: 304, headers });
  const range = rangeOf(request, size, `"${oid}"`);
  const status = describeRange(headers, range, size);
  if (range === "unsatisfiable") return new Response(null, { status, headers });
  // Nobody would read the stream.
  if (request.method === "HEAD") return new Response(null, { status, headers });
  const stream = await ctx.blobs.get(oid, range ?? undefined).catch((cause: unknown) => {
    throw cause instanceof BlobError ? missing() : cause;
  });
  return new Response(Readable.toWeb(stream) as ReadableStream, { status, headers });
}

const verifyShape = z.object({ oid: z.string(), size: z.number() });

/** What a client asks after an upload. */
export async function answerVerify(visit: Visit): Promise<Response> {
  const { ctx, repo } = visit;
  const upload = await requireUploader(visit, purposeIn(visit));
  const { oid, size } = await readBody(visit, verifyShape);
  const sizes = !isOid(oid)
    ? new Map<string, number>()
    : upload.kind === "write"
      ? await sizesOf(ctx, repo, [oid])
      : await proposedSizesOf(ctx, repo, upload.me.user.id, [oid]);
  const held = sizes.get(oid);
  if (held === undefined) throw missing();
  if (held !== size) throw unprocessable(`This object has ${held} bytes`);
  return lfsAnswer({});
}

const missing = () => notFound("This repository does not hold the object");

function oidOf(visit: Visit): string {
  const oid = visit.param("oid");
  if (!isOid(oid)) throw unprocessable("An oid is 64 lower-case hexadecimal digits");
  return oid;
}

const numberIn = (text: string | null): number | null =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
