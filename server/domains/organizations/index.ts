export { createOrganization, setMembership } from "./commands.ts";
export { type OrgRole } from "./policy.ts";
export {
  requireOrganization,
  type Organization,
  type OrganizationSeen,
  type OrganizationWith,
} from "./access.ts";
export { listOrganizationsOf } from "./queries.ts";
export { listTeams, membersOfTeams, teamsByName, teamsOf, teamsById, type Team } from "./teams/queries.ts";
export { teamView, teamShape } from "./teams/views.ts";
