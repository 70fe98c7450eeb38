import { z } from "zod";
import { eventType } from "../../kernel/events.ts";

/** Personal queries are nobody else's business: what they are called is not told. */
const view = z.object({
  view_id: z.string(),
  kind: z.string(),
  shared: z.boolean(),
  name: z.string().nullable(),
});

export const viewCreated = eventType("view.created", view);
export const viewUpdated = eventType("view.updated", view);
export const viewDeleted = eventType("view.deleted", view);
