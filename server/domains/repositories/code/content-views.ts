import { z } from "zod";
import type { PathEntry, SizedEntry } from "../../../git/trees.ts";
import type { Context } from "../../../kernel/context.ts";
import type { Repository } from "../access.ts";
import { cloneUrl, encodePath, htmlUrl, repositoryUrl } from "../addresses.ts";

const entryShape = z.object({
  type: z.enum(["file", "dir", "symlink", "submodule"]),
  name: z.string(),
  path: z.string(),
  sha: z.string(),
  size: z.int(),
  url: z.string(),
  html_url: z.string().nullable(),
  git_url: z.string().nullable(),
  download_url: z.string().nullable(),
  _links: z.object({ self: z.string(), git: z.string().nullable(), html: z.string().nullable() }),
});

/** GitHub's `content-file`, `content-symlink`, `content-submodule` and the entries of `content-directory`. */
export const contentShape = entryShape
  .extend({
    content: z.string().optional(),
    encoding: z.enum(["base64", "none"]).optional(),
    target: z.string().optional(),
    submodule_git_url: z.string().optional(),
  })
  .meta({ id: "Content" });

export type ContentView = z.input<typeof contentShape>;

const types = {
  file: "file",
  executable: "file",
  directory: "dir",
  symlink: "symlink",
  submodule: "submodule",
} as const;

export interface ContentEntry extends PathEntry {
  readonly size?: SizedEntry["size"];
}

/** @param ref the branch, tag or commit as the client named it */
export function entryView(ctx: Context, repo: Repository, entry: ContentEntry, ref: string): ContentView {
  const path = encodePath(entry.path);
  const api = repositoryUrl(ctx, repo);
  const html = htmlUrl(ctx, repo);
  const at = encodePath(ref);
  const folder = entry.kind === "directory";
  const self = `${api}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const foreign = entry.kind === "submodule";
  const git = foreign ? null : `${api}/git/${folder ? "trees" : "blobs"}/${entry.oid}`;
  const page = foreign ? null : `${html}/${folder ? "tree" : "blob"}/${at}/${path}`;
  return {
    type: types[entry.kind],
    name: entry.name,
    path: entry.path,
    sha: entry.oid,
    size: entry.size ?? 0,
    url: self,
    html_url: page,
    git_url: git,
    download_url: folder || foreign ? null : `${html}/raw/${at}/${path}`,
    _links: { self, git, html: page },
  };
}

/** Base64 in lines, as GitHub writes it. */
export const base64Lines = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString("base64")
    .replace(/.{1,60}/g, "$&\n");

/**
 * Where a submodule comes from, as `.gitmodules` says, made an absolute URL: relative ones are beside this repository, and
 * `git@host:path` is short for SSH.
 */
export function submoduleUrl(
  ctx: Context,
  repo: Repository,
  modules: string | null,
  path: string,
  oid: string,
): string {
  const written = modules === null ? null : urlInModules(modules, path);
  if (written !== null) {
    const [, user, host, rest] = /^(?:([\w.-]+)@)?([\w.-]+):(?!\/\/)(.+)$/.exec(written) ?? [];
    if (host && rest) return `ssh://${user ? `${user}@` : ""}${host}/${encodePath(rest)}`;
    const base = `${cloneUrl(ctx, repo)}/`;
    if (URL.canParse(written, base)) return new URL(written, base).href;
  }
  return `urn:git:${oid}`;
}

/** Reads the `url` beside a `path` in the format of git's configuration files. */
function urlInModules(text: string, path: string): string | null {
  for (const section of text.split(/^\s*\[/m)) {
    const value = (key: string) =>
      new RegExp(`^\\s*${key}\\s*=\\s*"?([^"\\n]*?)"?\\s*$`, "m").exec(section)?.[1] ?? null;
    if (value("path") === path) return value("url");
  }
  return null;
}
