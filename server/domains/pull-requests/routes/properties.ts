/** GitHub's paths below `/issues/{number}` for the numbers that are pull requests: text, labels, assignee, milestone, lock. */
import { z } from "zod";
import { defined } from "../../../kernel/defined.ts";
import { notFound } from "../../../kernel/errors.ts";
import type { Context } from "../../../kernel/context.ts";
import { created, nothing, route } from "../../../kernel/http/route.ts";
import { pagingQuery } from "../../../kernel/paging.ts";
import { usersByLogin } from "../../accounts/index.ts";
import { assigneeFor, firstAssignable, issueInput, issueShape, wantsHtml } from "../../issues/index.ts";
import { getLabel, labelShape, labelView, labelsByName } from "../../labels/index.ts";
import type { Repository } from "../../repositories/index.ts";
import { asParticipant, withPullRequest } from "../access.ts";
import { changePullRequest } from "../commands/change.ts";
import { pullIssueView } from "../issue-views.ts";
import { labelsOf, type PullRequest } from "../queries.ts";
import { body as bodyInput, title } from "./input.ts";
import { pageOf } from "../slices.ts";

const path = "/repos/{owner}/{repo}/issues/{issue_number}";

const get = route({
  method: "GET",
  path,
  operation: "issues/get",
  summary: "Get a pull request as an issue",
  access: withPullRequest("read"),
  answer: issueShape,
  handle: ({ ctx, repo, pull, headers }) => pullIssueView(ctx, repo, pull, { html: wantsHtml(headers) }),
});

const update = route({
  method: "PATCH",
  path,
  operation: "issues/update",
  summary: "Change a pull request: its text, state, labels, assignee or milestone",
  access: asParticipant(),
  body: z.object({
    title: title.optional(),
    body: bodyInput.optional(),
    state: z.enum(["open", "closed"]).optional(),
    labels: issueInput.labelNames.optional(),
    assignee: z.string().nullable().optional(),
    assignees: issueInput.assigneeNames.optional(),
    milestone: issueInput.milestone.optional(),
  }),
  answer: issueShape,
  handle: async ({ ctx, repo, pull, body, headers }) => {
    const names = issueInput.wantedAssignees(body);
    const changes = defined({
      title: body.title,
      body: body.body,
      state: body.state,
      labels: await issueInput.labelsFor(ctx, repo, body.labels),
      milestoneId: await issueInput.milestoneIdFor(ctx, repo, body.milestone),
      assigneeId: names && (await assigneeFor(ctx, repo, names)),
    });
    const changed = await changePullRequest(ctx, repo, pull, changes);
    return pullIssueView(ctx, repo, changed, { html: wantsHtml(headers) });
  },
});

const labelsShown = async (ctx: Context, repo: Repository, pull: PullRequest) =>
  ((await labelsOf(ctx, [pull.id])).get(pull.id) ?? []).map((label) => labelView(ctx, repo, label));

const listLabels = route({
  method: "GET",
  path: `${path}/labels`,
  operation: "issues/list-labels-on-issue",
  summary: "List the labels of a pull request",
  access: withPullRequest("read"),
  query: z.object(pagingQuery),
  answer: z.array(labelShape),
  handle: async ({ ctx, repo, pull, query }) => pageOf(await labelsShown(ctx, repo, pull), query),
});

const addLabels = route({
  method: "POST",
  path: `${path}/labels`,
  operation: "issues/add-labels",
  summary: "Add labels to a pull request",
  access: withPullRequest("write"),
  body: issueInput.labelsBody,
  answer: z.array(labelShape),
  handle: async ({ ctx, repo, pull, body }) => {
    const added = await labelsByName(ctx, repo, body.labels);
    await changePullRequest(ctx, repo, pull, {
      labels: (held) => [...held, ...added.filter((label) => !held.some((one) => one.id === label.id))],
    });
    return labelsShown(ctx, repo, pull);
  },
});

