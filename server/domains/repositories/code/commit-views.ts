import { z } from "zod";
import type { Commit, Signature } from "../../../git/commits.ts";
import { patchText, type FileDiff } from "../../../git/diffs.ts";
import type { Context } from "../../../kernel/context.ts";
import { nodeId } from "../../../kernel/ids.ts";
import { nullableSimpleUser, simpleUserShape } from "../../accounts/index.ts";
import type { Repository } from "../access.ts";
import { encodePath, htmlUrl, repositoryUrl } from "../addresses.ts";
import { personOf, type People } from "./people.ts";

const signatureShape = z.object({ name: z.string(), email: z.string(), date: z.iso.datetime() });

const treeShape = z.object({ sha: z.string(), url: z.url() });

/** Signatures are shown and not checked: this forge keeps no keys to check them with. */
const verificationShape = z.object({
  verified: z.boolean(),
  reason: z.string(),
  signature: z.string().nullable(),
  payload: z.string().nullable(),
  verified_at: z.string().nullable(),
});

const parentShape = z.object({ sha: z.string(), url: z.url(), html_url: z.url() });

/** GitHub's `diff-entry`. */
export const diffEntryShape = z
  .object({
    sha: z.string().nullable(),
    filename: z.string(),
    status: z.enum(["added", "removed", "modified", "renamed", "copied", "changed", "unchanged"]),
    additions: z.int(),
    deletions: z.int(),
    changes: z.int(),
    blob_url: z.string(),
    raw_url: z.string(),
    contents_url: z.string(),
    patch: z.string().optional(),
    previous_filename: z.string().optional(),
  })
  .meta({ id: "DiffEntry" });

/** GitHub's `commit`; `stats` and `files` only where one commit was asked for. */
export const commitShape = z
  .object({
    sha: z.string(),
    node_id: z.string(),
    url: z.url(),
    html_url: z.url(),
    comments_url: z.url(),
    commit: z.object({
      url: z.url(),
      author: signatureShape,
      committer: signatureShape,
      message: z.string(),
      comment_count: z.int(),
      tree: treeShape,
      verification: verificationShape,
    }),
    author: simpleUserShape.nullable(),
    committer: simpleUserShape.nullable(),
    parents: z.array(parentShape),
    stats: z.object({ total: z.int(), additions: z.int(), deletions: z.int() }).optional(),
    files: z.array(diffEntryShape).optional(),
  })
  .meta({ id: "Commit" });

/** GitHub's `git-commit`: the object alone. */
export const gitCommitShape = z
  .object({
    sha: z.string(),
    node_id: z.string(),
    url: z.url(),
    html_url: z.url(),
    author: signatureShape,
    committer: signatureShape,
    message: z.string(),
    tree: treeShape,
    parents: z.array(parentShape),
    verification: verificationShape,
  })
  .meta({ id: "GitCommit" });

/** A commit's moment; what no calendar holds is shown as the beginning of time. */
export function momentOf({ time }: Pick<Signature, "time">): string {
  const date = new Date(time * 1000);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999
    ? new Date(0).toISOString()
    : date.toISOString();
}

const signatureView = (signature: Signature) => ({
  name: signature.name,
  email: signature.email,
  date: momentOf(signature),
});

const verificationView = ({ signature }: Commit) => ({
  verified: false,
  reason: signature === null ? "unsigned" : "gpgverify_unavailable",
  signature,
  payload: null,
  verified_at: null,
});

const parentsView = (ctx: Context, repo: Repository, commit: Commit, kind: "commits" | "git/commits") =>
  commit.parents.map((sha) => ({
    sha,
    url: `${repositoryUrl(ctx, repo)}/${kind}/${sha}`,
    html_url: `${htmlUrl(ctx, repo)}/commit/${sha}`,
  }));

const treeView = (ctx: Context, repo: Repository, sha: string) => ({
  sha,
  url: `${repositoryUrl(ctx, repo)}/git/trees/${sha}`,
});

export function commitView(
  ctx: Context,
  repo: Repository,
  commit: Commit,
  people: People,
): z.input<typeof commitShape> {
  const api = repositoryUrl(ctx, repo);
  const url = `${api}/commits/${commit.oid}`;
  return {
    sha: commit.oid,
    node_id: nodeId("Commit", `${repo.id}:${commit.oid}`),
    url,
    html_url: `${htmlUrl(ctx, repo)}/commit/${commit.oid}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.oid}`,
      author: signatureView(commit.author),
      committer: signatureView(commit.committer),
      message: commit.message.trimEnd(),
      comment_count: 0,
      tree: treeView(ctx, repo, commit.tree),
      verification: verificationView(commit),
    },
    author: nullableSimpleUser(ctx, personOf(people, commit.author.email)),
    committer: nullableSimpleUser(ctx, personOf(people, commit.committer.email)),
    parents: parentsView(ctx, repo, commit, "commits"),
  };
}

export function gitCommitView(
  ctx: Context,
  repo: Repository,
  commit: Commit,
): z.input<typeof gitCommitShape> {
  return {
    sha: commit.oid,
    node_id: nodeId("Commit", `${repo.id}:${commit.oid}`),
    url: `${repositoryUrl(ctx, repo)}/git/commits/${commit.oid}`,
    html_url: `${htmlUrl(ctx, repo)}/commit/${commit.oid}`,
    author: signatureView(commit.author),
    committer: signatureView(commit.committer),
    message: commit.message.trimEnd(),
    tree: treeView(ctx, repo, commit.tree),
    parents: parentsView(ctx, repo, commit, "git/commits"),
    verification: verificationView(commit),
  };
}

const statuses = {
  added: "added",
  deleted: "removed",
  modified: "modified",
  renamed: "renamed",
  copied: "copied",
  "type-changed": "changed",
} as const;

/** @param commit where the file (or its absence) is seen */
export function diffEntryView(
  ctx: Context,
  repo: Repository,
  file: FileDiff,
  commit: string,
): z.input<typeof diffEntryShape> {
  const path = encodePath(file.path);
  const html = htmlUrl(ctx, repo);
  return {
    sha: file.newOid ?? file.oldOid,
    filename: file.path,
    status: statuses[file.status],
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${commit}/${path}`,
    raw_url: `${html}/raw/${commit}/${path}`,
    contents_url: `${repositoryUrl(ctx, repo)}/contents/${path}?ref=${commit}`,
    ...(file.hunks.length > 0 ? { patch: patchText(file.hunks) } : {}),
    ...(file.oldPath === null ? {} : { previous_filename: file.oldPath }),
  };
}
