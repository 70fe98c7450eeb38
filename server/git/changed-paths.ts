/** Which files a change touches: names alone, all of them, however many there are. */
import { mergeBase } from "./ancestry.ts";
import { ContentCache } from "./cache.ts";
import { inScratch, mergeTrees } from "./merge-tree.ts";
import { requireObjectIds, type Repository } from "./object-ids.ts";
import { decodePath } from "./paths.ts";
import { git } from "./process.ts";

const kept = new ContentCache<readonly string[]>(16 * 1024 * 1024);

const sizeOf = (paths: readonly string[]) => paths.reduce((sum, path) => sum + path.length * 2 + 40, 100);

/** The files that differ between two commits or trees; of a renamed one both names. Cached. */
export function changedPaths(repo: Repository, from: string, to: string): Promise<readonly string[]> {
  requireObjectIds(from, to);
  return kept.load(`${repo.dir}\0${from}\0${to}`, () => differing(repo, from, to), sizeOf);
}

/**
 * The files that differ once `head` is merged into `base`, and those that `head` changed since it left `base`: the first are what
 * really happens (a file may have been renamed in `base` meanwhile), the second what people see. Cached.
 *
 * Where the two conflict, or have nothing in common, only the second are known.
 */
export function touchedPaths(repo: Repository, base: string, head: string): Promise<readonly string[]> {
  requireObjectIds(base, head);
  return kept.load(
    `${repo.dir}\0merged\0${base}\0${head}`,
    async () => {
      const common = await mergeBase(repo, base, head);
      if (common === null) return differing(repo, base, head);
      const [own, merged] = await Promise.all([
        changedPaths(repo, common, head),
        inScratch(repo, async (env) => {
          const result = await mergeTrees(repo, base, head, { env });
          return result.kind === "clean" ? differing(repo, base, result.tree, env) : [];
        }),
      ]);
      return [...new Set([...own, ...merged])];
    },
    sizeOf,
  );
}

async function differing(
  repo: Repository,
  from: string,
  to: string,
  env: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const args = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", "--end-of-options", from, to];
  const { stdout } = await git(repo.dir, args, { env, deadline: 20_000 });
  const paths: string[] = [];
  for (let at = 0; at < stdout.length;) {
    const end = stdout.indexOf(0, at);
    if (end < 0) break;
    paths.push(decodePath(stdout.subarray(at, end)));
    at = end + 1;
  }
  return paths;
}
