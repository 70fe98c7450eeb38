import { deep, path } from "../../app/paths.ts";

export interface At {
  readonly owner: string;
  readonly repo: string;
}

/** The address of a folder, a file, its blame or its history at a branch, tag or commit. An empty path is the root. */
export const codeHref = (
  { owner, repo }: At,
  kind: "tree" | "blob" | "blame" | "commits" | "raw" | "edit" | "new" | "delete" | "upload",
  ref: string,
  file = "",
): string => path`/${owner}/${repo}/${kind}/${deep(ref)}` + (file === "" ? "" : path`/${deep(file)}`);

const tagPrefix = "refs/tags/";

/** The file to download of a branch, tag or commit. */
export const archiveHref = (
  { owner, repo }: At,
  { kind, name }: { readonly kind: "branch" | "tag" | "commit" | "other"; readonly name: string },
  format: "zip" | "tar.gz",
): string => {
  const prefix = kind === "branch" ? "refs/heads/" : kind === "tag" ? tagPrefix : "";
  // A tag that a branch hides is named in whole already.
  const whole = name.startsWith(tagPrefix) ? name : prefix + name;
  return path`/${owner}/${repo}/archive/${deep(whole)}.` + format;
};

export const commitHref = ({ owner, repo }: At, sha: string): string => path`/${owner}/${repo}/commit/${sha}`;

/** Seven digits, as git writes it among people. */
export const shortSha = (sha: string): string => sha.slice(0, 7);
