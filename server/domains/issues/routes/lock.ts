import { z } from "zod";
import { nothing, route } from "../../../kernel/http/route.ts";
import { withIssue } from "../access.ts";
import { setLock } from "../commands/lock.ts";

const path = "/repos/{owner}/{repo}/issues/{issue_number}/lock";

const lock = route({
  method: "PUT",
  path,
  operation: "issues/lock",
  summary: "Lock a conversation: only writers can comment",
  access: withIssue("write"),
  body: z.object({
    lock_reason: z.enum(["off-topic", "too heated", "resolved", "spam"]).nullable().optional(),
  }),
  answer: nothing,
  status: 204,
  handle: ({ ctx, repo, issue, body }) => setLock(ctx, repo, issue, true, body.lock_reason ?? undefined),
});

const unlock = route({
  method: "DELETE",
  path,
  operation: "issues/unlock",
  summary: "Unlock a conversation",
  access: withIssue("write"),
  answer: nothing,
  status: 204,
  handle: ({ ctx, repo, issue }) => setLock(ctx, repo, issue, false),
});

export const lockRoutes = [lock, unlock];
