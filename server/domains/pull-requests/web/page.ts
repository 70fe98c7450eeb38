import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { route } from "../../../kernel/http/route.ts";
import { pagingQuery } from "../../../kernel/paging.ts";
import { simpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
import { checkListShape, verdictsOf } from "../../checks/index.ts";
import {
  choicesOf,
  choicesShape,
  mayComment,
  mayEdit,
  mayTriage,
  renderBody,
  verdictShape,
} from "../../issues/index.ts";
import {
  commitCard,
  commitCardShape,
  commitVerdictShape,
  peopleOf,
  repositoryShape,
  repositoryUrl,
  repositoryView,
  type RepoWith,
} from "../../repositories/index.ts";
import {
  editedShape,
  editedView,
  editsOf,
  reactionsOf,
  reactionsShape,
  reactionsView,
} from "../../texts/index.ts";
import { withPullRequest } from "../access.ts";
import { inlineComments } from "../comments/queries.ts";
import { commitsOf } from "../contents.ts";
import { catchUp } from "../heads.ts";
import { mayJudge } from "../policy.ts";
import { participantIds, type PullRequest } from "../queries.ts";
import { pendingReview } from "../reviews/queries.ts";
import { suggestionShape, suggestionViews } from "../reviews/suggestion-routes.ts";
import { pullShape } from "../shapes.ts";
import { readTimeline } from "../timeline/queries.ts";
import { pullView } from "../views.ts";
import { sourceShape, sourceView } from "./branches.ts";
import { entryShape, entryViews, threadsOf } from "./entries.ts";
import { checksOf } from "./checks.ts";
import { mergeBox, mergeShape } from "./merge-box.ts";
import { reviewersOf, reviewersShape } from "./reviewers.ts";

const page = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/pulls/{pull_number}",
  operation: "web/get-pull-page",
  summary: "The page of a pull request; `cursor` continues its timeline",
  access: withPullRequest("read"),
  internal: true,
  query: z.object({
    ...pagingQuery,
    per_page: pagingQuery.per_page.default(100),
    suggest: z.string().optional().describe("Whether reviewers are to be suggested, which takes a moment"),
  }),
  answer: z.object({
    repository: repositoryShape,
    pull: pullShape,
    body_html: z.string(),
    reactions: reactionsShape,
    edits: editedShape,
    source: sourceShape,
    commits: z.array(commitCardShape.extend({ checks: commitVerdictShape })),
    timeline: z.object({ items: z.array(entryShape), next: z.string().nullable() }),
    merge: mergeShape,
    checks: checkListShape,
    reviews: reviewersShape,
    suggested: z.array(suggestionShape).nullable().describe("Null unless asked for"),
    participants: z.array(simpleUserShape),
    choices: choicesShape,
    can: z.object({
      edit: verdictShape,
      close: verdictShape,
      comment: verdictShape,
      judge: verdictShape,
      triage: verdictShape,
    }),
  }),
  handle: async ({ ctx, repo, pull: seen, query }) => {
    const pull = await catchUp(ctx, repo, seen);
    const suggested = query.suggest === undefined ? null : await suggestionViews(ctx, repo, pull);
    const [
      reactions,
      edits,
      view,
      bodyHtml,
      source,
      commits,
      timeline,
      merge,
      checks,
      reviews,
      participants,
      choices,
    ] = await Promise.all([
      reactionsOf(ctx, [pull.id]),
      editsOf(ctx, [pull.id]),
      pullView(ctx, repo, pull),
      renderBody(ctx, repo, pull.body ?? ""),
      sourceView(ctx, repo, pull),
      commitList(ctx, repo, pull),
      timelineOf(ctx, repo, pull, query),
      mergeBox(ctx, repo, pull),
      checksOf(ctx, repo, pull, { most: mostChecks }).then(({ list }) => list),
      reviewersOf(ctx, repo, pull),
      participantsOf(ctx, pull),
      choicesOf(ctx, repo),
    ]);
    return {
      repository: repositoryView(ctx, repo),
      pull: view,
      body_html: bodyHtml,
      reactions: reactionsView(`${repositoryUrl(ctx, repo)}/issues/${pull.number}`, reactions.get(pull.id)),
      edits: editedView(edits.get(pull.id)),
      source,
      commits,
      timeline,
      merge,
      checks,
      reviews,
      suggested,
      participants,
      choices,
      can: canOf(ctx, repo, pull),
    };
  },
});

/** In the box about merging; all are on a page of their own. */
const mostChecks = 30;

export function canOf(ctx: Context, repo: RepoWith<"read">, pull: PullRequest) {
  const edit = mayEdit(ctx.actor, repo, pull);
  const comment = mayComment(ctx.actor, repo, pull);
  return {
    edit,
    close: edit === true && pull.state === "merged" ? "It is merged already" : edit,
    comment,
    judge: comment === true ? mayJudge(ctx.actor, pull) : comment,
    triage: mayTriage(ctx.actor, repo),
  };
}

async function commitList(ctx: Context, repo: RepoWith<"read">, pull: PullRequest) {
  const commits = await commitsOf(ctx, repo, pull);
  const [people, verdicts] = await Promise.all([
    peopleOf(ctx, commits),
    // What is reported for a pull request is reported where it goes to, also when it comes from a fork.
    verdictsOf(
      ctx,
      repo,
      commits.map(({ oid }) => oid),
    ),
  ]);
  return commits.map((commit) => ({
    ...commitCard(ctx, people, commit),
    checks: verdicts.get(commit.oid) ?? null,
  }));
}

async function timelineOf(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  query: z.output<z.ZodObject<typeof pagingQuery>>,
) {
  const [found, comments, pending] = await Promise.all([
    readTimeline(ctx, repo, pull, query, "pushes"),
    inlineComments(ctx, pull.id),
    ctx.actor.kind === "user" ? pendingReview(ctx, pull.id, ctx.actor.user.id) : null,
  ]);
  const threads = await threadsOf(ctx, repo, pull, comments, pending?.id ?? null);
  return {
    items: await entryViews(ctx, repo, pull, found.items, { comments, threads }),
    next: found.next,
  };
}

async function participantsOf(ctx: Context, pull: PullRequest) {
  const ids = await participantIds(ctx, pull, 50);
  const people = await usersById(ctx, ids);
  return ids.flatMap((id) => {
    const person = people.get(id);
    return person ? [simpleUser(ctx, person)] : [];
  });
}

export const pageRoutes = [page];
