import { z } from "zod";
import { eventType } from "../../kernel/events.ts";

const milestone = z.object({ milestone_id: z.string(), number: z.int(), title: z.string() });

export const milestoneCreated = eventType("milestone.created", milestone);
export const milestoneUpdated = eventType("milestone.updated", milestone);
export const milestoneClosed = eventType("milestone.closed", milestone);
export const milestoneReopened = eventType("milestone.reopened", milestone);
export const milestoneDeleted = eventType("milestone.deleted", milestone);
