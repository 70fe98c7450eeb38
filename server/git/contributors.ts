/** Who wrote the commits of a history, and how many. */
import { ContentCache } from "./cache.ts";
import { requireObjectIds, type Repository } from "./object-ids.ts";
import { gitText } from "./process.ts";

export interface Contributor {
  readonly name: string;
  readonly email: string;
  readonly commits: number;
}

export interface Contributors {
  /** Who wrote most stands first; at most a thousand. */
  readonly authors: readonly Contributor[];
  /** How many authors there are. */
  readonly total: number;
}

const most = 1_000;
const cached = new ContentCache<Contributors>(8 * 1024 * 1024);

/**
 * The authors of a commit and all before it, as `git shortlog -sne` counts them: by name and address, which the commit's
 * `.mailmap` makes one where somebody has several. What a commit holds never changes, so neither does the answer.
 */
export function contributorsOf(repo: Repository, commit: string): Promise<Contributors> {
  requireObjectIds(commit);
  return cached.load(
    `${repo.dir}\0${commit}`,
    async () => {
      const args = ["-c", `mailmap.blob=${commit}:.mailmap`, "shortlog", "-s", "-n", "-e", commit];
      const lines = (await gitText(repo.dir, args, { deadline: 20_000 })).split("\n");
      const authors = lines.flatMap((line) => {
        const [, count, name = "", email = ""] = /^\s*(\d+)\t(.*?) ?<([^<]*)>$/.exec(line) ?? [];
        return count === undefined ? [] : [{ name, email, commits: Number(count) }];
      });
      return { authors: authors.slice(0, most), total: authors.length };
    },
    ({ authors }) =>
      100 + authors.reduce((sum, { name, email }) => sum + 80 + 2 * (name.length + email.length), 0),
  );
}
