export { createOrganization, setMembership } from "./commands.ts";
export {
  memberAdded,
  memberRemoved,
  organizationCreated,
  organizationDeleted,
  organizationRenamed,
} from "./events.ts";
export { organizationAccess, type OrgRole } from "./policy.ts";
export {
  findOrganization,
  findOrganizationById,
  requireOrganization,
  withOrganization,
  type Organization,
  type OrganizationSeen,
  type OrganizationWith,
} from "./access.ts";
export { listOrganizationsOf, roleOf } from "./queries.ts";
export { organizationSimple, organizationSimpleShape } from "./views.ts";
