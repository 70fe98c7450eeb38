/** GitHub's shapes of people: `simple-user` wherever somebody is mentioned, `public-user` and `private-user` for a profile. */
import { z } from "zod";
import type { Config } from "../../kernel/config.ts";
import { nodeId } from "../../kernel/ids.ts";
import type { Owner } from "./names.ts";
import type { Profile, PublicProfile } from "./queries.ts";

export const simpleUserShape = z.object({
  login: z.string(),
  id: z.number().int(),
  node_id: z.string(),
  avatar_url: z.string(),
  gravatar_id: z.string().nullable(),
  url: z.string(),
  html_url: z.string(),
  followers_url: z.string(),
  following_url: z.string(),
  gists_url: z.string(),
  starred_url: z.string(),
  subscriptions_url: z.string(),
  organizations_url: z.string(),
  repos_url: z.string(),
  events_url: z.string(),
  received_events_url: z.string(),
  type: z.enum(["User", "Organization"]),
  user_view_type: z.string(),
  site_admin: z.boolean(),
});

export type SimpleUser = z.infer<typeof simpleUserShape>;

/** What `simpleUser` needs to know. */
export type Named = Pick<Owner, "id" | "apiId" | "login" | "type"> & { readonly siteAdmin?: boolean };

interface Place {
  readonly config: Config;
}

/** Where an owner's picture is. */
export const avatarUrl = (place: Place, owner: { readonly apiId: number }): string =>
  `${place.config.url}/avatars/${owner.apiId}`;

/** GitHub's `simple-user`, for a user or an organization. */
export function simpleUser(place: Place, owner: Named): SimpleUser {
  const url = `${place.config.url}/api/v3/users/${owner.login}`;
  return {
    login: owner.login,
    id: owner.apiId,
    node_id: nodeId(owner.type === "user" ? "User" : "Organization", owner.id),
    avatar_url: avatarUrl(place, owner),
    gravatar_id: "",
    url,
    html_url: `${place.config.url}/${owner.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: owner.type === "user" ? "User" : "Organization",
    user_view_type: "public",
    site_admin: owner.siteAdmin ?? false,
  };
}

/** A person who may be unknown by now: GitHub's `nullable-simple-user`. */
export const nullableSimpleUser = (place: Place, owner: Named | null | undefined): SimpleUser | null =>
  owner ? simpleUser(place, owner) : null;

export const publicUserShape = simpleUserShape.extend({
  name: z.string().nullable(),
  company: z.string().nullable(),
  blog: z.string().nullable(),
  location: z.string().nullable(),
  email: z.string().nullable(),
  hireable: z.boolean().nullable(),
  bio: z.string().nullable(),
  twitter_username: z.string().nullable(),
  public_repos: z.number().int(),
  public_gists: z.number().int(),
  followers: z.number().int(),
  following: z.number().int(),
  created_at: z.string(),
  updated_at: z.string(),
});

export type PublicUser = z.infer<typeof publicUserShape>;

/** A profile as anyone sees it. Nobody's e-mail address is in it; what this forge does not have is null or 0, as at GitHub. */
export function userView(place: Place, profile: PublicProfile): PublicUser {
  return {
    ...simpleUser(place, profile),
    name: profile.name,
    company: null,
    blog: profile.website ?? "",
    location: profile.location,
    email: null,
    hireable: null,
    bio: profile.bio,
    twitter_username: null,
    public_repos: profile.publicRepos,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: profile.createdAt.toISOString(),
    updated_at: profile.updatedAt.toISOString(),
  };
}

export const privateUserShape = publicUserShape.extend({
  private_gists: z.number().int().optional(),
  total_private_repos: z.number().int().optional(),
  owned_private_repos: z.number().int().optional(),
  disk_usage: z.number().int().optional(),
  collaborators: z.number().int().optional(),
  two_factor_authentication: z.boolean().optional(),
});

/** A profile as the person sees it. GitHub's shape asks for figures that this forge does not keep by person: they are 0. */
export function privateUserView(place: Place, profile: Profile): z.infer<typeof privateUserShape> {
  return {
    ...userView(place, profile),
    user_view_type: "private",
    email: profile.email,
    private_gists: 0,
    total_private_repos: profile.privateRepos,
    owned_private_repos: profile.privateRepos,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: false,
  };
}
