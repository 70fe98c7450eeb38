import { z } from "zod";
import { qualifier, type Order } from "../../../../language/query.ts";
import { defined } from "../../../kernel/defined.ts";
import { invalid } from "../../../kernel/errors.ts";
import type { Context } from "../../../kernel/context.ts";
import { created, route } from "../../../kernel/http/route.ts";
import { pagingQuery, where } from "../../../kernel/paging.ts";
import { eq } from "drizzle-orm";
import { assigneeFor, issueInput } from "../../issues/index.ts";
import { compile, queryLine, termsOf } from "../../lists/index.ts";
import {
  asPerson,
  findFork,
  findRepository,
  mediaOf,
  textAnswer,
  withRepository,
  type RepoWith,
  type Repository,
} from "../../repositories/index.ts";
import { asParticipant, withPullRequest } from "../access.ts";
import { changePullRequest } from "../commands/change.ts";
import { openPullRequest } from "../commands/open.ts";
import { textOf } from "../contents.ts";
import { catchUp } from "../heads.ts";
import { pullKind } from "../kind.ts";
import { listPullRequests } from "../queries.ts";
import { pullRequests } from "../schema.ts";
import { pullShape, simplePullShape } from "../shapes.ts";
import { pullView, simplePullViews } from "../views.ts";
import { body, branch, title } from "./input.ts";

const list = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/pulls",
  operation: "pulls/list",
  summary: "List the pull requests of a repository",
  access: withRepository("read"),
  query: z.object({
    ...pagingQuery,
    q: queryLine.optional(),
    state: z.enum(["open", "closed", "all"]).optional().describe("`open` unless told here or in `q`"),
    head: z.string().max(512).optional().describe("`owner:branch`"),
    base: z.string().max(255).optional().describe("A branch of the repository"),
    sort: z
      .enum(["created", "updated", "popularity", "long-running"])
      .optional()
      .describe(
        "`created` unless told; `popularity` by comments; `long-running` what is open for over a month and changed within one, by age",
      ),
    direction: z.enum(["asc", "desc"]).optional().describe("`desc` when sorted by creation, else `asc`"),
  }),
  answer: z.array(simplePullShape),
  handle: async ({ ctx, repo, query }) => {
    const source = query.head === undefined ? undefined : await sourceNamed(ctx, repo, query.head);
    if (source === null) return { items: [], next: null, request: query };
    const state = query.state ?? (query.q === undefined ? "open" : "all");
    const terms = [
      ...(state === "all" ? [] : [qualifier("is", state)]),
      ...(query.base === undefined ? [] : [qualifier("base", query.base)]),
      ...(query.sort === "long-running" ? longRunning : []),
      ...(query.q === undefined ? [] : termsOf(query.q)),
    ];
    const asked = await compile(ctx, pullKind, terms, repo);
    const condition = where(
      eq(pullRequests.repoId, repo.id),
      source && eq(pullRequests.sourceRepoId, source.repository.id),
      source && eq(pullRequests.sourceBranch, source.branch),
      asked.state,
      asked.rest,
    );
    const page = await listPullRequests(ctx, condition, orderFor(query, asked.order), query);
    return { ...page, items: await simplePullViews(ctx, repo, page.items) };
  },
});

/** GitHub's words for what has taken too long and is still alive. */
const longRunning = [qualifier("is", "open"), qualifier("created", ">1m"), qualifier("updated", "<1m")];

const sorts = {
  created: "created",
  updated: "updated",
  popularity: "comments",
  "long-running": "created",
} as const;

function orderFor(
  query: { readonly sort?: keyof typeof sorts | undefined; readonly direction?: "asc" | "desc" | undefined },
  order: Order,
): Order {
  if (query.sort === undefined) return { ...order, direction: query.direction ?? order.direction };
  const usual = query.sort === "created" ? "desc" : "asc";
  return { sort: sorts[query.sort], direction: query.direction ?? usual };
}

