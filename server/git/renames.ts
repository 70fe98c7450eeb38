import { ContentCache } from "./cache.ts";
import { requireObjectIds, type Repository } from "./object-ids.ts";
import { decodePath } from "./paths.ts";
import { git } from "./process.ts";

const cached = new ContentCache<ReadonlyMap<string, string>>(4 * 1024 * 1024);

/**
 * The files that have another path in a later commit or tree, new paths by old ones, found by their likeness; cached. Of thousands of
 * files that came and went at once, git compares the equal ones only.
 */
export function renamesBetween(
  repo: Repository,
  from: string,
  to: string,
): Promise<ReadonlyMap<string, string>> {
  requireObjectIds(from, to);
  return cached.load(
    `${repo.dir}\0${from}\0${to}`,
    async () => {
      const args = ["diff-tree", "-r", "-z", "--name-status", "--find-renames", "--diff-filter=R", from, to];
      const { stdout } = await git(repo.dir, [...args, "--"], { deadline: 20_000 });
      return readRenames(stdout);
    },
    (renames) => [...renames].reduce((sum, pair) => sum + 100 + pair.join("").length * 2, 100),
  );
}

/** Status, old path and new path in turn, each with a NUL behind it. */
function readRenames(answer: Buffer): Map<string, string> {
  const fields: Buffer[] = [];
  for (let at = 0; at < answer.length;) {
    const end = answer.indexOf(0, at);
    fields.push(answer.subarray(at, end < 0 ? answer.length : end));
    at = end < 0 ? answer.length : end + 1;
  }
  const renames = new Map<string, string>();
  for (let at = 0; at + 2 < fields.length; at += 3)
    renames.set(decodePath(fields[at + 1] ?? Buffer.alloc(0)), decodePath(fields[at + 2] ?? Buffer.alloc(0)));
  return renames;
}
