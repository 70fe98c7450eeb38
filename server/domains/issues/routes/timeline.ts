import { z } from "zod";
import { route } from "../../../kernel/http/route.ts";
import { pagingQuery } from "../../../kernel/paging.ts";
import { withRepository } from "../../repositories/index.ts";
import { withIssue } from "../access.ts";
import { wantsHtml } from "../text.ts";
import { getEvent, listEvents, listRepositoryEvents, readTimeline } from "../timeline/queries.ts";
import { eventShape, eventViews, timelineShape, timelineViews } from "../timeline/views.ts";
import { issueShape, issueViews } from "../views.ts";

const eventWithIssue = eventShape.extend({ issue: issueShape }).meta({ id: "RepositoryIssueEvent" });

const timeline = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/issues/{issue_number}/timeline",
  operation: "issues/list-events-for-timeline",
  summary: "What happened to an issue and what was said, oldest first",
  access: withIssue("read"),
  query: z.object(pagingQuery),
  answer: z.array(timelineShape),
  handle: async ({ ctx, repo, issue, query, headers }) => {
    const page = await readTimeline(ctx, issue, query);
    const html = wantsHtml(headers);
    return { ...page, items: await timelineViews(ctx, repo, issue, page.items, { html }) };
  },
});

const events = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/issues/{issue_number}/events",
  operation: "issues/list-events",
  summary: "What happened to an issue, oldest first",
  access: withIssue("read"),
  query: z.object(pagingQuery),
  answer: z.array(eventShape),
  handle: async ({ ctx, repo, issue, query }) => {
    const page = await listEvents(ctx, issue, query);
    return { ...page, items: await eventViews(ctx, repo, page.items) };
  },
});

const eventsOfRepository = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/issues/events",
  operation: "issues/list-events-for-repo",
  summary: "What happened to the issues of a repository, newest first",
  access: withRepository("read"),
  query: z.object(pagingQuery),
  answer: z.array(eventWithIssue),
  handle: async ({ ctx, repo, query }) => {
    const page = await listRepositoryEvents(ctx, repo, query);
    const [views, shown] = await Promise.all([
      eventViews(
        ctx,
        repo,
        page.items.map(({ activity }) => activity),
      ),
      issueViews(
        ctx,
        page.items.map(({ issue }) => ({ repo, issue })),
      ),
    ]);
    const items = views.flatMap((view, index) => {
      const issue = shown[index];
      return issue ? [{ ...view, issue }] : [];
    });
    return { ...page, items };
  },
});

const event = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/issues/events/{event_id}",
  operation: "issues/get-event",
  summary: "Get one event of an issue",
  access: withRepository("read"),
  answer: eventWithIssue,
  handle: async ({ ctx, repo, params }) => {
    const { issue, activity } = await getEvent(ctx, repo, params.event_id);
    const [[view], [shown]] = await Promise.all([
      eventViews(ctx, repo, [activity]),
      issueViews(ctx, [{ repo, issue }]),
    ]);
    if (!view || !shown) throw new Error("an event has a view");
    return { ...view, issue: shown };
  },
});

export const timelineRoutes = [timeline, events, eventsOfRepository, event];
