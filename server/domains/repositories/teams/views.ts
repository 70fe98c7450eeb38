/** GitHub's shapes of what teams may do. */
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import type { Level } from "../../../kernel/grants.ts";
import { teamShape, teamView } from "../../organizations/index.ts";
import { permissionsOf, permissionsShape, repositoryShape, repositoryView } from "../views.ts";
import type { TeamAtWork, WorkOfTeam } from "./queries.ts";

/** GitHub's words: its `triage` and `maintain` have no level of their own here. */
export const permissionWords = { read: "pull", write: "push", admin: "admin" } as const satisfies Record<
  Level,
  string
>;

export const teamAtWorkShape = teamShape.extend({ permissions: permissionsShape });

export const teamAtWorkView = (
  ctx: Context,
  { team, permission }: TeamAtWork,
): z.input<typeof teamAtWorkShape> => ({
  ...teamView(ctx, team),
  permission: permissionWords[permission],
  permissions: permissionsOf(permission),
});

/** `permissions` and `role_name` are the team's, not the reader's. */
export const workOfTeamShape = repositoryShape.extend({
  permissions: permissionsShape,
  role_name: z.enum(["read", "write", "admin"]),
});

export const workOfTeamView = (
  ctx: Context,
  { repository, permission }: WorkOfTeam,
): z.input<typeof workOfTeamShape> => ({
  ...repositoryView(ctx, repository),
  permissions: permissionsOf(permission),
  role_name: permission,
});
