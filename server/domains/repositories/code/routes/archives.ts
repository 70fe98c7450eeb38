import { z } from "zod";
import type { Context } from "../../../../kernel/context.ts";
import { route } from "../../../../kernel/http/route.ts";
import { withRepository, type Repository } from "../../access.ts";
import { encodePath, htmlUrl } from "../../addresses.ts";
import { requireRevision } from "../revisions.ts";

/** Leads to the file itself, as GitHub's API does; what does not exist is told here. */
async function leadTo(ctx: Context, repo: Repository, ref: string | undefined, format: string) {
  await requireRevision(ctx, repo, ref);
  const named = ref ?? `refs/heads/${repo.defaultBranch}`;
  return new Response(null, {
    status: 302,
    headers: { location: `${htmlUrl(ctx, repo)}/archive/${encodePath(named)}.${format}` },
  });
}

const described = {
  method: "GET",
  access: withRepository("read"),
  status: 302,
  answer: z.undefined(),
} as const;

const zip = { ...described, summary: "Download a repository archive (zip)" } as const;
const tar = { ...described, summary: "Download a repository archive (tar)" } as const;

export const archiveRoutes = [
  route({
    ...zip,
    path: "/repos/{owner}/{repo}/zipball/{ref*}",
    operation: "repos/download-zipball-archive",
    handle: ({ ctx, repo, params }) => leadTo(ctx, repo, params.ref, "zip"),
  }),
  route({
    ...zip,
    path: "/repos/{owner}/{repo}/zipball",
    operation: "repos/download-default-zipball-archive",
    handle: ({ ctx, repo }) => leadTo(ctx, repo, undefined, "zip"),
  }),
  route({
    ...tar,
    path: "/repos/{owner}/{repo}/tarball/{ref*}",
    operation: "repos/download-tarball-archive",
    handle: ({ ctx, repo, params }) => leadTo(ctx, repo, params.ref, "tar.gz"),
  }),
  route({
    ...tar,
    path: "/repos/{owner}/{repo}/tarball",
    operation: "repos/download-default-tarball-archive",
    handle: ({ ctx, repo }) => leadTo(ctx, repo, undefined, "tar.gz"),
  }),
];
