import { z } from "zod";
import { eventType } from "../../../kernel/events.ts";

const rule = {
  rule_id: z.string(),
  pattern: z.string(),
  require_pull_request: z.boolean(),
  required_reviewers: z.int(),
  dismiss_stale_reviews: z.boolean(),
  require_status_checks: z.boolean(),
  required_status_checks: z.array(z.string()),
  require_code_owner_reviews: z.boolean().default(false),
  require_last_push_approval: z.boolean().default(false),
  require_conversation_resolution: z.boolean().default(false),
  require_up_to_date: z.boolean().default(false),
  allow_force_push: z.boolean(),
  allow_deletion: z.boolean(),
};

export const protectionCreated = eventType("protection.created", z.object(rule));
export const protectionUpdated = eventType(
  "protection.updated",
  z.object({ ...rule, previous_pattern: z.string() }),
);
export const protectionDeleted = eventType("protection.deleted", z.object(rule));
