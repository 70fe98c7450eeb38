import { z } from "zod";
import { readCommits } from "../../../../git/commits.ts";
import { listRefs, readRef } from "../../../../git/refs.ts";
import { notFound } from "../../../../kernel/errors.ts";
import { route } from "../../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../../kernel/paging.ts";
import { withRepository } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { commitView } from "../commit-views.ts";
import { ruleFor } from "../../protection/policy.ts";
import { branchRule, listRules } from "../../protection/queries.ts";
import { pageByName } from "../paging.ts";
import { peopleOf } from "../people.ts";
import {
  branchShape,
  branchView,
  shortBranchShape,
  shortBranchView,
  tagShape,
  tagView,
} from "../ref-views.ts";

const listBranches = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/branches",
  operation: "repos/list-branches",
  summary: "List the branches of a repository by name",
  access: withRepository("read"),
  query: z.object({
    ...pagingQuery,
    protected: z.stringbool().optional().describe("Only those, or the others"),
  }),
  answer: z.array(shortBranchShape),
  handle: async ({ ctx, repo, query }) => {
    const prefix = "refs/heads/";
    const [refs, rules] = await Promise.all([listRefs(gitOf(ctx, repo), prefix), listRules(ctx, repo)]);
    const isProtected = (ref: string) => ruleFor(rules, ref) !== null;
    const branches = refs
      .filter((ref) => query.protected === undefined || isProtected(ref.name) === query.protected)
      .map((ref) => ({ ...ref, name: ref.name.slice(prefix.length) }));
    return mapPage(pageByName(branches, query), ({ name, oid }) =>
      shortBranchView(ctx, repo, name, oid, isProtected(prefix + name)),
    );
  },
});

const getBranch = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/branches/{branch*}",
  operation: "repos/get-branch",
  summary: "Get a branch with its last commit",
  access: withRepository("read"),
  answer: branchShape,
  handle: async ({ ctx, repo, params }) => {
    const git = gitOf(ctx, repo);
    const ref = await readRef(git, `refs/heads/${params.branch}`);
    if (!ref) throw notFound("Branch not found");
    const commits = await readCommits(git, [ref.oid]);
    const [commit] = commits;
    if (!commit) throw notFound("Branch not found");
    const people = await peopleOf(ctx, commits);
    return branchView(
      ctx,
      repo,
      params.branch,
      commitView(ctx, repo, commit, people),
      (await branchRule(ctx, repo, params.branch)) !== null,
    );
  },
});

const listTags = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/tags",
  operation: "repos/list-tags",
  summary: "List the tags of a repository by name, the last first",
  access: withRepository("read"),
  query: z.object(pagingQuery),
  answer: z.array(tagShape),
  handle: async ({ ctx, repo, query }) => {
    const prefix = "refs/tags/";
    const refs = (await listRefs(gitOf(ctx, repo), prefix)).toReversed();
    const tags = refs.map((ref) => ({ ...ref, name: ref.name.slice(prefix.length) }));
    return mapPage(pageByName(tags, query), ({ name, oid, peeled }) =>
      tagView(ctx, repo, name, peeled ?? oid),
    );
  },
});

export const branchRoutes = [listBranches, getBranch, listTags];
