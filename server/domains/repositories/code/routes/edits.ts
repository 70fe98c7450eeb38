import { z } from "zod";
import { pathEntry } from "../../../../git/trees.ts";
import { objectInfo } from "../../../../git/objects.ts";
import { readCommits, type Signature } from "../../../../git/commits.ts";
import type { Context } from "../../../../kernel/context.ts";
import { invalid } from "../../../../kernel/errors.ts";
import { Reply, route } from "../../../../kernel/http/route.ts";
import type { RepoWith } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { gitCommitShape, gitCommitView } from "../commit-views.ts";
import { contentShape, entryView } from "../content-views.ts";
import { bytesOf } from "../base64.ts";
import { requireBranch, someBranch } from "../branch-writer.ts";
import { commitEdit } from "../edits.ts";

const path = "/repos/{owner}/{repo}/contents/{path*}";

const person = z
  .object({
    name: z.string().trim().min(1).max(200),
    email: z.string().trim().min(1).max(320),
    date: z.iso.datetime({ offset: true }).optional().describe("Now unless told"),
  })
  .optional();

const written = {
  message: z.string().min(1).max(65_536),
  branch: z.string().min(1).max(1024).optional().describe("The default branch unless told"),
  author: person,
  committer: person,
};

const sha = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i, "The whole id of the file")
  .toLowerCase();

/** GitHub's `file-commit`. */
const answer = z.object({ content: contentShape.nullable(), commit: gitCommitShape });

function signature(ctx: Context, given: z.output<typeof person>): Signature | undefined {
  if (!given) return undefined;
  const date = given.date === undefined ? ctx.clock.now() : new Date(given.date);
  const time = Math.floor(date.getTime() / 1000);
  if (time < 0) throw invalid("Content", "date", "A commit needs a date after 1970");
  return { name: given.name, email: given.email, time, zone: "+0000" };
}

const put = route({
  method: "PUT",
  path,
  operation: "repos/create-or-update-file-contents",
  summary: "Write a file: a commit on a branch",
  access: someBranch,
  body: z.object({
    ...written,
    content: z.string().describe("Base64"),
    sha: sha.optional().describe("The id of the file that is replaced; without it there must be none"),
  }),
  answer,
  handle: async ({ ctx, repo: seen, params, body }) => {
    const repo = await requireBranch(ctx, seen, body.branch ?? seen.defaultBranch);
    const bytes = bytesOf(body.content, "content");
    const commit = await commitEdit(ctx, repo, {
      branch: body.branch,
      message: body.message,
      changes: [{ kind: "put", path: params.path, content: { bytes }, expected: body.sha ?? null }],
      author: signature(ctx, body.author),
      committer: signature(ctx, body.committer),
    });
    const made = await answerOf(ctx, repo, commit, params.path, body.branch);
    return new Reply(made, { status: body.sha === undefined ? 201 : 200 });
  },
});

const remove = route({
  method: "DELETE",
  path,
  operation: "repos/delete-file",
  summary: "Delete a file: a commit on a branch",
  access: someBranch,
  body: z.object({ ...written, sha }),
  answer,
  handle: async ({ ctx, repo: seen, params, body }) => {
    const repo = await requireBranch(ctx, seen, body.branch ?? seen.defaultBranch);
    const commit = await commitEdit(ctx, repo, {
      branch: body.branch,
      message: body.message,
      changes: [{ kind: "delete", path: params.path, expected: body.sha }],
      author: signature(ctx, body.author),
      committer: signature(ctx, body.committer),
    });
    return answerOf(ctx, repo, commit, params.path, body.branch);
  },
});

async function answerOf(
  ctx: Context,
  repo: RepoWith<"write">,
  oid: string,
  file: string,
  branch: string | undefined,
) {
  const git = gitOf(ctx, repo);
  const [[commit], entry] = await Promise.all([readCommits(git, [oid]), pathEntry(git, oid, file)]);
  if (!commit) throw new Error("a commit that was just written is not there");
  const size = entry ? ((await objectInfo(git, entry.oid))?.size ?? 0) : 0;
  return {
    content: entry ? entryView(ctx, repo, { ...entry, size }, branch ?? repo.defaultBranch) : null,
    commit: gitCommitView(ctx, repo, commit),
  };
}

export const editRoutes = [put, remove];
