import { z } from "zod";
import { notFound } from "../../../kernel/errors.ts";
import { created, nothing, route } from "../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import { simpleUser, simpleUserShape, usersByLogin } from "../../accounts/index.ts";
import { withRepository } from "../../repositories/index.ts";
import { withIssue } from "../access.ts";
import { firstAssignable, listAssignable } from "../assignable.ts";
import { changeIssue } from "../commands/change.ts";
import { assigneeNames } from "../input.ts";
import { issueShape, issueView } from "../views.ts";

const list = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/assignees",
  operation: "issues/list-assignees",
  summary: "List the people who can be assigned in a repository",
  access: withRepository("read"),
  query: z.object(pagingQuery),
  answer: z.array(simpleUserShape),
  handle: async ({ ctx, repo, query }) =>
    mapPage(await listAssignable(ctx, repo, query), (person) => simpleUser(ctx, person)),
});

const check = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/assignees/{assignee}",
  operation: "issues/check-user-can-be-assigned",
  summary: "Whether somebody can be assigned in a repository: 204, or 404",
  access: withRepository("read"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo, params }) => {
    if (!(await firstAssignable(ctx, repo, [params.assignee]))) throw notFound();
  },
});

const path = "/repos/{owner}/{repo}/issues/{issue_number}/assignees";

const checkIssue = route({
  method: "GET",
  path: `${path}/{assignee}`,
  operation: "issues/check-user-can-be-assigned-to-issue",
  summary: "Whether somebody can be assigned to an issue: 204, or 404",
  access: withIssue("read"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo, issue, params }) => {
    if (!(await firstAssignable(ctx, repo, [params.assignee], issue.id))) throw notFound();
  },
});

const body = z.object({ assignees: assigneeNames.default([]) });

const add = route({
  method: "POST",
  path,
  operation: "issues/add-assignees",
  summary: "Assign the first of the named who can be; an issue has one assignee",
  access: withIssue("write"),
  body,
  answer: issueShape,
  status: 201,
  handle: async ({ ctx, repo, issue, body: { assignees } }) => {
    const person = await firstAssignable(ctx, repo, assignees, issue.id);
    const changed = person ? await changeIssue(ctx, repo, issue, { assigneeId: person.id }) : issue;
    const view = await issueView(ctx, repo, changed);
    return created(view, view.url);
  },
});

const remove = route({
  method: "DELETE",
  path,
  operation: "issues/remove-assignees",
  summary: "Take an issue off the named who have it",
  access: withIssue("write"),
  body,
  answer: issueShape,
  handle: async ({ ctx, repo, issue, body: { assignees } }) => {
    const people = await usersByLogin(ctx, assignees);
    const ids = new Set([...people.values()].map((person) => person.id));
    const changed = await changeIssue(ctx, repo, issue, (now) =>
      now.assigneeId !== null && ids.has(now.assigneeId) ? { assigneeId: null } : {},
    );
    return issueView(ctx, repo, changed);
  },
});

export const assigneeRoutes = [list, check, checkIssue, add, remove];
