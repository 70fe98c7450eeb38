import { z } from "zod";
import { eventType } from "../../../kernel/events.ts";

const collaborator = { user_id: z.string(), login: z.string() };
const permission = z.enum(["read", "write", "admin"]);

export const collaboratorAdded = eventType(
  "collaborator.added",
  z.object({ ...collaborator, permission, previous_permission: permission.nullable() }),
);
export const collaboratorRemoved = eventType("collaborator.removed", z.object(collaborator));
