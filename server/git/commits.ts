/** Commits and lists of them. */
import { ContentCache } from "./cache.ts";
import { parseCommit, type Commit } from "./commit-objects.ts";
import { isObjectId, requireObjectIds, type Repository } from "./object-ids.ts";
import { MissingObject, readObjects } from "./objects.ts";
import { limitToPath, literalPaths } from "./paths.ts";
import { gitText } from "./process.ts";

export type { Commit, Signature } from "./commit-objects.ts";

const cached = new ContentCache<Commit>(24 * 1024 * 1024);
const counts = new ContentCache<number>(1024 * 1024);
const lists = new ContentCache<readonly string[]>(8 * 1024 * 1024);
const maxCommitBytes = 4 * 1024 * 1024;

/** A commit by its id; null when the repository has no commit with it. */
export async function readCommit(repo: Repository, oid: string): Promise<Commit | null> {
  return isObjectId(oid) ? ((await lookUp(repo, [oid]))[0] ?? null) : null;
}

/** Commits by their ids, in that order; throws MissingObject when one is not there. */
export async function readCommits(repo: Repository, oids: readonly string[]): Promise<Commit[]> {
  return (await lookUp(repo, oids)).map((commit, index) => {
    if (!commit) throw new MissingObject(oids[index] ?? "", "commit");
    return commit;
  });
}

async function lookUp(repo: Repository, oids: readonly string[]): Promise<(Commit | null)[]> {
  const known = oids.map((oid) => cached.get(`${repo.dir}\0${oid}`) ?? null);
  const missing = oids.filter((_, index) => !known[index]);
  if (missing.length === 0) return known;
  const found = new Map<string, Commit>();
  const answers = await readObjects(repo, missing, { maxBytes: maxCommitBytes, truncate: true });
  for (const answer of answers) {
    if (answer?.type !== "commit") continue;
    const commit = parseCommit(answer.oid, answer.data);
    found.set(commit.oid, commit);
    cached.set(`${repo.dir}\0${commit.oid}`, commit, 600 + answer.data.length * 3);
  }
  return oids.map((oid, index) => known[index] ?? found.get(oid) ?? null);
}

export interface CommitFilter {
  /** Where the list begins: an id. */
  readonly from: string;
  /** Commits reachable from these are left out. */
  readonly exclude?: readonly string[];
  /** Only commits that changed this file or folder. */
  readonly path?: string;
  /** Only commits whose author (`Name <address>`) contains one of these texts, in any case. */
  readonly authors?: readonly string[];
  /** Only commits at or after this moment, by committer date (as in `git log`). */
  readonly since?: Date;
  /** Only commits at or before this moment. */
  readonly until?: Date;
  /** Follow only the first parent of merges. */
  readonly firstParent?: boolean;
}

export interface CommitPage {
  /** Newest first, as `git log` orders them. */
  readonly commits: readonly Commit[];
  /** Whether there are more after these. */
  readonly more: boolean;
}

const deadline = 20_000;

/** A page of the history of a commit. `skip` and `limit` count commits; 30 unless told. */
export async function listCommits(
  repo: Repository,
  filter: CommitFilter & { readonly skip?: number; readonly limit?: number },
): Promise<CommitPage> {
  const limit = filter.limit ?? 30;
  const oids = await listCommitIds(repo, filter, [
    `--skip=${Math.max(0, Math.trunc(filter.skip ?? 0))}`,
    `--max-count=${limit + 1}`,
  ]);
  return { commits: await readCommits(repo, oids.slice(0, limit)), more: oids.length > limit };
}

/** The newest commit up to `from` that changed a file or folder (`""`: any); null when none did. */
export async function latestCommit(repo: Repository, from: string, path: string): Promise<Commit | null> {
  const [oid] = path === "" ? [from] : await listCommitIds(repo, { from, path }, ["--max-count=1"]);
  return oid === undefined ? null : readCommit(repo, oid);
}

/** How many commits a filter matches; cached. */
export function countCommits(repo: Repository, filter: CommitFilter): Promise<number> {
  return counts.load(
    `${repo.dir}\0${JSON.stringify(filter)}`,
    async () => {
      const { args, input } = selection(filter);
      const whole =
        !filter.path && !filter.authors?.length && !filter.since && !filter.until && !filter.firstParent;
      const count = ["rev-list", "--count", ...(whole ? ["--use-bitmap-index"] : []), ...args];
      return Number(await gitText(repo.dir, count, { env: literalPaths, deadline, ...input }));
    },
    () => 100,
  );
}

/**
 * What a pull request brings: the commits of `head` that are not in `base`, oldest first, as `git log` would show
 * them from the bottom. At most `limit` (250 unless told), the newest; `total` counts all.
 */
export async function commitsBetween(
  repo: Repository,
  base: string,
  head: string,
  options: { readonly limit?: number } = {},
): Promise<{ readonly commits: readonly Commit[]; readonly total: number }> {
  const limit = options.limit ?? 250;
  const filter = { from: head, exclude: [base] };
  const oids = await listCommitIds(repo, filter, ["--topo-order", `--max-count=${limit + 1}`]);
  const total = oids.length > limit ? await countCommits(repo, filter) : oids.length;
  return { commits: await readCommits(repo, oids.slice(0, limit).toReversed()), total };
}

/** What a commit holds never changes, so neither does such a list. */
function listCommitIds(
  repo: Repository,
  filter: CommitFilter,
  more: readonly string[],
): Promise<readonly string[]> {
  const { args, input } = selection(filter);
  return lists.load(
    `${repo.dir}\0${JSON.stringify([filter, more])}`,
    async () => {
      const options = { env: literalPaths, deadline, ...input };
      const text = await gitText(repo.dir, ["rev-list", ...more, ...args], options);
      return text.split("\n").filter((line) => line !== "");
    },
    (oids) => oids.length * 60,
  );
}

function selection(filter: CommitFilter): { args: string[]; input: { input?: Buffer } } {
  const exclude = filter.exclude ?? [];
  requireObjectIds(filter.from, ...exclude);
  const authors = (filter.authors ?? []).map((author) => {
    if (/[\0\n]/.test(author)) throw new TypeError("an author is one line");
    return `--author=${author}`;
  });
  const limited = limitToPath(filter.path ?? "");
  const args = [
    ...(authors.length ? ["--fixed-strings", "--regexp-ignore-case", ...authors] : []),
    ...(filter.since ? [`--max-age=${seconds(filter.since)}`] : []),
    ...(filter.until ? [`--min-age=${seconds(filter.until)}`] : []),
    ...(filter.firstParent ? ["--first-parent"] : []),
    filter.from,
    ...exclude.map((oid) => `^${oid}`),
    ...limited.args,
  ];
  return { args, input: limited.input ? { input: limited.input } : {} };
}

function seconds(date: Date): number {
  return Math.max(0, Math.floor(date.getTime() / 1000));
}
