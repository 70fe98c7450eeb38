import { z } from "zod";
import { readCommits } from "../../../../git/commits.ts";
import { Reply, route } from "../../../../kernel/http/route.ts";
import { withRepository } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { commitShape, commitView } from "../commit-views.ts";
import { mergeInto, mergeUpstream } from "../merges.ts";
import { peopleOf } from "../people.ts";

const branch = z.string().min(1).max(1024).describe("A branch, without refs/heads/");

const merge = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/merges",
  operation: "repos/merge",
  summary: "Merge a branch, tag or commit into a branch; 204 when there is nothing to merge",
  access: withRepository("write"),
  body: z.object({
    base: branch,
    head: z.string().min(1).max(1024),
    commit_message: z.string().min(1).max(65_536).optional(),
  }),
  answer: commitShape.optional(),
  status: 201,
  handle: async ({ ctx, repo, body }) => {
    const oid = await mergeInto(ctx, repo, body.base, body.head, body.commit_message);
    if (oid === null) return new Reply(undefined, { status: 204 });
    const commits = await readCommits(gitOf(ctx, repo), [oid]);
    const people = await peopleOf(ctx, commits);
    const [view] = commits.map((commit) => commitView(ctx, repo, commit, people));
    return view;
  },
});

const upstream = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/merge-upstream",
  operation: "repos/merge-upstream",
  summary: "Bring a branch of a fork up to date with where it was forked from",
  access: withRepository("write"),
  body: z.object({ branch }),
  answer: z.object({
    message: z.string(),
    merge_type: z.enum(["merge", "fast-forward", "none"]),
    base_branch: z.string(),
  }),
  handle: async ({ ctx, repo, body }) => {
    const done = await mergeUpstream(ctx, repo, body.branch);
    const messages = {
      merge: `Successfully merged ${done.upstream}`,
      "fast-forward": `Successfully fetched and fast-forwarded from upstream ${done.upstream}`,
      none: `This branch is not behind the upstream ${done.upstream}`,
    };
    return { message: messages[done.kind], merge_type: done.kind, base_branch: done.upstream };
  },
});

export const mergeRoutes = [merge, upstream];
