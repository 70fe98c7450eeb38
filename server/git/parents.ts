/** The shape of a history: which commits have which parents. */
import { ContentCache } from "./cache.ts";
import { requireObjectIds, type Repository } from "./object-ids.ts";
import { gitText } from "./process.ts";

const cached = new ContentCache<ReadonlyMap<string, readonly string[]>>(8 * 1024 * 1024);

/**
 * The parents of each commit that one of `heads` has and `base` lacks, from one walk; at most the newest `limit` commits (10,000
 * unless told). What commits hold never changes, so it is kept.
 *
 * @throws GitError when a head is not there
 */
export function parentsAbove(
  repo: Repository,
  heads: readonly string[],
  base: string,
  limit = 10_000,
): Promise<ReadonlyMap<string, readonly string[]>> {
  requireObjectIds(base, ...heads);
  const names = [...new Set(heads)].toSorted();
  return cached.load(
    `${repo.dir}\0${base}\0${limit}\0${names.join()}`,
    async () => {
      const input = [`^${base}`, ...names].map((line) => `${line}\n`).join("");
      const args = ["rev-list", "--parents", `--max-count=${limit}`, "--stdin"];
      const text = await gitText(repo.dir, args, { input, deadline: 20_000 });
      const lines = text.split("\n").filter((line) => line !== "");
      return new Map(
        lines.map((line) => {
          const [commit = "", ...parents] = line.split(" ");
          return [commit, parents] as const;
        }),
      );
    },
    (found) => 200 + found.size * 150,
  );
}