const create = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/pulls",
  operation: "pulls/create",
  summary: "Open a pull request",
  access: asPerson("read", "repo:write"),
  body: z.object({
    title,
    body: body.default(null),
    head: z.string().min(1).max(512).describe("A branch, or `owner:branch` of a fork"),
    head_repo: z.string().min(1).max(140).optional().describe("The fork, where its owner has several"),
    base: branch,
    draft: z.boolean().default(false),
    maintainer_can_modify: z.boolean().default(true),
    labels: issueInput.labelNames
      .default([])
      .describe("Labels, assignees and milestone: heard from those who may triage"),
    assignees: issueInput.assigneeNames.default([]),
    milestone: issueInput.milestone.default(null),
  }),
  answer: pullShape,
  status: 201,
  handle: async ({ ctx, repo, body: input }) => {
    const source = await sourceNamed(ctx, repo, input.head, input.head_repo);
    if (!source) throw invalid("PullRequest", "head", `${input.head} is no branch of this family of forks`);
    const pull = await openPullRequest(ctx, repo, {
      title: input.title,
      body: input.body,
      source,
      targetBranch: input.base,
      isDraft: input.draft,
      maintainerCanModify: input.maintainer_can_modify,
      assigneeId: input.assignees.length === 0 ? null : await assigneeFor(ctx, repo, input.assignees),
      milestoneId: (await issueInput.milestoneIdFor(ctx, repo, input.milestone)) ?? null,
      labels: (await issueInput.labelsFor(ctx, repo, input.labels)) ?? [],
    });
    const view = await pullView(ctx, repo, pull);
    return created(view, view.url);
  },
});

/** `branch` or `owner:branch`; null for a repository that is not there, not of this family, or may not be seen. */
async function sourceNamed(
  ctx: Context,
  repo: RepoWith<"read">,
  head: string,
  headRepo?: string,
): Promise<{ repository: Repository; branch: string } | null> {
  const colon = head.indexOf(":");
  const name = head.slice(colon + 1);
  if (headRepo !== undefined) {
    const [owner = "", repoName] = headRepo.includes("/")
      ? headRepo.split("/")
      : [colon < 0 ? repo.owner.login : head.slice(0, colon), headRepo];
    const named = await findRepository(ctx, owner, repoName ?? "");
    const isFamily = named && (await sameFamily(ctx, repo, named));
    return isFamily ? { repository: named, branch: name } : null;
  }
  if (colon < 0) return { repository: repo, branch: name };
  const repository = await findFork(ctx, repo, head.slice(0, colon));
  return repository && { repository, branch: name };
}

/** Whether both come from one repository by forking. */
async function sameFamily(ctx: Context, one: Repository, other: Repository): Promise<boolean> {
  if (one.id === other.id) return true;
  const [a, b] = await Promise.all([
    findFork(ctx, one, other.owner.login),
    findFork(ctx, other, one.owner.login),
  ]);
  return a?.id === other.id || b?.id === one.id;
}

const get = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}",
  operation: "pulls/get",
  summary: "Get a pull request; its change as text with the media types diff and patch",
  access: withPullRequest("read"),
  answer: pullShape,
  handle: async ({ ctx, repo, pull, headers }) => {
    const media = mediaOf(headers);
    if (media !== "diff" && media !== "patch") return pullView(ctx, repo, pull);
    return textAnswer(await textOf(ctx, repo, await catchUp(ctx, repo, pull), media), media);
  },
});

const update = route({
  method: "PATCH",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}",
  operation: "pulls/update",
  summary: "Change a pull request, close it or reopen it",
  access: asParticipant(),
  body: z.object({
    title: title.optional(),
    body: body.optional(),
    state: z.enum(["open", "closed"]).optional(),
    base: branch.optional(),
    draft: z.boolean().optional().describe("Not at GitHub, which has this in GraphQL only"),
    maintainer_can_modify: z.boolean().optional(),
  }),
  answer: pullShape,
  handle: async ({ ctx, repo, pull, body: input }) => {
    const { base, draft, maintainer_can_modify, ...rest } = input;
    const changes = defined({
      ...rest,
      targetBranch: base,
      isDraft: draft,
      maintainerCanModify: maintainer_can_modify,
    });
    return pullView(ctx, repo, await changePullRequest(ctx, repo, pull, changes));
  },
});

export const pullRoutes = [list, create, get, update];
