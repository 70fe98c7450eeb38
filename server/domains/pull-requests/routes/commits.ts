/** Which pull requests a commit belongs to, and those that follow it: one that takes it back, one that brings it elsewhere. */
import { z } from "zod";
import { readCommit, type Commit } from "../../../git/commits.ts";
import { resolveCommit } from "../../../git/revisions.ts";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { created, route } from "../../../kernel/http/route.ts";
import { pagingQuery } from "../../../kernel/paging.ts";
import { asPerson, gitOf, withRepository, type RepoWith } from "../../repositories/index.ts";
import { pullsOfCommit } from "../commit-pulls.ts";
import { cherryPickCommit, revertCommit } from "../commands/follow-commit.ts";
import type { PullRequest } from "../queries.ts";
import { pullShape, simplePullShape } from "../shapes.ts";
import { pageOf } from "../slices.ts";
import { placesOf, pullView, simplePullViews } from "../views.ts";
import { body, branch, title } from "./input.ts";

const pulls = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/commits/{commit_sha}/pulls",
  operation: "repos/list-pull-requests-associated-with-commit",
  summary:
    "The pull request that brought a commit to the default branch; of another commit those, open or merged, that hold it",
  access: withRepository("read"),
  query: z.object(pagingQuery),
  answer: z.array(simplePullShape),
  handle: async ({ ctx, repo, params, query }) => {
    const { oid } = await commitNamed(ctx, repo, params.commit_sha);
    const page = pageOf(await pullsOfCommit(ctx, repo, oid), query);
    return { ...page, items: await simplePullViews(ctx, repo, page.items) };
  },
});

const wish = { title: title.optional(), body: body.optional(), draft: z.boolean().optional() };

const revert = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/commits/{commit_sha}/revert",
  operation: "repos/revert-commit",
  summary: "Open a pull request that takes back what a commit changed; not at GitHub",
  access: asPerson("write", "repo:write"),
  body: z.object({
    ...wish,
    base: branch.optional().describe("A branch that has the commit; the default branch unless told"),
  }),
  answer: pullShape,
  status: 201,
  handle: async ({ ctx, repo, params, body: { base, draft, ...words } }) => {
    const commit = await commitNamed(ctx, repo, params.commit_sha);
    const target = base ?? repo.defaultBranch;
    const made = await revertCommit(ctx, repo, commit, target, { ...words, isDraft: draft });
    return answer(ctx, repo, made);
  },
});

const cherryPick = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/commits/{commit_sha}/cherry-pick",
  operation: "repos/cherry-pick-commit",
  summary: "Open a pull request that brings what a commit changed to another branch; not at GitHub",
  access: asPerson("write", "repo:write"),
  body: z.object({ ...wish, base: branch.describe("The branch that gets it") }),
  answer: pullShape,
  status: 201,
  handle: async ({ ctx, repo, params, body: { base, draft, ...words } }) => {
    const commit = await commitNamed(ctx, repo, params.commit_sha);
    const made = await cherryPickCommit(ctx, repo, commit, base, { ...words, isDraft: draft });
    return answer(ctx, repo, made);
  },
});

const answer = async (ctx: Context, repo: RepoWith<"read">, pull: PullRequest) =>
  created(await pullView(ctx, repo, pull), placesOf(ctx, repo, pull.number).url);

/** @throws Refusal 404 for what is no commit here */
async function commitNamed(ctx: Context, repo: RepoWith<"read">, name: string): Promise<Commit> {
  const git = gitOf(ctx, repo);
  const oid = /^[0-9a-f]{4,64}$/i.test(name) ? await resolveCommit(git, name) : null;
  const commit = oid === null ? null : await readCommit(git, oid);
  if (!commit) throw notFound("There is no such commit");
  return commit;
}

export const commitRoutes = [pulls, revert, cherryPick];
