/** What an SSH client may ask for: one of git's two services, or a command that a domain above added, of a repository. */
import { isGitService, type GitService } from "../../../git/protocol/version.ts";
import type { Context } from "../../../kernel/context.ts";
import type { Repository } from "../access.ts";

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
  const parts = partsOf(
    /^(git[ -](?:upload|receive)-pack) (?:'([^']{1,300})'|"([^"]{1,300})"|(\S{1,300}))$/,
    command,
  );
  const [verb = "", target = ""] = parts;
  const service = verb.replace(" ", "-");
  const named = namesOf(target);
  return isGitService(service) && named ? { service, ...named } : null;
}

/** Answers a command about a repository that the actor may read with one text. */
export type SshAnswer = (ctx: Context, repo: Repository, words: readonly string[]) => Promise<string>;

const added = new Map<string, SshAnswer>();

/** To be called once, when a domain is loaded: the domain answers `verb '/owner/repo.git' words…`. */
export function addSshCommand(verb: string, answer: SshAnswer): void {
  added.set(verb, answer);
}

export interface AddedCommand {
  readonly answer: SshAnswer;
  readonly owner: string;
  readonly name: string;
  readonly words: readonly string[];
}

/** Reads a command that a domain above added; null for anything else. */
export function parseAddedCommand(command: string): AddedCommand | null {
  const [verb = "", target = "", rest = ""] = partsOf(
    /^([a-z-]{1,50}) (?:'([^']{1,300})'|"([^"]{1,300})"|(\S{1,300}))((?: [\w-]{1,100}){0,3})$/,
    command,
  );
  const answer = added.get(verb);
  const named = namesOf(target);
  return answer && named ? { answer, ...named, words: rest.split(" ").filter(Boolean) } : null;
}

const partsOf = (pattern: RegExp, command: string): string[] =>
  (pattern.exec(command.trim()) ?? []).filter((part) => part !== undefined).slice(1);

function namesOf(target: string): Pick<SshCommand, "owner" | "name"> | null {
  const [, owner, name] =
    /^\/?([A-Za-z0-9-]{1,39})\/([A-Za-z0-9._-]{1,100}?)(?:\.git)?\/?$/.exec(target) ?? [];
  return owner && name ? { owner, name } : null;
}
