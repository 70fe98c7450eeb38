import { z } from "zod";
import type { Ref } from "../../../git/refs.ts";
import type { ObjectInfo } from "../../../git/objects.ts";
import type { Context } from "../../../kernel/context.ts";
import { nodeId } from "../../../kernel/ids.ts";
import type { Repository } from "../access.ts";
import { encodePath, htmlUrl, repositoryUrl } from "../addresses.ts";
import { commitShape } from "./commit-views.ts";

/** GitHub's `git-ref`. */
export const refShape = z
  .object({
    ref: z.string(),
    node_id: z.string(),
    url: z.url(),
    object: z.object({ type: z.string(), sha: z.string(), url: z.url() }),
  })
  .meta({ id: "GitRef" });

export function refView(
  ctx: Context,
  repo: Repository,
  ref: Pick<Ref, "name">,
  object: Pick<ObjectInfo, "oid" | "type">,
): z.input<typeof refShape> {
  const url = `${repositoryUrl(ctx, repo)}/git`;
  return {
    ref: ref.name,
    node_id: nodeId("Ref", `${repo.id}:${ref.name}`),
    url: `${url}/${encodePath(ref.name)}`,
    object: { type: object.type, sha: object.oid, url: `${url}/${object.type}s/${object.oid}` },
  };
}

const linkShape = z.object({ sha: z.string(), url: z.url() });

const protectionShape = z.object({ enabled: z.boolean() });

/** GitHub's `short-branch`. */
export const shortBranchShape = z
  .object({
    name: z.string(),
    commit: linkShape,
    protected: z.boolean(),
    protection: protectionShape,
    protection_url: z.string(),
  })
  .meta({ id: "ShortBranch" });

/** GitHub's `branch-with-protection`. */
export const branchShape = shortBranchShape
  .extend({ commit: commitShape, _links: z.object({ html: z.string(), self: z.string() }) })
  .meta({ id: "Branch" });

/** @param oid where the branch ends */
export function shortBranchView(
  ctx: Context,
  repo: Repository,
  name: string,
  oid: string,
  isProtected: boolean,
): z.input<typeof shortBranchShape> {
  const url = repositoryUrl(ctx, repo);
  return {
    name,
    commit: { sha: oid, url: `${url}/commits/${oid}` },
    protected: isProtected,
    protection: { enabled: isProtected },
    protection_url: `${url}/branches/${encodePath(name)}/protection`,
  };
}

export function branchView(
  ctx: Context,
  repo: Repository,
  name: string,
  commit: z.input<typeof commitShape>,
  isProtected: boolean,
): z.input<typeof branchShape> {
  const path = encodePath(name);
  return {
    ...shortBranchView(ctx, repo, name, commit.sha, isProtected),
    commit,
    _links: {
      html: `${htmlUrl(ctx, repo)}/tree/${path}`,
      self: `${repositoryUrl(ctx, repo)}/branches/${path}`,
    },
  };
}

/** GitHub's `tag`. */
export const tagShape = z
  .object({
    name: z.string(),
    node_id: z.string(),
    commit: linkShape,
    zipball_url: z.string(),
    tarball_url: z.string(),
  })
  .meta({ id: "Tag" });

export function tagView(
  ctx: Context,
  repo: Repository,
  name: string,
  commit: string,
): z.input<typeof tagShape> {
  const url = repositoryUrl(ctx, repo);
  return {
    name,
    node_id: nodeId("Ref", `${repo.id}:refs/tags/${name}`),
    commit: { sha: commit, url: `${url}/commits/${commit}` },
    zipball_url: `${url}/zipball/refs/tags/${encodePath(name)}`,
    tarball_url: `${url}/tarball/refs/tags/${encodePath(name)}`,
  };
}
