import { z } from "zod";
import { eventType } from "../../../kernel/events.ts";

const team = { team_id: z.string(), name: z.string() };
const permission = z.enum(["read", "write", "admin"]);

export const teamAdded = eventType(
  "repository.team-added",
  z.object({ ...team, permission, previous_permission: permission.nullable() }),
);
export const teamRemoved = eventType("repository.team-removed", z.object(team));
