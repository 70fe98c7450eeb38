export { createOrganization, setMembership } from "./commands.ts";
export {
  basePermissionChanged,
  memberRemoved,
  memberRoleChanged,
  teamDeleted,
  teamMemberRemoved,
} from "./events.ts";
export { type OrgRole } from "./policy.ts";
export {
  requireOrganization,
  withOrganization,
  type Organization,
  type OrganizationSeen,
  type OrganizationWith,
} from "./access.ts";
export { listOrganizationsOf, roleOf } from "./queries.ts";
export {
  answerTeamRepositories,
  getTeam,
  listTeams,
  membersOfTeams,
  teamsById,
  teamsByName,
  teamsMentioned,
  teamsSeen,
  teamsOf,
  type Team,
} from "./teams/queries.ts";
export { teamHref, teamShape, teamView } from "./teams/views.ts";
