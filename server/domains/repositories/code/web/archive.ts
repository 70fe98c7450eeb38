/** `/{owner}/{repo}/archive/{ref}.zip` and `.tar.gz`: a branch, tag or commit as one file. */
import { Readable } from "node:stream";
import type { Context as HonoContext } from "hono";
import type { DoorServer } from "../../../../domain.ts";
import { openArchive, type ArchiveFormat } from "../../../../git/archive.ts";
import type { Revision } from "../../../../git/revisions.ts";
import { actorId } from "../../../../kernel/actor.ts";
import type { Context } from "../../../../kernel/context.ts";
import { notFound } from "../../../../kernel/errors.ts";
import type { Bindings } from "../../../../kernel/http/client.ts";
import { matches } from "../../../../kernel/http/etag.ts";
import { locateRepository, type Repository } from "../../access.ts";
import { fullName, gitOf } from "../../addresses.ts";
import { beginTransfer, reasonOf } from "../../git/transfers.ts";
import { inert } from "../media.ts";
import { requireRevision } from "../revisions.ts";

type ArchiveRequest = HonoContext<{ Bindings: Bindings }>;

const types: Readonly<Record<ArchiveFormat, string>> = {
  zip: "application/zip",
  "tar.gz": "application/gzip",
};

/** Mounts the addresses. Names of branches and tags may hold slashes; `refs/tags/v1` means the tag beside a branch `v1`. */
export function mountArchives({ app, router }: DoorServer): void {
  app.get("/:owner/:repo/archive/:name{.+\\.(?:zip|tar\\.gz)}", async (c) => {
    try {
      const ctx = await router.identify(c.req.raw, c.env);
      router.count(ctx);
      return await answer(ctx, c);
    } catch (error) {
      return router.refuse(error, c.env?.requestId ?? crypto.randomUUID());
    }
  });
}

async function answer(ctx: Context, c: ArchiveRequest): Promise<Response> {
  const [, ref = "", kind] = /^(.+)\.(zip|tar\.gz)$/s.exec(c.req.param("name") ?? "") ?? [];
  const format: ArchiveFormat = kind === "zip" ? "zip" : "tar.gz";
  const found = await locateRepository(ctx, c.req.param("owner") ?? "", c.req.param("repo") ?? "");
  if (!found) throw notFound();
  const repo = found.repository;
  if (found.moved) {
    const tail = new URL(c.req.url).pathname.split("/").slice(3).join("/");
    return c.redirect(`${ctx.config.url}/${fullName(repo)}/${tail}`, 301);
  }
  const revision = await requireRevision(ctx, repo, ref);
  const folder = folderOf(repo, revision);
  // Weak: another git or zlib packs the same files into other bytes.
  const etag = `W/"${revision.commit}.${format}"`;
  const headers = new Headers({
    ...inert,
    "content-type": types[format],
    "content-disposition": attachment(`${folder}.${format}`),
    etag,
    vary: "Authorization, Cookie",
    "cache-control":
      revision.kind === "commit" && !repo.isPrivate ? "public, max-age=3600" : "private, no-cache",
  });
  if (matches(c.req.raw.headers, etag)) return new Response(null, { status: 304, headers });
  if (c.req.raw.method === "HEAD") return new Response(null, { headers });
  return send(ctx, c, repo, { commit: revision.commit, format, folder }, headers);
}

/** Sends it in one of the visitor's places for transfers. */
async function send(
  ctx: Context,
  c: ArchiveRequest,
  repo: Repository,
  wanted: { readonly commit: string; readonly format: ArchiveFormat; readonly folder: string },
  headers: Headers,
): Promise<Response> {
  const release = await beginTransfer(ctx);
  const tell = (result: string) =>
    ctx.metrics.gitTransfers.inc({ service: "git-upload-archive", transport: "http", result });
  try {
    const stream = await openArchive(gitOf(ctx, repo), {
      ...wanted,
      signal: c.req.raw.signal,
      onLateError: (error) =>
        ctx.log.warn(
          { actor: actorId(ctx.actor), requestId: ctx.requestId, error: reasonOf(error) },
          "an archive broke off",
        ),
    });
    stream.once("close", release);
    tell("ok");
    return new Response(Readable.toWeb(stream) as ReadableStream, { headers });
  } catch (error) {
    release();
    tell("failed");
    throw error;
  }
}

// What some file system does not take in a name, or a reader would be misled by.
// oxlint-disable-next-line no-control-regex
const unsafe = /[\0-\x20\x7f-\x9f<>:"|?*\\/\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** The folder in the archive and the beginning of the file's name: `demo-v1.0`, `demo-feature-x`. */
const folderOf = (repo: Repository, { name }: Revision): string =>
  `${repo.name}-${name
    .replace(/^refs\//, "")
    .replaceAll(unsafe, "-")
    .slice(0, 150)}`.toWellFormed();

/** RFC 6266: the name in ASCII for old clients, and as it is. */
function attachment(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|[%"\\]/gu, "_");
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
