import { eq } from "drizzle-orm";
import { z } from "zod";
import { readQuery } from "../../../../language/query.ts";
import { readRefs } from "../../../git/ref-cache.ts";
import type { Context } from "../../../kernel/context.ts";
import { route } from "../../../kernel/http/route.ts";
import { pagingQuery, where } from "../../../kernel/paging.ts";
import { nullableSimpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
import { combinedChecksOf } from "../../checks/index.ts";
import { choicesOf, choicesShape, mayOpen, mayTriage, verdictShape } from "../../issues/index.ts";
import { labelShape, labelView } from "../../labels/index.ts";
import {
  compile,
  countsShape,
  countStates,
  maySave,
  problemShape,
  queryLine,
  savedQueries,
  viewShape,
} from "../../lists/index.ts";
import {
  gitOf,
  repositoryShape,
  repositoryView,
  withRepository,
  type RepoWith,
} from "../../repositories/index.ts";
import { pullKind } from "../kind.ts";
import { labelsOf, listPullRequests, type PullRequest } from "../queries.ts";
import { decisionsOf } from "../reviews/queries.ts";
import { pullRequests } from "../schema.ts";

const personShape = simpleUserShape.pick({ login: true, avatar_url: true });

/** What a row shows. GitHub's shape tells each repository three times over, which for a page of rows is half a megabyte. */
const lineShape = z.object({
  id: z.int(),
  number: z.int(),
  title: z.string(),
  state: z.enum(["open", "closed"]),
  merged: z.boolean(),
  draft: z.boolean(),
  base: z.string().nullable().describe("The branch it is for, unless that is the default one"),
  created_at: z.iso.datetime(),
  user: personShape.nullable(),
  assignee: personShape.nullable(),
  labels: z.array(labelShape),
  comments: z.int().describe("General and inline ones together"),
  checks: z.enum(["failure", "pending", "success"]).nullable().describe("Null when nothing was reported"),
  decision: z.enum(["approved", "changes_requested"]).nullable().describe("What reviewers who can write say"),
});

const list = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/pulls",
  operation: "web/get-pulls-page",
  summary: "The list of a repository's pull requests with its counts and what it can be narrowed by",
  access: withRepository("read"),
  internal: true,
  query: z.object({
    ...pagingQuery,
    q: queryLine.default("is:open"),
  }),
  answer: z.object({
    repository: repositoryShape,
    pulls: z.array(lineShape),
    next: z.string().nullable(),
    counts: countsShape,
    problems: z.array(problemShape).describe("What the query says that cannot be meant"),
    facets: choicesShape,
    branches: z
      .array(z.string())
      .describe("Names to complete with, the default branch first; not all of many"),
    views: z.array(viewShape).describe("Saved queries"),
    can: z.object({ open: verdictShape, triage: verdictShape, save: verdictShape, share: verdictShape }),
  }),
  handle: async ({ ctx, repo, query }) => {
    const { terms, problems } = readQuery(query.q);
    const asked = await compile(ctx, pullKind, terms, repo);
    const scope = eq(pullRequests.repoId, repo.id);
    const [page, counts, facets, saved, branches] = await Promise.all([
      listPullRequests(ctx, where(scope, asked.state, asked.rest), asked.order, query),
      countStates(ctx, pullKind, where(scope, asked.rest), {
        known: asked.rest ? undefined : repo.openPrsCount,
      }),
      choicesOf(ctx, repo),
      savedQueries(ctx, repo, "pr"),
      branchNames(ctx, repo),
    ]);
    return {
      repository: repositoryView(ctx, repo),
      pulls: await linesOf(ctx, repo, page.items),
      next: page.next,
      counts,
      problems: [...problems],
      facets,
      branches,
      views: saved,
      can: {
        open: mayOpen(ctx.actor, repo),
        triage: mayTriage(ctx.actor, repo),
        save: maySave(ctx.actor, repo, false),
        share: maySave(ctx.actor, repo, true),
      },
    };
  },
});

async function linesOf(
  ctx: Context,
  repo: RepoWith<"read">,
  pulls: readonly PullRequest[],
): Promise<z.input<typeof lineShape>[]> {
  const ids = pulls.map(({ id }) => id);
  const heads = pulls.map(({ headSha }) => headSha);
  const named = pulls.flatMap(({ authorId, assigneeId }) => [authorId, assigneeId]);
  const [people, labels, checks, decisions] = await Promise.all([
    usersById(ctx, named),
    labelsOf(ctx, ids),
    combinedChecksOf(ctx, repo, heads),
    decisionsOf(ctx, repo, ids),
  ]);
  const person = (id: string | null) => {
    const user = nullableSimpleUser(ctx, people.get(id ?? ""));
    return user && { login: user.login, avatar_url: user.avatar_url };
  };
  return pulls.map((pull) => ({
    id: pull.apiId,
    number: pull.number,
    title: pull.title,
    state: pull.state === "open" ? "open" : "closed",
    merged: pull.state === "merged",
    draft: pull.isDraft,
    base: pull.targetBranch === repo.defaultBranch ? null : pull.targetBranch,
    created_at: pull.createdAt.toISOString(),
    user: person(pull.authorId),
    assignee: person(pull.assigneeId),
    labels: (labels.get(pull.id) ?? []).map((label) => labelView(ctx, repo, label)),
    comments: pull.commentsCount + pull.reviewCommentsCount,
    checks: checks.get(pull.headSha)?.verdict ?? null,
    decision: decisions.get(pull.id) ?? null,
  }));
}

/** Offered while one types; of a repository with more, the others are typed whole. */
const mostBranches = 200;

async function branchNames(ctx: Context, repo: RepoWith<"read">): Promise<string[]> {
  const heads = "refs/heads/";
  const found = [repo.defaultBranch];
  // Sorted as git sorts, so branches stand together and before what there can be far more of.
  for (const { name } of (await readRefs(gitOf(ctx, repo))).sorted) {
    if (found.length >= mostBranches || name > `${heads}\u{10ffff}`) break;
    if (name.startsWith(heads) && name !== heads + repo.defaultBranch) found.push(name.slice(heads.length));
  }
  return found;
}

export const listPageRoutes = [list];
