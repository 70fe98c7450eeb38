/**
 * The history of a file under all its names.
 *
 * `git log --follow` compares every commit and cannot begin in the middle, so a page far down would cost the whole way.
 * Here each name has its own quick walk (with changed-path filters); at the commit that brought the name, one comparison of
 * that commit says what the file was called before, and the walk goes on there from its parent.
 */
import { ContentCache } from "./cache.ts";
import { listCommits, readCommit, type Commit, type CommitFilter } from "./commits.ts";
import { requireObjectIds, type Repository } from "./object-ids.ts";
import { decodePath, hasRawBytes, literalPaths } from "./paths.ts";
import { git } from "./process.ts";

/** Where a walk stands: a name, the commit from which it is looked for, and how many commits were passed under it. */
export interface FilePlace {
  readonly from: string;
  readonly path: string;
  readonly skip: number;
}

export interface FileCommit {
  readonly commit: Commit;
  /** What the file was called in this commit. */
  readonly path: string;
  /** What it was called before this commit, where that is another name. */
  readonly renamedFrom: string | null;
}

export interface FileHistoryPage {
  readonly entries: readonly FileCommit[];
  /** Where the next page begins; null at the end. */
  readonly next: FilePlace | null;
}

interface Origin {
  readonly parent: string;
  readonly path: string;
}

type Filter = Pick<CommitFilter, "authors" | "since" | "until">;

const deadline = 20_000;
/** Names of one file within one page; a history that goes in circles ends here. */
const mostNames = 50;
const origins = new ContentCache<Origin | null>(2 * 1024 * 1024);

/** A page of the history of a file, newest first. Throws GitTimeout past 20 seconds for one walk. */
export async function fileHistory(
  repo: Repository,
  start: FilePlace,
  options: { readonly limit: number; readonly filter?: Filter },
): Promise<FileHistoryPage> {
  const filter = options.filter ?? {};
  const entries: FileCommit[] = [];
  let place = start;
  for (let names = 0; names < mostNames; names += 1) {
    const { from, path, skip } = place;
    const room = options.limit - entries.length;
    const { commits, more } = await listCommits(repo, { ...filter, from, path, skip, limit: room });
    const brought = await broughtBy(repo, path, from, commits, { more, filtered: isFilter(filter) });
    const origin = brought === null ? null : await originOf(repo, brought, path);
    const last = origin ? commits.findIndex(({ oid }) => oid === brought) : -1;
    const shown = last < 0 ? commits : commits.slice(0, last + 1);
    for (const commit of shown)
      entries.push({ commit, path, renamedFrom: commit.oid === brought ? (origin?.path ?? null) : null });
    if (!origin) return { entries, next: more ? { from, path, skip: skip + commits.length } : null };
    place = { from: origin.parent, path: origin.path, skip: 0 };
    if (entries.length >= options.limit) return { entries, next: place };
  }
  return { entries, next: null };
}

const isFilter = ({ authors, since, until }: Filter) => Boolean(authors?.length || since || until);

/** The commit within reach of this page that brought the name: among those at hand, or, where some were left out, before them. */
async function broughtBy(
  repo: Repository,
  path: string,
  from: string,
  commits: readonly Commit[],
  { more, filtered }: { readonly more: boolean; readonly filtered: boolean },
): Promise<string | null> {
  if (hasRawBytes(path)) return null;
  if (filtered) return more ? null : latestAddition(repo, from, path);
  const single = commits.filter(({ parents }) => parents.length <= 1);
  if (single.length === 0) return null;
  const input = Buffer.from(single.map(({ oid }) => `${oid}\n`).join(""));
  const args = ["diff-tree", "--stdin", "--raw", "--root", "-r", "-z", "--no-renames", "--diff-filter=A"];
  const { stdout } = await git(repo.dir, [...args, "--", path], { env: literalPaths, deadline, input });
  // The first field is the id of the first commit that added the file; one that did not is not named at all.
  return splitNul(stdout)[0]?.toString("latin1") ?? null;
}

async function latestAddition(repo: Repository, from: string, path: string): Promise<string | null> {
  requireObjectIds(from);
  const args = ["log", "--max-count=1", "--format=%H", "--no-renames", "--diff-filter=A", from, "--", path];
  const { stdout } = await git(repo.dir, args, { env: literalPaths, deadline });
  return stdout.toString("latin1").trim() || null;
}

/** What a file was called before the commit that brought its name; null where that commit made it anew. */
function originOf(repo: Repository, commit: string, path: string): Promise<Origin | null> {
  requireObjectIds(commit);
  return origins.load(
    `${repo.dir}\0${commit}\0${path}`,
    async () => {
      const args = [
        "diff-tree",
        "-r",
        "-z",
        "--raw",
        "--no-commit-id",
        "-M",
        "-l1000",
        "--diff-filter=R",
        commit,
      ];
      const { stdout } = await git(repo.dir, args, { deadline });
      const fields = splitNul(stdout);
      for (let at = 0; at + 2 < fields.length; at += 3) {
        if (decodePath(fields[at + 2] ?? Buffer.alloc(0)) !== path) continue;
        const old = decodePath(fields[at + 1] ?? Buffer.alloc(0));
        const parent = (await readCommit(repo, commit))?.parents[0];
        return parent === undefined ? null : { parent, path: old };
      }
      return null;
    },
    (origin) => 100 + (origin?.path.length ?? 0) * 2,
  );
}

function splitNul(bytes: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  let from = 0;
  for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, from)) {
    fields.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return fields;
}
