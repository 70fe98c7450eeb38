import { z } from "zod";
import { aheadBehind } from "../../../../git/ancestry.ts";
import { readCommits, type Commit } from "../../../../git/commits.ts";
import type { Ref } from "../../../../git/refs.ts";
import { resolveRevision } from "../../../../git/revisions.ts";
import type { Context } from "../../../../kernel/context.ts";
import { route } from "../../../../kernel/http/route.ts";
import { pagingQuery } from "../../../../kernel/paging.ts";
import { withRepository, type Repository } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { emailsOf } from "../../identity.ts";
import { ruleFor } from "../../protection/policy.ts";
import { listRules } from "../../protection/queries.ts";
import { branchPulls } from "../branch-notes.ts";
import { commitVerdicts, commitVerdictShape } from "../commit-notes.ts";
import { pageByName } from "../paging.ts";
import { peopleOf } from "../people.ts";
import { writeProblem } from "./home.ts";
import { contains, heads, named } from "./ref-names.ts";
import { commitLine, commitLineShape } from "./shapes.ts";

const can = z.union([z.literal(true), z.string()]).describe("True, or the reason why not");

/** Branches whose last commits are read to pick or order them; of more, the first by name. */
const mostPicked = 2000;
/** Days after which a branch without a commit counts as stale. */
const staleAfter = 90;

const views = ["all", "active", "stale", "yours"] as const;

export const branchesRoute = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/branches",
  operation: "web/branches",
  summary: "Branches with their last commit and how far they are from the default one",
  access: withRepository("read"),
  internal: true,
  query: z.object({
    ...pagingQuery,
    q: z.string().max(250).default(""),
    view: z
      .enum(views)
      .default("all")
      .describe(
        "Those with a commit of the last 90 days, those without, those whose last commit is the visitor's",
      ),
  }),
  answer: z.object({
    default_branch: z.string(),
    total: z.int(),
    branches: z.array(
      z.object({
        name: z.string(),
        last: commitLineShape,
        checks: commitVerdictShape,
        ahead: z
          .int()
          .nullable()
          .describe("Commits that the default branch lacks; null for the default branch"),
        behind: z.int().nullable(),
        protected: z.boolean(),
        pull: z
          .object({ number: z.int(), title: z.string(), draft: z.boolean() })
          .nullable()
          .describe("The open pull request from it within this repository"),
        delete: can,
      }),
    ),
    next: z.string().nullable(),
  }),
  handle: async ({ ctx, repo, query }) => {
    const git = gitOf(ctx, repo);
    const all = (await named(ctx, repo, heads)).filter(contains(query.q));
    const picked = query.view === "all" ? all : await pick(ctx, repo, all.slice(0, mostPicked), query.view);
    const page = pageByName(picked, query);
    const home = (await resolveRevision(git, `${heads}${repo.defaultBranch}`))?.commit ?? null;
    const names = page.items.map(({ name }) => name);
    const tips = page.items.map(({ oid }) => oid);
    const [commits, rules, pulls, verdicts] = await Promise.all([
      readCommits(git, tips),
      listRules(ctx, repo),
      branchPulls(ctx, repo, names),
      commitVerdicts(ctx, repo, tips),
    ]);
    const people = await peopleOf(ctx, commits);
    const problem = writeProblem(ctx, repo);
    return {
      default_branch: repo.defaultBranch,
      total: picked.length,
      next: page.next,
      branches: await Promise.all(
        commits.map(async (commit, index) => {
          const name = names[index] ?? "";
          const isDefault = name === repo.defaultBranch;
          const distance = home === null || isDefault ? null : await aheadBehind(git, home, commit.oid);
          return {
            name,
            last: commitLine(ctx, people, commit),
            checks: verdicts.get(commit.oid) ?? null,
            ahead: distance?.ahead ?? null,
            behind: distance?.behind ?? null,
            protected: ruleFor(rules, `${heads}${name}`) !== null,
            pull: pulls.get(name) ?? null,
            delete: problem ?? (isDefault ? "The default branch cannot be deleted" : (true as const)),
          };
        }),
      ),
    };
  },
});

/** The branches of a view, those with the newest commit first (of the stale ones last). */
async function pick(ctx: Context, repo: Repository, refs: readonly Ref[], view: (typeof views)[number]) {
  const commits = await readCommits(
    gitOf(ctx, repo),
    refs.map(({ oid }) => oid),
  );
  const since = ctx.clock.now().getTime() / 1000 - staleAfter * 24 * 3600;
  const mine = view === "yours" ? await isMine(ctx) : null;
  const wanted = (commit: Commit) =>
    mine ? mine(commit) : commit.committer.time >= since === (view === "active");
  return refs
    .flatMap((ref, index) => {
      const commit = commits[index];
      return commit && wanted(commit) ? [{ ref, time: commit.committer.time }] : [];
    })
    .toSorted((a, b) => b.time - a.time)
    .map(({ ref }) => ref);
}

async function isMine(ctx: Context): Promise<(commit: Commit) => boolean> {
  const { actor } = ctx;
  const own = new Set(
    actor.kind === "user" ? (await emailsOf(ctx, actor.user)).map((email) => email.toLowerCase()) : [],
  );
  return ({ author }) => own.has(author.email.toLowerCase());
}
