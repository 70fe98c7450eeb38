/** What our own pages about issues need, each in one call. */
import { eq } from "drizzle-orm";
import { z } from "zod";
import { readQuery } from "../../../../language/query.ts";
import type { Context } from "../../../kernel/context.ts";
import { route } from "../../../kernel/http/route.ts";
import { pagingQuery, where } from "../../../kernel/paging.ts";
import { simpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
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
import { repositoryShape, repositoryView, withRepository, type RepoWith } from "../../repositories/index.ts";
import { editedShape, editedView, editsOf } from "../../texts/index.ts";
import { withIssue } from "../access.ts";
import { choicesOf, choicesShape } from "../choices.ts";
import { commentShape } from "../comment-views.ts";
import { mayComment, mayDeleteComment, mayEdit, mayEditComment, mayOpen, mayTriage } from "../policy.ts";
import { listIssues, participantIds, type Issue } from "../queries.ts";
import { issueKind } from "../kind.ts";
import { issues } from "../schema.ts";
import { readTimeline, type Entry } from "../timeline/queries.ts";
import { crossReferenceShape, eventShape, timelineViews } from "../timeline/views.ts";
import { issueShape, issueView, issueViews } from "../views.ts";

/** True, or why not, in a sentence for the person who asks. */
export const verdictShape = z.union([z.literal(true), z.string()]);

const entryShape = z.union([
  commentShape.extend({
    event: z.literal("commented"),
    actor: simpleUserShape,
    can: z.object({ edit: verdictShape, delete: verdictShape }),
  }),
  crossReferenceShape,
  eventShape,
]);

const issuePage = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/issues/{issue_number}",
  operation: "web/get-issue-page",
  summary: "The page of an issue; `cursor` continues its timeline",
  access: withIssue("read"),
  internal: true,
  query: z.object({ ...pagingQuery, per_page: pagingQuery.per_page.default(100) }),
  answer: z.object({
    repository: repositoryShape,
    issue: issueShape,
    edits: editedShape,
    status: z.string().describe("The category of its stage"),
    timeline: z.object({ items: z.array(entryShape), next: z.string().nullable() }),
    participants: z.array(simpleUserShape),
    choices: choicesShape,
    can: z.object({ edit: verdictShape, close: verdictShape, comment: verdictShape, triage: verdictShape }),
  }),
  handle: async ({ ctx, repo, issue, query }) => {
    const [view, edits, page, participants, choices] = await Promise.all([
      issueView(ctx, repo, issue, { html: true }),
      editsOf(ctx, [issue.id]),
      readTimeline(ctx, issue, query),
      participantsOf(ctx, issue),
      choicesOf(ctx, repo),
    ]);
    const edit = mayEdit(ctx.actor, repo, issue);
    return {
      repository: repositoryView(ctx, repo),
      issue: view,
      edits: editedView(edits.get(issue.id)),
      status: issue.status,
      timeline: { items: await entriesOf(ctx, repo, issue, page.items), next: page.next },
      participants,
      choices,
      can: {
        edit,
        close: edit,
        comment: mayComment(ctx.actor, repo, issue),
        triage: mayTriage(ctx.actor, repo),
      },
    };
  },
});

async function entriesOf(ctx: Context, repo: RepoWith<"read">, issue: Issue, entries: readonly Entry[]) {
  const comments = new Map(
    entries.flatMap((entry) => (entry.kind === "comment" ? [[entry.comment.apiId, entry.comment]] : [])),
  );
  const views = await timelineViews(ctx, repo, issue, entries, { html: true });
  return views.map((view) => {
    if (view.event !== "commented" || !("body" in view)) return view as z.input<typeof entryShape>;
    const comment = comments.get(view.id) ?? { userId: "" };
    return {
      ...view,
      can: {
        edit: mayEditComment(ctx.actor, repo, issue, comment),
        delete: mayDeleteComment(ctx.actor, repo, issue, comment),
      },
    };
  });
}

async function participantsOf(ctx: Context, issue: Issue) {
  const ids = await participantIds(ctx, issue, 50);
  const people = await usersById(ctx, ids);
  return ids.flatMap((id) => {
    const person = people.get(id);
    return person ? [simpleUser(ctx, person)] : [];
  });
}

const listPage = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/issues",
  operation: "web/get-issues-page",
  summary: "The list of a repository's issues with its counts and what it can be narrowed by",
  access: withRepository("read"),
  internal: true,
  query: z.object({
    ...pagingQuery,
    q: queryLine.default("is:open"),
  }),
  answer: z.object({
    repository: repositoryShape,
    issues: z.array(issueShape),
    next: z.string().nullable(),
    counts: countsShape,
    problems: z.array(problemShape).describe("What the query says that cannot be meant"),
    facets: choicesShape,
    views: z.array(viewShape).describe("Saved queries"),
    can: z.object({ open: verdictShape, triage: verdictShape, save: verdictShape, share: verdictShape }),
  }),
  handle: async ({ ctx, repo, query }) => {
    const { terms, problems } = readQuery(query.q);
    const asked = await compile(ctx, issueKind, terms, repo);
    const scope = eq(issues.repoId, repo.id);
    const [page, counts, facets, views] = await Promise.all([
      listIssues(ctx, where(scope, asked.state, asked.rest), asked.order, query),
      countStates(ctx, issueKind, where(scope, asked.rest), {
        known: asked.rest ? undefined : repo.openIssuesCount,
      }),
      choicesOf(ctx, repo),
      savedQueries(ctx, repo, "issue"),
    ]);
    return {
      repository: repositoryView(ctx, repo),
      issues: await issueViews(
        ctx,
        page.items.map((issue) => ({ repo, issue })),
      ),
      next: page.next,
      counts,
      problems: [...problems],
      facets,
      views,
      can: {
        open: mayOpen(ctx.actor, repo),
        triage: mayTriage(ctx.actor, repo),
        save: maySave(ctx.actor, repo, false),
        share: maySave(ctx.actor, repo, true),
      },
    };
  },
});

const newPage = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/issues/new",
  operation: "web/get-new-issue-page",
  summary: "What a new issue can be given, and whether the reader may open one",
  access: withRepository("read"),
  internal: true,
  answer: z.object({
    repository: repositoryShape,
    choices: choicesShape,
    can: z.object({ open: verdictShape, triage: verdictShape }),
  }),
  handle: async ({ ctx, repo }) => ({
    repository: repositoryView(ctx, repo),
    choices: await choicesOf(ctx, repo),
    can: { open: mayOpen(ctx.actor, repo), triage: mayTriage(ctx.actor, repo) },
  }),
});

export const pageRoutes = [issuePage, newPage, listPage];
