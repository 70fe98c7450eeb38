import { pathEntry, readTree, type PathEntry } from "../../../git/trees.ts";
import type { GitRepository } from "../../../git/store.ts";

/** The best first: what renders, then what is plain. */
const kinds = [
  /^readme\.(?:md|markdown|mdown|mkdn)$/i,
  /^readme$/i,
  /^readme\.txt$/i,
  /^readme\.[a-z]{1,10}$/i,
];

/** The README of a folder at a commit (or tree), if it has one. */
export async function findReadme(
  git: GitRepository,
  commit: string,
  folder: string,
): Promise<PathEntry | null> {
  const at = await pathEntry(git, commit, folder);
  if (at?.kind !== "directory") return null;
  const files = (await readTree(git, at.oid)).filter(({ kind }) => kind === "file" || kind === "executable");
  for (const kind of kinds) {
    const found = files.find(({ name }) => kind.test(name));
    if (found) return { ...found, path: folder === "" ? found.name : `${folder}/${found.name}` };
  }
  return null;
}

/** Whether a file is shown as rendered Markdown. */
export const isMarkdown = (name: string): boolean => /\.(?:md|markdown|mdown|mkdn|mkd)$/i.test(name);
