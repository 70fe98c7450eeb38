import { z } from "zod";
import { eventType } from "../../kernel/events.ts";

const organization = { org_id: z.string(), login: z.string() };
const member = { ...organization, user_id: z.string() };
const role = z.enum(["member", "admin", "owner"]);

export const organizationCreated = eventType("organization.created", z.object(organization));
export const organizationUpdated = eventType("organization.updated", z.object(organization));
export const organizationRenamed = eventType(
  "organization.renamed",
  z.object({ ...organization, previous_login: z.string() }),
);
const permission = z.enum(["none", "read", "write", "admin"]);
export const basePermissionChanged = eventType(
  "organization.base-permission-changed",
  z.object({ ...organization, permission, previous_permission: permission }),
);
export const organizationDeleted = eventType("organization.deleted", z.object(organization));
export const memberAdded = eventType("organization.member-added", z.object({ ...member, role }));
export const memberRoleChanged = eventType(
  "organization.member-role-changed",
  z.object({ ...member, role, previous_role: role }),
);
const team = { ...organization, team_id: z.string(), name: z.string() };

export const teamCreated = eventType("team.created", z.object(team));
export const teamUpdated = eventType("team.updated", z.object({ ...team, previous_name: z.string() }));
export const teamDeleted = eventType("team.deleted", z.object(team));
export const teamMemberAdded = eventType("team.member-added", z.object({ ...team, user_id: z.string() }));
export const teamMemberRemoved = eventType("team.member-removed", z.object({ ...team, user_id: z.string() }));
export const memberRemoved = eventType("organization.member-removed", z.object({ ...member, role }));
