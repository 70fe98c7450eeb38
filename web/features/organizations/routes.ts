import { BookMarked, Building2, Settings, Users, UsersRound } from "lucide-react";
import {
  orgsGet,
  orgsGetMembershipForAuthenticatedUser,
  orgsListMembers,
  orgsListForUser,
  reposListForOrg,
  teamsGetByName,
  teamsList,
  teamsListMembersInOrg,
  teamsListReposInOrg,
  usersGetByUsername,
  webOwnerRepositories,
} from "../../../api/client.gen.ts";
import type { Feature } from "../../app/feature.ts";
import { frameQuery, type Frame } from "../../app/frame.ts";
import { goTo, page, pageIn } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { apiListQuery, apiQuery } from "../../app/query.ts";
import { signInHref } from "../../app/site.ts";
import { kindOf, sortOf } from "../repositories/sorts.ts";

export const newOrganizationPage = page({
  path: "/organizations/new",
  title: "New organization",
  before: async ({ read }) => {
    if (!(await read(frameQuery)).viewer) throw goTo(signInHref("/organizations/new"));
  },
});

/** A person or an organization: who they are, and their repositories. */
export const ownerPage = page({
  path: "/$owner",
  queries: ({ params: { owner }, search }) => ({
    owner: apiQuery((call) => usersGetByUsername(call, { username: owner })),
    repositories: apiListQuery((call) =>
      webOwnerRepositories(call, {
        owner,
        q: search.get("q") ?? undefined,
        sort: sortOf(search),
        kind: kindOf(search),
        cursor: search.get("cursor") ?? undefined,
      }),
    ),
    organizations: apiListQuery((call) => orgsListForUser(call, { username: owner, per_page: 100 })),
  }),
  title: ({ data: { owner } }) => (owner.name ? `${owner.login} (${owner.name})` : owner.login),
});

export const organizationLayout = page({
  path: "/orgs/$org",
  queries: ({ params }) => ({ organization: apiQuery((call) => orgsGet(call, params)) }),
  title: ({ data }) => data.organization.name,
});

export const membersPage = pageIn(organizationLayout, {
  path: "members",
  queries: ({ params, search }) => ({
    organization: apiQuery((call) => orgsGet(call, { org: params.org })),
    members: apiListQuery((call) =>
      orgsListMembers(call, { org: params.org, per_page: 100, cursor: search.get("cursor") ?? undefined }),
    ),
  }),
  title: ({ params }) => `Members of ${params.org}`,
});

const membershipOf = (org: string) =>
  apiQuery((call) => orgsGetMembershipForAuthenticatedUser(call, { org }));

export const teamsPage = pageIn(organizationLayout, {
  path: "teams",
  queries: ({ params: { org }, search }) => ({
    teams: apiListQuery((call) =>
      teamsList(call, { org, per_page: 100, cursor: search.get("cursor") ?? undefined }),
    ),
    membership: membershipOf(org),
  }),
  title: ({ params }) => `Teams of ${params.org}`,
});

export const teamPage = pageIn(organizationLayout, {
  path: "teams/$team",
  queries: ({ params: { org, team }, search }) => {
    const at = { org, team_slug: team };
    const paged = (name: string) => ({ per_page: 50, cursor: search.get(name) ?? undefined });
    return {
      team: apiQuery((call) => teamsGetByName(call, at)),
      members: apiListQuery((call) => teamsListMembersInOrg(call, { ...at, ...paged("cursor") })),
      repositories: apiListQuery((call) => teamsListReposInOrg(call, { ...at, ...paged("repositories") })),
      membership: membershipOf(org),
      people: apiListQuery((call) => orgsListMembers(call, { org, per_page: 100 })),
      all: apiListQuery((call) => reposListForOrg(call, { org, per_page: 100 })),
    };
  },
  title: ({ params, data }) => `${data.team.name} · ${params.org}`,
});

export const organizationSettingsPage = pageIn(organizationLayout, {
  path: "settings",
  queries: ({ params }) => ({ organization: apiQuery((call) => orgsGet(call, { org: params.org })) }),
  title: ({ params }) => `Settings of ${params.org}`,
});

const isMember = (subject: unknown): boolean => (subject as { readonly member: boolean }).member;

export const organizations: Feature = {
  name: "organizations",
  routes: [
    newOrganizationPage.shows(() => import("./new-organization-page.tsx")),
    ownerPage.shows(() => import("./owner-page.tsx")),
    organizationLayout.shows(() => import("./organization-layout.tsx")),
    membersPage.shows(() => import("./members-page.tsx")),
    teamsPage.shows(() => import("./teams-page.tsx")),
    teamPage.shows(() => import("./team-page.tsx")),
    organizationSettingsPage.shows(() => import("./organization-settings-page.tsx")),
  ],
  entries: [
    {
      place: "rail",
      name: "new-organization",
      label: "New organization",
      icon: Building2,
      order: 75,
      href: () => "/organizations/new",
      shown: (frame) => (frame as Frame).viewer !== null,
    },
    {
      place: "organization",
      name: "repositories",
      label: "Repositories",
      icon: BookMarked,
      order: 10,
      href: ({ org = "" }) => path`/${org}`,
    },
    {
      place: "organization",
      name: "members",
      label: "Members",
      icon: Users,
      order: 20,
      href: ({ org = "" }) => path`/orgs/${org}/members`,
      shown: isMember,
    },
    {
      place: "organization",
      name: "teams",
      label: "Teams",
      icon: UsersRound,
      order: 30,
      href: ({ org = "" }) => path`/orgs/${org}/teams`,
      shown: isMember,
    },
    {
      place: "organization",
      name: "settings",
      label: "Settings",
      icon: Settings,
      order: 90,
      href: ({ org = "" }) => path`/orgs/${org}/settings`,
      shown: isMember,
    },
  ],
};
