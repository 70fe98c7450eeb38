/** `/{owner}/{repo}/raw/{ref}/{path}`: the bytes of a file, in a form in which no browser runs them. */
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Context as HonoContext } from "hono";
import type { DoorServer } from "../../../../domain.ts";
import { isBinary, pointerBytes, readBlob } from "../../../../git/blobs.ts";
import { objectInfo, streamBlob } from "../../../../git/objects.ts";
import type { Context } from "../../../../kernel/context.ts";
import { notFound } from "../../../../kernel/errors.ts";
import type { Bindings } from "../../../../kernel/http/client.ts";
import { matches } from "../../../../kernel/http/etag.ts";
import { describeRange, rangeOf } from "../../../../kernel/http/range.ts";
import { locateRepository, requireAccess } from "../../access.ts";
import { fullName } from "../../addresses.ts";
import { findElsewhere, type Elsewhere } from "../elsewhere.ts";
import { extensionOf, imageType, inert } from "../media.ts";
import { requirePlace } from "./places.ts";

const media: Readonly<Record<string, string>> = {
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  ogg: "audio/ogg",
  wav: "audio/wav",
  webm: "video/webm",
};

/** What a browser plays a file as, by its name. */
export function playedAs(path: string): "audio" | "video" | null {
  const type = media[extensionOf(path)]?.split("/")[0];
  return type === "audio" || type === "video" ? type : null;
}

/** Text is plain text whatever it is called; what is neither text nor shown safely is downloaded. */
function headersOf(path: string, binary: boolean): Record<string, string> {
  const type = imageType(path) ?? media[extensionOf(path)];
  if (type !== undefined) return { "content-type": type };
  if (!binary) return { "content-type": "text/plain; charset=utf-8" };
  return { "content-type": "application/octet-stream", "content-disposition": "attachment" };
}

type RawRequest = HonoContext<{ Bindings: Bindings }>;

/** Mounts the address. A private file needs the visitor's session or token, as everything else. */
export function mountRaw({ app, router }: DoorServer): void {
  app.get("/:owner/:repo/raw/:rest{[\\s\\S]+}", async (c) => {
    try {
      const ctx = await router.identify(c.req.raw, c.env);
      router.count(ctx);
      return await answer(ctx, c);
    } catch (error) {
      return router.refuse(error, c.env?.requestId ?? crypto.randomUUID());
    }
  });
}

async function answer(ctx: Context, c: RawRequest): Promise<Response> {
  const rest = c.req.param("rest") ?? "";
  const found = await locateRepository(ctx, c.req.param("owner") ?? "", c.req.param("repo") ?? "");
  if (!found) throw notFound();
  const repo = found.repository;
  if (found.moved) {
    const tail = new URL(c.req.url).pathname.split("/").slice(3).join("/");
    return c.redirect(`${ctx.config.url}/${fullName(repo)}/${tail}`, 301);
  }
  const { git, revision, path, entry } = await requirePlace(ctx, repo, rest);
  if (entry.kind === "directory" || entry.kind === "submodule") throw notFound();
  const info = await objectInfo(git, entry.oid);
  if (!info) throw notFound();
  const small = info.size <= pointerBytes ? await readBlob(git, entry.oid) : null;
  const kept = small?.lfs ? await findElsewhere(ctx, requireAccess(ctx, repo, "read"), small.lfs) : null;
  // The content of a pointer may come after it, so the two are not the same to a cache.
  const etag = kept && small?.lfs ? `"lfs-${small.lfs.oid}"` : `"${entry.oid}"`;
  const headers = new Headers({
    ...inert,
    etag,
    vary: "Authorization, Cookie",
    "cache-control":
      revision.kind === "commit" && !repo.isPrivate && (kept || !small?.lfs)
        ? "public, max-age=3600"
        : "private, no-cache",
  });
  if (matches(c.req.raw.headers, etag)) return new Response(null, { status: 304, headers });
  if (kept) return answerKept(c, path, kept, headers, etag);
  const { bytes } = small ?? (await readBlob(git, entry.oid, { maxBytes: 8000 }));
  for (const [name, value] of Object.entries(headersOf(path, isBinary(bytes)))) headers.set(name, value);
  const range = rangeOf(c.req.raw, info.size, etag);
  const status = describeRange(headers, range, info.size);
  // Nobody would read the stream.
  if (range === "unsatisfiable" || c.req.method === "HEAD") return new Response(null, { status, headers });
  const { offset = 0, length = info.size } = range ?? {};
  if (info.size <= bytes.length)
    return new Response(new Uint8Array(bytes.subarray(offset, offset + length)), { status, headers });
  const parts = streamBlob(git, entry.oid, { signal: c.req.raw.signal, offset, length });
  const stream = Readable.from(parts, { objectMode: false });
  return new Response(Readable.toWeb(stream) as ReadableStream, { status, headers });
}

/** What a pointer stands for, instead of the pointer. */
async function answerKept(
  c: RawRequest,
  path: string,
  kept: Elsewhere,
  headers: Headers,
  etag: string,
): Promise<Response> {
  const beginning = await buffer(await kept.read({ offset: 0, length: 8000 }));
  for (const [name, value] of Object.entries(headersOf(path, isBinary(beginning)))) headers.set(name, value);
  const range = rangeOf(c.req.raw, kept.size, etag);
  const status = describeRange(headers, range, kept.size);
  // Nobody would read the stream.
  if (range === "unsatisfiable" || c.req.method === "HEAD") return new Response(null, { status, headers });
  const stream = await kept.read(range ?? undefined);
  return new Response(Readable.toWeb(stream) as ReadableStream, { status, headers });
}
