import { z } from "zod";
import { eventType } from "../../kernel/events.ts";

export const statusReported = eventType(
  "status.reported",
  z.object({ status_id: z.string(), sha: z.string(), context: z.string(), state: z.string() }),
);
