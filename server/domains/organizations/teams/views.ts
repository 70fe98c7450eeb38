/** GitHub's shapes of teams. Here a team gives no rights, and all members of the organization see it. */
import { z } from "zod";
import type { Config } from "../../../kernel/config.ts";
import { nodeId } from "../../../kernel/ids.ts";
import { organizationShape } from "../views.ts";
import type { Team } from "./queries.ts";

export const teamShape = z
  .object({
    id: z.int(),
    node_id: z.string(),
    url: z.url(),
    html_url: z.url(),
    members_url: z.string(),
    repositories_url: z.url(),
    name: z.string(),
    slug: z.string().describe("The name in lower case"),
    description: z.string().nullable(),
    privacy: z.literal("closed"),
    permission: z.literal("pull"),
    type: z.literal("organization"),
    parent: z.null(),
  })
  .meta({ id: "Team" });

export const fullTeamShape = teamShape
  .extend({
    members_count: z.int(),
    repos_count: z.int(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    organization: organizationShape,
  })
  .meta({ id: "TeamFull" });

interface Place {
  readonly config: Config;
}

export const teamUrl = (place: Place, team: Team): string =>
  `${place.config.url}/api/v3/orgs/${team.login}/teams/${team.name.toLowerCase()}`;

export function teamView(place: Place, team: Team): z.input<typeof teamShape> {
  const url = teamUrl(place, team);
  return {
    id: team.apiId,
    node_id: nodeId("Team", team.id),
    url,
    html_url: `${place.config.url}/${team.login}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    name: team.name,
    slug: team.name.toLowerCase(),
    description: team.description,
    privacy: "closed",
    permission: "pull",
    type: "organization",
    parent: null,
  };
}
