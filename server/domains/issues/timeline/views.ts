/** GitHub's timeline: comments as they are, and one event for each line of the history. */
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { nodeId } from "../../../kernel/ids.ts";
import { simpleUser, simpleUserShape, usersById, type Owner } from "../../accounts/index.ts";
import { repositoriesById, repositoryUrl, type Repository } from "../../repositories/index.ts";
import { commentShape, commentViews } from "../comment-views.ts";
import { sourcesOf } from "../references/sources.ts";
import type { Activity, Issue } from "../queries.ts";
import { issueShape } from "../views.ts";
import type { Entry } from "./queries.ts";

export const eventShape = z
  .object({
    id: z.int(),
    node_id: z.string(),
    url: z.string(),
    actor: simpleUserShape,
    event: z.string(),
    commit_id: z.string().nullable(),
    commit_url: z.string().nullable(),
    created_at: z.string(),
    performed_via_github_app: z.null(),
    label: z.object({ name: z.string(), color: z.string() }).optional(),
    assignee: simpleUserShape.optional(),
    assigner: simpleUserShape.optional(),
    milestone: z.object({ title: z.string() }).optional(),
    rename: z.object({ from: z.string(), to: z.string() }).optional(),
    state_reason: z.string().nullable().optional(),
    lock_reason: z.string().nullable().optional(),
  })
  .meta({ id: "IssueEvent" });

export type EventView = z.input<typeof eventShape>;

export const crossReferenceShape = z
  .object({
    event: z.literal("cross-referenced"),
    actor: simpleUserShape,
    created_at: z.string(),
    updated_at: z.string(),
    source: z.object({ type: z.literal("issue"), issue: issueShape }),
  })
  .meta({ id: "CrossReference" });

export const timelineShape = z.union([
  commentShape.extend({ event: z.literal("commented"), actor: simpleUserShape }),
  crossReferenceShape,
  eventShape,
]);

export type TimelineView = z.input<typeof timelineShape>;

/** GitHub names somebody in every event; who is gone, or was never a person, is `ghost`. */
const ghost = { id: "ghost", apiId: 0, login: "ghost", type: "user" } as const;

type Named = (id: string | null) => z.input<typeof simpleUserShape>;

async function namesOf(ctx: Context, activities: readonly Activity[]): Promise<Named> {
  const users: Map<string, Owner> = await usersById(
    ctx,
    activities.flatMap((one) => [
      one.actorId,
      one.field === "assignee" ? (one.newValue ?? one.oldValue) : null,
    ]),
  );
  return (id) => simpleUser(ctx, users.get(id ?? "") ?? ghost);
}

/** The events of one repository's issues, in their order. */
export async function eventViews(
  ctx: Context,
  repo: Repository,
  activities: readonly Activity[],
): Promise<EventView[]> {
  const named = await namesOf(ctx, activities);
  const sourceIds = activities.map((one) => textOf(one, "source_repo_id"));
  const sources = await repositoriesById(ctx, sourceIds);
  return activities.map((one, index) =>
    eventView(ctx, repo, one, named, sources.get(sourceIds[index] ?? "")),
  );
}

/** @param source where the commit is that an event may name; undefined hides it from who may not see that repository */
function eventView(
  ctx: Context,
  repo: Repository,
  activity: Activity,
  named: Named,
  source: Repository | undefined,
): EventView {
  const commit = source ? textOf(activity, "commit_id") : null;
  return {
    id: activity.apiId,
    node_id: nodeId("IssueEvent", activity.id),
    url: `${repositoryUrl(ctx, repo)}/issues/events/${activity.apiId}`,
    actor: named(activity.actorId),
    event: activity.action,
    commit_id: commit,
    commit_url: source && commit ? `${repositoryUrl(ctx, source)}/commits/${commit}` : null,
    created_at: activity.createdAt.toISOString(),
    performed_via_github_app: null,
    ...detailOf(activity, named),
  };
}

function detailOf(activity: Activity, named: Named): Partial<EventView> {
  const value = activity.newValue ?? activity.oldValue ?? "";
  switch (activity.action) {
    case "labeled":
    case "unlabeled":
      return { label: { name: value, color: textOf(activity, "color") ?? "ededed" } };
    case "assigned":
    case "unassigned":
      return { assignee: named(value), assigner: named(activity.actorId) };
    case "milestoned":
    case "demilestoned":
      return { milestone: { title: value } };
    case "renamed":
      return { rename: { from: activity.oldValue ?? "", to: activity.newValue ?? "" } };
    case "closed":
      return { state_reason: textOf(activity, "reason") };
    case "reopened":
      return { state_reason: "reopened" };
    case "locked":
      return { lock_reason: textOf(activity, "reason") };
    default:
      return {};
  }
}

function textOf(activity: Activity, key: string): string | null {
  const value = activity.metadata?.[key];
  return typeof value === "string" ? value : null;
}

/** The timeline of one issue; an entry whose source is gone is left out. */
export async function timelineViews(
  ctx: Context,
  repo: Repository,
  issue: Issue,
  entries: readonly Entry[],
  options: { readonly html?: boolean } = {},
): Promise<TimelineView[]> {
  const comments = entries.flatMap((entry) => (entry.kind === "comment" ? [entry.comment] : []));
  const activities = entries.flatMap((entry) => (entry.kind === "activity" ? [entry.activity] : []));
  const crossing = activities.filter((one) => one.action === "cross-referenced");
  const on = { kind: "issue", number: issue.number } as const;
  const [commentList, eventList, named, sources] = await Promise.all([
    commentViews(
      ctx,
      repo,
      comments.map((comment) => ({ on, comment })),
      options,
    ),
    eventViews(ctx, repo, activities),
    namesOf(ctx, crossing),
    sourcesOf(ctx, crossing),
  ]);
  const commentOf = new Map(comments.map((comment, index) => [comment.id, commentList[index]]));
  const eventOf = new Map(activities.map((activity, index) => [activity.id, eventList[index]]));
  return entries.flatMap((entry): TimelineView[] => {
    if (entry.kind === "comment") {
      const view = commentOf.get(entry.comment.id);
      const actor = view?.user ?? simpleUser(ctx, ghost);
      return view ? [{ ...view, event: "commented", actor, user: actor }] : [];
    }
    const { activity } = entry;
    if (activity.action !== "cross-referenced") {
      const view = eventOf.get(activity.id);
      return view ? [view] : [];
    }
    const source = sources.get(activity.id);
    if (!source) return [];
    const at = activity.createdAt.toISOString();
    return [
      {
        event: "cross-referenced",
        actor: named(activity.actorId),
        created_at: at,
        updated_at: at,
        source: { type: "issue", issue: source },
      },
    ];
  });
}
