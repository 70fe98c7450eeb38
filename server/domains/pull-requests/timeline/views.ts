/** GitHub's issue events of a pull request, made from what our own events say. */
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { nodeId } from "../../../kernel/ids.ts";
import { simpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
import { eventShape } from "../../issues/index.ts";
import { teamView, teamShape, teamsById, teamsSeen } from "../../organizations/index.ts";
import { repositoriesById, repositoryUrl, type Repository } from "../../repositories/index.ts";
import * as facts from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { placesOf } from "../views.ts";
import type { Fact } from "./queries.ts";

export const pullEventShape = eventShape
  .extend({
    requested_reviewer: simpleUserShape.optional(),
    requested_team: teamShape.optional(),
    team_seen: z
      .boolean()
      .optional()
      .describe("With requested_team: the reader may see the page of the team"),
    review_requester: simpleUserShape.optional(),
    as_owner: z.boolean().optional().describe("With review_requested: because they own files that change"),
    dismissed_review: z
      .object({ dismissal_message: z.string().nullable(), state: z.string(), review_id: z.int() })
      .optional(),
    base: z.object({ from: z.string(), to: z.string() }).optional().describe("With base_ref_changed"),
    auto_merge: z
      .object({ merge_method: z.string().nullable(), reason: z.string().nullable() })
      .optional()
      .describe("With auto_merge_enabled and auto_merge_disabled"),
    problem: z
      .string()
      .optional()
      .describe("Why the base was not changed, with automatic_base_change_failed"),
    push: z
      .object({
        before: z.string(),
        after: z.string(),
        forced: z.boolean(),
        revision: z.int().optional().describe("Absent in what was told before revisions were recorded"),
        kind: z.enum(["added", "rebased", "rewritten"]).optional(),
        same_change: z.boolean().nullable().optional(),
        commits: z.int().optional().describe("That came in"),
        base: z.string().optional().describe("The target branch at that time"),
      })
      .optional()
      .describe("With head_ref_pushed and head_ref_force_pushed"),
  })
  .meta({ id: "PullRequestEvent" });

export type PullEventView = z.input<typeof pullEventShape>;

/** GitHub names somebody in every event; who is gone, or was never a person, is `ghost`. */
export const ghost = { id: "ghost", apiId: 0, login: "ghost", type: "user" } as const;

type Named = (id: unknown) => z.input<typeof simpleUserShape>;
type Payload = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Events of one pull request, in their order. */
export async function pullEventViews(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  list: readonly Fact[],
): Promise<PullEventView[]> {
  const payloads = list.map((fact) => (fact.payload ?? {}) as Payload);
  const users = await usersById(
    ctx,
    list.flatMap((fact, index) => [
      fact.actorId,
      text(payloads[index]?.["assignee_id"]) || null,
      text(payloads[index]?.["reviewer_id"]) || null,
    ]),
  );
  const teams = await teamsById(
    ctx,
    payloads.map((payload) => text(payload["team_id"]) || null),
  );
  const seen = await teamsSeen(ctx, [...teams.values()]);
  const named: Named = (id) => simpleUser(ctx, users.get(text(id)) ?? ghost);
  const sources = await repositoriesById(
    ctx,
    payloads.map((payload) => text(payload["source_repo_id"]) || null),
  );
  const { issue } = placesOf(ctx, repo, pull.number);
  return list.map((fact, index) => {
    const payload = payloads[index] ?? {};
    const source =
      fact.type === facts.pullReferenced.name ? sources.get(text(payload["source_repo_id"])) : repo;
    const team = teams.get(text(payload["team_id"]));
    const told = tell(
      fact,
      payload,
      named,
      team && { requested_team: teamView(ctx, team), team_seen: seen.has(team.id) },
    );
    return {
      id: fact.sequence,
      node_id: nodeId("PullRequestEvent", fact.id),
      url: `${issue}/events#${fact.sequence}`,
      actor: named(fact.actorId),
      commit_id: null,
      commit_url: null,
      created_at: fact.createdAt.toISOString(),
      performed_via_github_app: null,
      ...told,
      ...(told.commit_id && source
        ? { commit_url: `${repositoryUrl(ctx, source)}/commits/${told.commit_id}` }
        : {}),
    };
  });
}

const toldRevision = z.object({
  revision: z.int(),
  kind: z.enum(["added", "rebased", "rewritten"]),
  same_change: z.boolean().nullable(),
  commits: z.int(),
  base: z.string(),
});

/** What a push was to the head before it, where that is told. */
const revisionIn = (payload: Payload) => toldRevision.safeParse(payload).data ?? {};

const plainNames: Readonly<Record<string, string>> = {
  [facts.pullClosed.name]: "closed",
  [facts.pullReopened.name]: "reopened",
  [facts.pullReadied.name]: "ready_for_review",
  [facts.pullDrafted.name]: "convert_to_draft",
  [facts.pullUnlocked.name]: "unlocked",
  [facts.pullHeadDeleted.name]: "head_ref_deleted",
  [facts.pullHeadRestored.name]: "head_ref_restored",
};

function tell(
  fact: Fact,
  payload: Payload,
  named: Named,
  team: Pick<PullEventView, "requested_team" | "team_seen"> | undefined,
): Pick<PullEventView, "event"> & Partial<PullEventView> {
  const label = { label: { name: text(payload["label"]), color: text(payload["color"]) || "ededed" } };
  const assigned = { assignee: named(payload["assignee_id"]), assigner: named(fact.actorId) };
  const asked = {
    ...(team
      ? team
      : payload["team_id"] === undefined
        ? { requested_reviewer: named(payload["reviewer_id"]) }
        : {}),
    review_requester: named(fact.actorId),
    ...(payload["as_owner"] === true ? { as_owner: true } : {}),
  };
  switch (fact.type) {
    case facts.pullMerged.name:
      return { event: "merged", commit_id: text(payload["sha"]) };
    case facts.pullReferenced.name:
      return { event: "referenced", commit_id: text(payload["commit_id"]) };
    case facts.pullEdited.name:
      return { event: "renamed", rename: { from: text(payload["from"]), to: text(payload["title"]) } };
    case facts.pullRetargeted.name:
      return {
        event: payload["automatic"] === true ? "automatic_base_change_succeeded" : "base_ref_changed",
        base: { from: text(payload["from"]), to: text(payload["to"]) },
      };
    case facts.pullRetargetFailed.name:
      return {
        event: "automatic_base_change_failed",
        base: { from: text(payload["from"]), to: text(payload["to"]) },
        problem: text(payload["problem"]),
      };
    case facts.pullSynchronized.name:
      return {
        event: payload["forced"] === true ? "head_ref_force_pushed" : "head_ref_pushed",
        push: {
          before: text(payload["before"]),
          after: text(payload["after"]),
          forced: payload["forced"] === true,
          ...revisionIn(payload),
        },
      };
    case facts.autoMergeEnabled.name:
    case facts.autoMergeDisabled.name: {
      const auto = { merge_method: text(payload["method"]) || null, reason: text(payload["reason"]) || null };
      const event = fact.type === facts.autoMergeEnabled.name ? "auto_merge_enabled" : "auto_merge_disabled";
      return { event, auto_merge: auto };
    }
    case facts.pullLabeled.name:
      return { event: "labeled", ...label };
    case facts.pullUnlabeled.name:
      return { event: "unlabeled", ...label };
    case facts.pullAssigned.name:
      return { event: "assigned", ...assigned };
    case facts.pullUnassigned.name:
      return { event: "unassigned", ...assigned };
    case facts.pullMilestoned.name:
      return payload["to"] === null
        ? { event: "demilestoned", milestone: { title: text(payload["from"]) } }
        : { event: "milestoned", milestone: { title: text(payload["to"]) } };
    case facts.pullLocked.name:
      return { event: "locked", lock_reason: text(payload["reason"]) || null };
    case facts.reviewRequested.name:
      return { event: "review_requested", ...asked };
    case facts.reviewRequestRemoved.name:
      return { event: "review_request_removed", ...asked };
    case facts.reviewDismissed.name:
      return {
        event: "review_dismissed",
        dismissed_review: {
          dismissal_message: text(payload["message"]) || null,
          state: text(payload["state"]),
          review_id: Number(payload["review_number"] ?? 0),
        },
      };
    default:
      return { event: plainNames[fact.type] ?? fact.type };
  }
}
