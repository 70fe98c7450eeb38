/** All commands, in the order in which the help names them. */
import type { Command } from "./command.ts";
import { administration } from "./commands/admin.ts";
import { anything } from "./commands/api.ts";
import { authentication } from "./commands/auth.ts";
import { gitCare } from "./commands/git.ts";
import { issues } from "./commands/issue.ts";
import { labels } from "./commands/label.ts";
import { mirrors } from "./commands/mirror.ts";
import { pullChanges } from "./commands/pr-changes.ts";
import { pulls } from "./commands/pr.ts";
import { repositories } from "./commands/repo.ts";

export const commands: readonly Command[] = [
  ...authentication,
  ...repositories,
  ...mirrors,
  ...issues,
  ...pulls,
  ...pullChanges,
  ...labels,
  ...anything,
  ...gitCare,
  ...administration,
];
