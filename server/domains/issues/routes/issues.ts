import { z } from "zod";
import { defined } from "../../../kernel/defined.ts";
import { created, route } from "../../../kernel/http/route.ts";
import { asSpeaker, withIssue } from "../access.ts";
import { assigneeFor } from "../assignable.ts";
import { changeIssue } from "../commands/change.ts";
import { openIssue } from "../commands/open.ts";
import * as input from "../input.ts";
import { mayTriage } from "../policy.ts";
import { wantsHtml } from "../text.ts";
import { issueShape, issueView } from "../views.ts";

const create = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/issues",
  operation: "issues/create",
  summary: "Open an issue; labels, assignee and milestone are taken from writers only",
  access: asSpeaker,
  body: z.object({
    title: input.title,
    body: input.body.default(null),
    labels: input.labelNames.default([]),
    assignee: z.string().nullable().optional(),
    assignees: input.assigneeNames.optional(),
    milestone: input.milestone.default(null),
  }),
  answer: issueShape,
  status: 201,
  handle: async ({ ctx, repo, body, headers }) => {
    const heard = mayTriage(ctx.actor, repo) === true;
    const issue = await openIssue(ctx, repo, {
      title: body.title,
      body: body.body,
      labels: heard ? ((await input.labelsFor(ctx, repo, body.labels)) ?? []) : [],
      assigneeId: heard ? await assigneeFor(ctx, repo, input.wantedAssignees(body) ?? []) : null,
      milestoneId: heard ? ((await input.milestoneIdFor(ctx, repo, body.milestone)) ?? null) : null,
    });
    const view = await issueView(ctx, repo, issue, { html: wantsHtml(headers) });
    return created(view, view.url);
  },
});

const get = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/issues/{issue_number}",
  operation: "issues/get",
  summary: "Get an issue",
  access: withIssue("read"),
  answer: issueShape,
  handle: ({ ctx, repo, issue, headers }) => issueView(ctx, repo, issue, { html: wantsHtml(headers) }),
});

const update = route({
  method: "PATCH",
  path: "/repos/{owner}/{repo}/issues/{issue_number}",
  operation: "issues/update",
  summary: "Change an issue: its text, state, labels, assignee or milestone",
  access: withIssue("read", asSpeaker),
  body: z.object({
    title: input.title.optional(),
    body: input.body.optional(),
    state: z.enum(["open", "closed"]).optional(),
    state_reason: input.stateReason.optional(),
    labels: input.labelNames.optional(),
    assignee: z.string().nullable().optional(),
    assignees: input.assigneeNames.optional(),
    milestone: input.milestone.optional(),
  }),
  answer: issueShape,
  handle: async ({ ctx, repo, issue, body, headers }) => {
    const names = input.wantedAssignees(body);
    const changes = defined({
      title: body.title,
      body: body.body,
      target: input.targetOf(body),
      labels: await input.labelsFor(ctx, repo, body.labels),
      milestoneId: await input.milestoneIdFor(ctx, repo, body.milestone),
      assigneeId: names && (await assigneeFor(ctx, repo, names, issue.id)),
    });
    const changed = await changeIssue(ctx, repo, issue, changes);
    return issueView(ctx, repo, changed, { html: wantsHtml(headers) });
  },
});

export const issueRoutes = [create, get, update];