const setLabels = route({
  method: "PUT",
  path: `${path}/labels`,
  operation: "issues/set-labels",
  summary: "Replace the labels of a pull request",
  access: withPullRequest("write"),
  body: issueInput.labelsBody,
  answer: z.array(labelShape),
  handle: async ({ ctx, repo, pull, body }) => {
    await changePullRequest(ctx, repo, pull, { labels: await labelsByName(ctx, repo, body.labels) });
    return labelsShown(ctx, repo, pull);
  },
});

const removeLabel = route({
  method: "DELETE",
  path: `${path}/labels/{name}`,
  operation: "issues/remove-label",
  summary: "Take a label off a pull request",
  access: withPullRequest("write"),
  answer: z.array(labelShape),
  handle: async ({ ctx, repo, pull, params }) => {
    const label = await getLabel(ctx, repo, params.name);
    await changePullRequest(ctx, repo, pull, {
      labels: (held) => held.filter((one) => one.id !== label.id),
    });
    return labelsShown(ctx, repo, pull);
  },
});

const removeLabels = route({
  method: "DELETE",
  path: `${path}/labels`,
  operation: "issues/remove-all-labels",
  summary: "Take all labels off a pull request",
  access: withPullRequest("write"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo, pull }) => {
    await changePullRequest(ctx, repo, pull, { labels: [] });
  },
});

const assigneesBody = z.object({ assignees: issueInput.assigneeNames.default([]) });

const checkAssignee = route({
  method: "GET",
  path: `${path}/assignees/{assignee}`,
  operation: "issues/check-user-can-be-assigned-to-issue",
  summary: "Whether somebody can be assigned to a pull request: 204, or 404",
  access: withPullRequest("read"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo, params }) => {
    if (!(await firstAssignable(ctx, repo, [params.assignee]))) throw notFound();
  },
});

const addAssignees = route({
  method: "POST",
  path: `${path}/assignees`,
  operation: "issues/add-assignees",
  summary: "Assign the first of the named who can be; a pull request has one assignee",
  access: withPullRequest("write"),
  body: assigneesBody,
  answer: issueShape,
  status: 201,
  handle: async ({ ctx, repo, pull, body }) => {
    const person = await firstAssignable(ctx, repo, body.assignees);
    const changed = person ? await changePullRequest(ctx, repo, pull, { assigneeId: person.id }) : pull;
    const view = await pullIssueView(ctx, repo, changed);
    return created(view, view.url);
  },
});

const removeAssignees = route({
  method: "DELETE",
  path: `${path}/assignees`,
  operation: "issues/remove-assignees",
  summary: "Take a pull request off the named who have it",
  access: withPullRequest("write"),
  body: assigneesBody,
  answer: issueShape,
  handle: async ({ ctx, repo, pull, body }) => {
    const people = await usersByLogin(ctx, body.assignees);
    const named = [...people.values()].some((person) => person.id === pull.assigneeId);
    const changed = named ? await changePullRequest(ctx, repo, pull, { assigneeId: null }) : pull;
    return pullIssueView(ctx, repo, changed);
  },
});

const lock = route({
  method: "PUT",
  path: `${path}/lock`,
  operation: "issues/lock",
  summary: "Lock a conversation: only writers can comment",
  access: withPullRequest("write"),
  body: z.object({
    lock_reason: z.enum(["off-topic", "too heated", "resolved", "spam"]).nullable().optional(),
  }),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo, pull, body }) => {
    const reason = body.lock_reason ?? undefined;
    await changePullRequest(ctx, repo, pull, { lock: { locked: true, reason } });
  },
});

const unlock = route({
  method: "DELETE",
  path: `${path}/lock`,
  operation: "issues/unlock",
  summary: "Unlock a conversation",
  access: withPullRequest("write"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo, pull }) => {
    await changePullRequest(ctx, repo, pull, { lock: { locked: false } });
  },
});

export const propertyRoutes = [
  get,
  update,
  listLabels,
  addLabels,
  setLabels,
  removeLabel,
  removeLabels,
  checkAssignee,
  addAssignees,
  removeAssignees,
  lock,
  unlock,
];
