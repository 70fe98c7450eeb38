/** GitHub's shapes of organizations: `organization-simple`, `organization-full`, `org-membership`. */
import { z } from "zod";
import type { Config } from "../../kernel/config.ts";
import { nodeId } from "../../kernel/ids.ts";
import { avatarUrl, simpleUser, simpleUserShape, type Owner } from "../accounts/index.ts";
import type { Organization, OrganizationSeen } from "./access.ts";
import { orgRoles, type OrgRole } from "./policy.ts";

interface Place {
  readonly config: Config;
}

export const organizationSimpleShape = z.object({
  login: z.string(),
  id: z.number().int(),
  node_id: z.string(),
  url: z.string(),
  repos_url: z.string(),
  events_url: z.string(),
  hooks_url: z.string(),
  issues_url: z.string(),
  members_url: z.string(),
  public_members_url: z.string(),
  avatar_url: z.string(),
  description: z.string().nullable(),
});

const organizationUrl = (place: Place, login: string): string => `${place.config.url}/api/v3/orgs/${login}`;

export function organizationSimple(
  place: Place,
  organization: Organization,
): z.infer<typeof organizationSimpleShape> {
  const url = organizationUrl(place, organization.login);
  return {
    login: organization.login,
    id: organization.apiId,
    node_id: nodeId("Organization", organization.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: avatarUrl(place, organization),
    description: organization.description,
  };
}

export const basePermissions = z.enum(["none", "read", "write", "admin"]);

export const organizationShape = organizationSimpleShape.extend({
  name: z.string(),
  blog: z.string().optional(),
  location: z.string().optional(),
  html_url: z.string(),
  type: z.literal("Organization"),
  has_organization_projects: z.boolean(),
  has_repository_projects: z.boolean(),
  public_repos: z.number().int(),
  public_gists: z.number().int(),
  followers: z.number().int(),
  following: z.number().int(),
  created_at: z.string(),
  updated_at: z.string(),
  archived_at: z.string().nullable(),
  default_repository_permission: basePermissions.optional().describe("For its members"),
});

/** What this forge does not have is false or 0. */
export function organizationView(
  place: Place,
  organization: OrganizationSeen,
): z.infer<typeof organizationShape> {
  return {
    ...organizationSimple(place, organization),
    name: organization.displayName ?? organization.login,
    ...(organization.website === null ? {} : { blog: organization.website }),
    ...(organization.location === null ? {} : { location: organization.location }),
    html_url: `${place.config.url}/${organization.login}`,
    type: "Organization",
    has_organization_projects: false,
    has_repository_projects: false,
    public_repos: organization.publicRepos,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: organization.createdAt.toISOString(),
    updated_at: organization.updatedAt.toISOString(),
    archived_at: null,
    ...(organization.access === "none" ? {} : { default_repository_permission: organization.basePermission }),
  };
}

export const memberShape = simpleUserShape.extend({ org_role: z.enum(orgRoles) });

export const membershipShape = z.object({
  url: z.string(),
  state: z.literal("active"),
  role: z.enum(["admin", "member"]),
  org_role: z.enum(orgRoles).describe("The role as this forge divides it; GitHub's admin is our owner"),
  organization_url: z.string(),
  organization: organizationSimpleShape,
  user: simpleUserShape,
});

export function membershipView(
  place: Place,
  organization: Organization,
  person: Owner,
  role: OrgRole,
): z.infer<typeof membershipShape> {
  const url = organizationUrl(place, organization.login);
  return {
    url: `${url}/memberships/${person.login}`,
    state: "active",
    role: role === "owner" ? "admin" : "member",
    org_role: role,
    organization_url: url,
    organization: organizationSimple(place, organization),
    user: simpleUser(place, person),
  };
}
