/** GitHub's `event`. Its payload holds the fields of the event's type; texts are as they are now. */
import { z } from "zod";
import { simpleUserShape } from "../accounts/index.ts";

const actorShape = z.object({
  id: z.int(),
  login: z.string(),
  display_login: z.string(),
  gravatar_id: z.string(),
  url: z.string(),
  avatar_url: z.string(),
});

const subjectShape = z.object({
  id: z.int(),
  node_id: z.string(),
  number: z.int(),
  title: z.string(),
  state: z.enum(["open", "closed"]),
  url: z.string(),
  html_url: z.string(),
});

const commentShape = z.object({
  id: z.int(),
  node_id: z.string(),
  html_url: z.string(),
  body: z.string(),
  user: simpleUserShape.nullable(),
  path: z.string().optional(),
  created_at: z.string(),
});

const repositoryShape = z.object({ id: z.int(), url: z.string(), name: z.string() });
const endShape = z.object({ ref: z.string(), sha: z.string(), repo: repositoryShape.nullable() });

export const payloadShape = z.object({
  action: z.string().optional(),
  number: z.int().optional(),
  ref: z.string().nullable().optional(),
  ref_type: z.enum(["repository", "branch", "tag"]).optional(),
  full_ref: z.string().optional(),
  master_branch: z.string().optional(),
  description: z.string().nullable().optional(),
  pusher_type: z.literal("user").optional(),
  repository_id: z.int().optional(),
  push_id: z.int().optional(),
  head: z.string().optional(),
  before: z.string().optional(),
  size: z.int().optional(),
  commits: z
    .array(
      z.object({
        sha: z.string(),
        message: z.string(),
        author: z.object({ name: z.string(), email: z.string() }),
        url: z.string(),
      }),
    )
    .optional()
    .describe("The newest of a push, oldest first"),
  issue: subjectShape.extend({ pull_request: z.object({ url: z.string() }).optional() }).optional(),
  pull_request: subjectShape
    .extend({ merged: z.boolean(), draft: z.boolean(), head: endShape, base: endShape })
    .optional(),
  comment: commentShape.optional(),
  review: z
    .object({
      id: z.int(),
      node_id: z.string(),
      user: simpleUserShape.nullable(),
      body: z.string(),
      state: z.string(),
      commit_id: z.string(),
      submitted_at: z.string().nullable(),
      html_url: z.string(),
      pull_request_url: z.string(),
    })
    .optional(),
  forkee: z
    .object({
      id: z.int(),
      node_id: z.string(),
      name: z.string(),
      full_name: z.string(),
      private: z.boolean(),
      owner: simpleUserShape,
      fork: z.boolean(),
      description: z.string().nullable(),
      url: z.string(),
      html_url: z.string(),
    })
    .optional(),
});

export type Payload = z.input<typeof payloadShape>;

export const eventTypes = [
  "CreateEvent",
  "DeleteEvent",
  "ForkEvent",
  "IssueCommentEvent",
  "IssuesEvent",
  "PublicEvent",
  "PullRequestEvent",
  "PullRequestReviewCommentEvent",
  "PullRequestReviewEvent",
  "PushEvent",
  "WatchEvent",
] as const;

export type EventKind = (typeof eventTypes)[number];

export const eventShape = z
  .object({
    id: z.string(),
    type: z.enum(eventTypes),
    actor: actorShape,
    repo: z.object({ id: z.int(), name: z.string(), url: z.string() }),
    org: actorShape.optional(),
    payload: payloadShape,
    public: z.boolean(),
    created_at: z.string(),
  })
  .meta({ id: "Event" });

export type EventView = z.input<typeof eventShape>;
