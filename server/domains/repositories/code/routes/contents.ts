import { z } from "zod";
import { readBlob } from "../../../../git/blobs.ts";
import { objectInfo } from "../../../../git/objects.ts";
import { pathEntry, readSizedTree, type PathEntry } from "../../../../git/trees.ts";
import type { GitRepository } from "../../../../git/store.ts";
import type { Context } from "../../../../kernel/context.ts";
import { forbidden, notFound } from "../../../../kernel/errors.ts";
import { route, type RouteRequest } from "../../../../kernel/http/route.ts";
import { withRepository, type RepoWith } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { base64Lines, contentShape, entryView, submoduleUrl, type ContentView } from "../content-views.ts";
import { mediaOf } from "../media.ts";
import { findReadme } from "../readme.ts";
import { requireRevision } from "../revisions.ts";
import { blobResponse } from "./objects.ts";

/** GitHub's limits: a file up to the first is in the answer, up to the second it can be had as raw bytes. */
const inlineBytes = 1024 * 1024;
const rawBytes = 100 * 1024 * 1024;

const query = z.object({
  ref: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .describe("A branch, tag or commit; the default branch unless told"),
});

type Asked = RouteRequest & { readonly repo: RepoWith<"read">; readonly query: { ref?: string | undefined } };

const answer = z.union([z.array(contentShape), contentShape]);

async function contents({ ctx, repo, query: { ref }, headers, raw }: Asked, path: string) {
  const { commit } = await requireRevision(ctx, repo, ref);
  const git = gitOf(ctx, repo);
  const entry = await pathEntry(git, commit, path.replace(/\/$/, ""));
  if (!entry) throw notFound();
  const named = ref ?? repo.defaultBranch;
  if (entry.kind === "directory") return directory(ctx, repo, git, entry, named);
  if (entry.kind === "submodule") {
    const modules = await fileText(git, commit, ".gitmodules");
    const submodule_git_url = submoduleUrl(ctx, repo, modules, entry.path, entry.oid);
    return { ...entryView(ctx, repo, entry, named), submodule_git_url };
  }
  const info = await objectInfo(git, entry.oid);
  if (!info) throw notFound();
  if (mediaOf(headers) === "raw") return blobResponse(git, info, raw.signal);
  return fileView(ctx, repo, git, { ...entry, size: info.size }, named);
}

async function directory(
  ctx: Context,
  repo: RepoWith<"read">,
  git: GitRepository,
  folder: PathEntry,
  ref: string,
): Promise<ContentView[]> {
  const entries = await readSizedTree(git, folder.oid);
  const prefix = folder.path === "" ? "" : `${folder.path}/`;
  return entries.map((entry) => entryView(ctx, repo, { ...entry, path: prefix + entry.name }, ref));
}

/** A file or link with its content. */
async function fileView(
  ctx: Context,
  repo: RepoWith<"read">,
  git: GitRepository,
  entry: PathEntry & { readonly size: number },
  ref: string,
): Promise<ContentView> {
  const view = entryView(ctx, repo, entry, ref);
  if (entry.kind === "symlink") {
    const { text } = await readBlob(git, entry.oid, { maxBytes: 4096 });
    return { ...view, target: text ?? "" };
  }
  if (entry.size > rawBytes) throw forbidden("This file is too large for JSON; use the media type raw");
  if (entry.size > inlineBytes) return { ...view, content: "", encoding: "none" };
  const { bytes } = await readBlob(git, entry.oid, { maxBytes: inlineBytes });
  return { ...view, content: base64Lines(bytes), encoding: "base64" };
}

async function fileText(git: GitRepository, commit: string, path: string): Promise<string | null> {
  const entry = await pathEntry(git, commit, path);
  return entry?.kind === "file" ? (await readBlob(git, entry.oid, { maxBytes: 64 * 1024 })).text : null;
}

const describe = {
  method: "GET",
  operation: "repos/get-content",
  summary: "Get a file, a folder, a link or a submodule",
  access: withRepository("read"),
  query,
  answer,
} as const;

const getContent = route({
  ...describe,
  path: "/repos/{owner}/{repo}/contents/{path*}",
  handle: (request) => contents(request, request.params.path),
});

const getRoot = route({
  ...describe,
  path: "/repos/{owner}/{repo}/contents",
  operation: "repos/get-root-content",
  handle: (request) => contents(request, ""),
});

/** What clients make of the path template when the path is empty. */
const getRootWithSlash = route({
  ...describe,
  path: "/repos/{owner}/{repo}/contents/",
  operation: "repos/get-root-content-with-slash",
  internal: true,
  handle: (request) => contents(request, ""),
});

const getReadme = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/readme",
  operation: "repos/get-readme",
  summary: "Get the README of the root folder",
  access: withRepository("read"),
  query,
  answer: contentShape,
  handle: async ({ ctx, repo, query: { ref }, headers, raw }) => {
    const { commit } = await requireRevision(ctx, repo, ref);
    const git = gitOf(ctx, repo);
    const entry = await findReadme(git, commit, "");
    const info = entry && (await objectInfo(git, entry.oid));
    if (!entry || !info) throw notFound();
    if (mediaOf(headers) === "raw") return blobResponse(git, info, raw.signal);
    return fileView(ctx, repo, git, { ...entry, size: info.size }, ref ?? repo.defaultBranch);
  },
});

export const contentRoutes = [getContent, getRoot, getRootWithSlash, getReadme];
