/** What an SSH client may ask for: one of git's two services and a repository. */
import { isGitService, type GitService } from "../../../git/protocol/version.ts";

export interface SshCommand {
  readonly service: GitService;
  readonly owner: string;
  readonly name: string;
}

/**
 * Reads `git-upload-pack '/owner/repo.git'` (also `git upload-pack`, without quotes, slash or `.git`). Nothing of it ever
 * reaches a shell or a path: the names are looked up. Null for anything else.
 */
export function parseSshCommand(command: string): SshCommand | null {
  const [, verb = "", target = ""] =
    /^(git[ -](?:upload|receive)-pack) (?:'([^']{1,300})'|"([^"]{1,300})"|(\S{1,300}))$/
      .exec(command.trim())
      ?.filter((part) => part !== undefined) ?? [];
  const service = verb.replace(" ", "-");
  const [, owner, name] =
    /^\/?([A-Za-z0-9-]{1,39})\/([A-Za-z0-9._-]{1,100}?)(?:\.git)?\/?$/.exec(target) ?? [];
  if (!isGitService(service) || !owner || !name) return null;
  return { service, owner, name };
}
