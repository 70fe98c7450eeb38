import { Readable } from "node:stream";
import { z } from "zod";
import { readBlob } from "../../../../git/blobs.ts";
import { headerFields, parseSignature } from "../../../../git/commit-objects.ts";
import { readCommit } from "../../../../git/commits.ts";
import { isObjectId } from "../../../../git/object-ids.ts";
import { objectInfo, readTyped, streamBlob } from "../../../../git/objects.ts";
import { listTree, readSizedTree, rootTree } from "../../../../git/trees.ts";
import { resolveCommit } from "../../../../git/revisions.ts";
import type { GitRepository } from "../../../../git/store.ts";
import type { Context } from "../../../../kernel/context.ts";
import { forbidden, notFound } from "../../../../kernel/errors.ts";
import { route } from "../../../../kernel/http/route.ts";
import { nodeId } from "../../../../kernel/ids.ts";
import { withRepository, type Repository } from "../../access.ts";
import { gitOf, repositoryUrl } from "../../addresses.ts";
import { gitCommitShape, gitCommitView, momentOf } from "../commit-views.ts";
import { inert, mediaOf } from "../media.ts";

/** GitHub's `git-tree`. */
const treeShape = z
  .object({
    sha: z.string(),
    url: z.url(),
    truncated: z.boolean(),
    tree: z.array(
      z.object({
        path: z.string(),
        mode: z.string(),
        type: z.enum(["blob", "tree", "commit"]),
        sha: z.string(),
        size: z.int().optional(),
        url: z.string().optional(),
      }),
    ),
  })
  .meta({ id: "GitTree" });

const typeOf = {
  file: "blob",
  executable: "blob",
  symlink: "blob",
  directory: "tree",
  submodule: "commit",
} as const;

async function requireTree(git: GitRepository, name: string): Promise<string> {
  const oid = isObjectId(name) ? name : await resolveCommit(git, name);
  const info = oid === null ? null : await objectInfo(git, oid);
  if (!info || info.type === "blob") throw notFound();
  return rootTree(git, info.oid).catch(() => {
    throw notFound();
  });
}

const getTree = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/git/trees/{tree_sha*}",
  operation: "git/get-tree",
  summary: "Get a folder, of a commit or by its own id; with everything below it when `recursive` is given",
  access: withRepository("read"),
  query: z.object({ recursive: z.string().optional() }),
  answer: treeShape,
  handle: async ({ ctx, repo, params, query }) => {
    const git = gitOf(ctx, repo);
    const sha = await requireTree(git, params.tree_sha);
    const url = repositoryUrl(ctx, repo);
    const { entries, truncated } =
      query.recursive === undefined
        ? {
            entries: (await readSizedTree(git, sha)).map((entry) => ({ ...entry, path: entry.name })),
            truncated: false,
          }
        : await listTree(git, sha, { folders: true });
    return {
      sha,
      url: `${url}/git/trees/${sha}`,
      truncated,
      tree: entries.map(({ path, mode, kind, oid, size }) => ({
        path,
        mode,
        type: typeOf[kind],
        sha: oid,
        ...(size === null ? {} : { size }),
        ...(kind === "submodule" ? {} : { url: `${url}/git/${typeOf[kind]}s/${oid}` }),
      })),
    };
  },
});

/** GitHub's limit for one blob. */
const largestBlob = 100 * 1024 * 1024;

const getBlob = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/git/blobs/{file_sha}",
  operation: "git/get-blob",
  summary: "Get a file by its id, as base64, or its bytes with the media type raw",
  access: withRepository("read"),
  answer: z.object({
    sha: z.string(),
    node_id: z.string(),
    size: z.int(),
    url: z.url(),
    content: z.string(),
    encoding: z.literal("base64"),
  }),
  handle: async ({ ctx, repo, params, headers, raw }) => {
    const git = gitOf(ctx, repo);
    const info = await objectInfo(git, params.file_sha);
    if (info?.type !== "blob") throw notFound();
    if (mediaOf(headers) === "raw") return blobResponse(git, info, raw.signal);
    if (info.size > largestBlob) throw forbidden("This file is too large for JSON; use the media type raw");
    const blob = await readBlob(git, info.oid, { maxBytes: largestBlob });
    return {
      sha: info.oid,
      node_id: nodeId("Blob", `${repo.id}:${info.oid}`),
      size: info.size,
      url: `${repositoryUrl(ctx, repo)}/git/blobs/${info.oid}`,
      content: blob.bytes.toString("base64"),
      encoding: "base64" as const,
    };
  },
});

/** The bytes of a file, of any size. */
export function blobResponse(
  git: GitRepository,
  info: { readonly oid: string; readonly size: number },
  signal: AbortSignal,
): Response {
  return new Response(
    Readable.toWeb(
      Readable.from(streamBlob(git, info.oid, { signal }), { objectMode: false }),
    ) as ReadableStream,
    {
      headers: {
        ...inert,
        "content-type": "application/vnd.github.raw; charset=utf-8",
        "content-length": String(info.size),
        etag: `"${info.oid}"`,
      },
    },
  );
}

const getCommit = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/git/commits/{commit_sha}",
  operation: "git/get-commit",
  summary: "Get a commit object",
  access: withRepository("read"),
  answer: gitCommitShape,
  handle: async ({ ctx, repo, params }) => {
    const commit = await readCommit(gitOf(ctx, repo), params.commit_sha);
    if (!commit) throw notFound();
    return gitCommitView(ctx, repo, commit);
  },
});

const getTag = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/git/tags/{tag_sha}",
  operation: "git/get-tag",
  summary: "Get an annotated tag by its id",
  access: withRepository("read"),
  answer: z.object({
    sha: z.string(),
    node_id: z.string(),
    url: z.url(),
    tag: z.string(),
    message: z.string(),
    tagger: z.object({ name: z.string(), email: z.string(), date: z.iso.datetime() }),
    object: z.object({ sha: z.string(), type: z.string(), url: z.url() }),
  }),
  handle: async ({ ctx, repo, params }) => {
    const git = gitOf(ctx, repo);
    if (!isObjectId(params.tag_sha) || (await objectInfo(git, params.tag_sha))?.type !== "tag")
      throw notFound();
    return tagObject(ctx, repo, params.tag_sha, await readTyped(git, params.tag_sha, "tag"));
  },
});

function tagObject(ctx: Context, repo: Repository, sha: string, data: Buffer) {
  const end = data.indexOf("\n\n");
  const head = end < 0 ? data : data.subarray(0, end);
  const fields = new Map(headerFields(head).map(([name, value]) => [name, value.toString("utf8")]));
  const tagger = parseSignature(fields.get("tagger") ?? "");
  const url = `${repositoryUrl(ctx, repo)}/git`;
  const type = fields.get("type") ?? "commit";
  const target = fields.get("object") ?? "";
  return {
    sha,
    node_id: nodeId("Tag", `${repo.id}:${sha}`),
    url: `${url}/tags/${sha}`,
    tag: fields.get("tag") ?? "",
    message:
      end < 0
        ? ""
        : data
            .subarray(end + 2)
            .toString("utf8")
            .trimEnd(),
    tagger: { name: tagger.name, email: tagger.email, date: momentOf(tagger) },
    object: { sha: target, type, url: `${url}/${type}s/${target}` },
  };
}

export const objectRoutes = [getTree, getBlob, getCommit, getTag];
