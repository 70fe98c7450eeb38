/** All commands, in the order in which the help names them. */
import type { Command } from "./command.ts";
import { administration } from "./commands/admin.ts";

export const commands: readonly Command[] = [...administration];
