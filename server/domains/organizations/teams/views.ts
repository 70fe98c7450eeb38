/** GitHub's shapes of teams. All members of the organization see them. */
import { z } from "zod";
import type { Config } from "../../../kernel/config.ts";
import { nodeId } from "../../../kernel/ids.ts";
import { organizationShape } from "../views.ts";
import type { Team, TeamCounts } from "./queries.ts";

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
    permission: z
      .enum(["pull", "push", "admin"])
      .describe("What it may do in the repository that was asked about; pull where none was"),
    type: z.literal("organization"),
    parent: z.null(),
  })
  .meta({ id: "Team" });

const counts = {
  members_count: z.int(),
  repos_count: z.int().describe("Those that the reader may see"),
};

/** In lists: GitHub's, with what it holds. */
export const listedTeamShape = teamShape.extend(counts);

export const countsView = (held: TeamCounts): z.input<z.ZodObject<typeof counts>> => ({
  members_count: held.members,
  repos_count: held.repositories,
});

export const fullTeamShape = teamShape
  .extend({
    ...counts,
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

/** Its page. */
export const teamHref = (place: Place, team: Team): string =>
  `${place.config.url}/orgs/${team.login}/teams/${team.name.toLowerCase()}`;

export function teamView(place: Place, team: Team): z.input<typeof teamShape> {
  const url = teamUrl(place, team);
  return {
    id: team.apiId,
    node_id: nodeId("Team", team.id),
    url,
    html_url: teamHref(place, team),
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
