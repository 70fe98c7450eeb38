import { readBlob } from "./blobs.ts";
import { isObjectId, type Repository } from "./object-ids.ts";
import { objectInfos } from "./objects.ts";
import { pathEntry } from "./trees.ts";

/** Where a repository names the commits that blame should pass over, as other forges read it. */
export const passedOverPath = ".git-blame-ignore-revs";

const maxBytes = 128 * 1024;
const mostCommits = 500;

/**
 * The commits that a revision asks blame to pass over: whole ids, one a line, `#` begins a comment (git-blame(1),
 * `--ignore-revs-file`). Lines that name no commit of this repository are left out, as are all beyond 500, so that a bad
 * file breaks nothing. Null where there is no such file.
 */
export async function commitsPassedOver(repo: Repository, commit: string): Promise<readonly string[] | null> {
  const entry = await pathEntry(repo, commit, passedOverPath);
  if (entry?.kind !== "file" && entry?.kind !== "executable") return null;
  const { text } = await readBlob(repo, entry.oid, { maxBytes });
  const named = (text ?? "").split("\n").map((line) => line.replace(/#.*/, "").trim().toLowerCase());
  const ids = [...new Set(named.filter((id) => isObjectId(id) && id.length === commit.length))].slice(
    0,
    mostCommits,
  );
  const infos = await objectInfos(repo, ids);
  return ids.filter((_, index) => infos[index]?.type === "commit");
}
