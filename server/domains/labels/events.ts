import { z } from "zod";
import { eventType } from "../../kernel/events.ts";

const label = { label_id: z.string(), name: z.string(), color: z.string() };

export const labelCreated = eventType("label.created", z.object(label));
export const labelUpdated = eventType("label.updated", z.object({ ...label, previous_name: z.string() }));
export const labelDeleted = eventType("label.deleted", z.object(label));
