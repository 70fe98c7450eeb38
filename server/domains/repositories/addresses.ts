/** Where a repository is found: in the API, on the web, by git, on disk. */
import type { GitRepository } from "../../git/store.ts";
import type { Context } from "../../kernel/context.ts";
import type { Repository } from "./access.ts";

type Place = Pick<Context, "config">;
type Named = Pick<Repository, "name"> & { readonly owner: Pick<Repository["owner"], "login"> };

/** The repository's address in the API. */
export const repositoryUrl = (place: Place, repo: Named): string =>
  `${place.config.url}/api/v3/repos/${fullName(repo)}`;

/** Its page. */
export const htmlUrl = (place: Place, repo: Named): string => `${place.config.url}/${fullName(repo)}`;

/** What `git clone` takes over HTTP. */
export const cloneUrl = (place: Place, repo: Named): string => `${htmlUrl(place, repo)}.git`;

/** What `git clone` takes over SSH. */
export function sshUrl({ config }: Place, repo: Named): string {
  const host = new URL(config.url).hostname;
  const port = config.sshPort === 22 ? "" : `:${config.sshPort}`;
  return `ssh://git@${host}${port}/${fullName(repo)}.git`;
}

/** `owner/name`, as people write it. */
export const fullName = (repo: Named): string => `${repo.owner.login}/${repo.name}`;

/** A path inside a URL: every segment encoded, the slashes kept. */
export const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

/** Its git data on this server's disk. */
export const gitOf = (ctx: Pick<Context, "git">, repo: Pick<Repository, "diskPath">): GitRepository =>
  ctx.git.directory(repo.diskPath);
