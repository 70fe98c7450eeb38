/**
 * `.gitmodules` in what comes in. git refuses the tricks it knows of while it takes a pack (`index-pack --strict`, fsck.c); a control
 * character in a submodule's name, path or address is not among them (CVE-2025-48384: a path that ends in a carriage return is
 * written as another path). Clients read the file at the root of a commit, so that is where it is looked for, and only in
 * commits that come anew.
 */
import { pipeline } from "node:stream/promises";
import { startLong } from "../long-process.ts";
import { isDotGitmodules } from "../names.ts";
import type { Repository } from "../object-ids.ts";
import { isObjectId } from "../object-ids.ts";
import { git, GitError, ProcessSlots } from "../process.ts";
import { readObject } from "../objects.ts";
import { submoduleTextProblem } from "../submodule-files.ts";
import { PackRefused } from "./pack-refused.ts";
import type { PackedObject } from "./small-pack.ts";
import { treeEntries } from "./tree-entries.ts";

type Environment = Readonly<Record<string, string>>;

const maxBytes = 1024 * 1024;
/** Versions of the file that one push may bring: each is read. */
const mostVersions = 20_000;
const lookMs = 10 * 60_000;

/** Versions that were found harmless, so that a push on top of one costs nothing; an id is its content. */
const harmless = new Set<string>();
const mostRemembered = 10_000;

/** Whether no tree of a small pack names a harmful file. False also for what cannot be told here: the long way tells. */
export async function isSmallHarmless(
  repository: Repository,
  pack: ReadonlyMap<string, PackedObject>,
): Promise<boolean> {
  for (const [oid, { type, data }] of pack) {
    if (type !== "tree") continue;
    for (const entry of treeEntries(data, oid.length / 2)) {
      if (entry.isTree || entry.isLink || !isDotGitmodules(utf8(entry.name)) || harmless.has(entry.oid))
        continue;
      const bytes = pack.get(entry.oid)?.data ?? (await contentOf(repository, entry.oid));
      if (!bytes || !isPlain(bytes)) return false;
      remember(entry.oid);
    }
  }
  return true;
}

async function contentOf(repository: Repository, oid: string): Promise<Buffer | null> {
  const answer = await readObject(repository, oid, { maxBytes }).catch(() => null);
  return answer?.type === "blob" ? answer.data : null;
}

/**
 * Looks at every version of the file in the commits that these ends bring. Reads the repository and the quarantine.
 *
 * @throws PackRefused for a harmful one; GitError when the commits are not whole
 */
export async function refuseHarmfulSubmodules(
  repository: Repository,
  env: Environment,
  ends: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  if (ends.length === 0) return;
  const versions = await versionsIn(repository, env, ends, signal);
  const unknown = versions.filter((oid) => !harmless.has(oid));
  if (unknown.length > mostVersions) throw tooMany();
  for (const oid of unknown) {
    const { stdout } = await git(repository.dir, ["cat-file", "blob", oid], {
      env,
      maxBytes: 64 * 1024 * 1024,
      ...(signal ? { signal } : {}),
    });
    if (stdout.length > maxBytes) throw new PackRefused(`.gitmodules ${oid} is too large`);
    const problem = isPlain(stdout) ? null : await submoduleTextProblem(repository, stdout);
    if (problem !== null) throw new PackRefused(`.gitmodules ${oid} is not acceptable: ${problem}`);
    remember(oid);
  }
}

const utf8 = (latin1: string) => Buffer.from(latin1, "latin1").toString("utf8");

/**
 * What may be a name of the file, as git can match it; `isDotGitmodules` judges what it finds. HFS+ sees past some characters
 * wherever they stand.
 */
const mayBeNamed = ["*g*i*t*m*o*d*", "*~*"].map((pattern) => `:(top,icase,glob)${pattern}`);

// Each of the two processes holds its own place: two pushes that each had one and waited for another would wait for ever.
const comparing = new ProcessSlots(16);

/** The blobs that stand, or stood, under the name at the root. git compares root trees alone, and reads none below them. */
async function versionsIn(
  repository: Repository,
  env: Environment,
  ends: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const options = { env, deadline: lookMs, ...(signal ? { signal } : {}) };
  const listing = ["rev-list", "--stdin", "--not", "--all"];
  const words = ["--stdin", "--root", "-m", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-commit-id"];
  const comparison = ["diff-tree", ...words, "--", ...mayBeNamed];
  const commits = await startLong(repository.dir, listing, options);
  const changes = await startLong(repository.dir, comparison, { ...options, slots: comparing }).catch(
    (error: Error) => {
      commits.stop(error);
      throw error;
    },
  );
  const found = new Set<string>();
  const reader = new ChangeReader((change, name) => {
    const [, oid = ""] = /^:\d{6} 100\d{3} [0-9a-f]+ ([0-9a-f]+) /.exec(change) ?? [];
    if (!isObjectId(oid) || !isDotGitmodules(utf8(name))) return;
    found.add(oid);
    if (found.size > mostVersions + mostRemembered) changes.stop(tooMany());
  });
  changes.stdout.on("data", (chunk: Buffer) => reader.take(chunk.toString("latin1")));
  commits.stdin.end(ends.map((oid) => `${oid}\n`).join(""));
  // A broken pipe shows in the exit code of the one that broke it.
  await pipeline(commits.stdout, changes.stdin).catch((error: Error) => {
    commits.stop(error);
    changes.stop(error);
  });
  const [listed, compared] = await Promise.all([commits.end, changes.end]);
  // Commits that cannot be read are told by whichever meets them first.
  if (listed.exitCode !== 0 && listed.exitCode !== null)
    throw new GitError(listing, listed.exitCode, listed.stderr);
  if (compared.exitCode !== 0 && compared.exitCode !== null)
    throw new GitError(comparison, compared.exitCode, compared.stderr);
  const stopped = compared.stopped ?? listed.stopped;
  if (stopped) throw stopped;
  if (listed.exitCode === null || compared.exitCode === null)
    throw new GitError(comparison, null, "it was killed");
  return [...found];
}

const tooMany = () => new PackRefused("it has too many versions of .gitmodules");

/** Changes as `--raw -z` writes them: what changed, and the name, each with a NUL behind it. */
class ChangeReader {
  readonly #each: (change: string, name: string) => void;
  #rest = "";

  constructor(each: (change: string, name: string) => void) {
    this.#each = each;
  }

  take(text: string): void {
    const parts = (this.#rest + text).split("\0");
    const whole = parts.length - 1 - ((parts.length - 1) % 2);
    this.#rest = parts.slice(whole).join("\0");
    for (let at = 0; at < whole; at += 2) this.#each(parts[at] ?? "", parts[at + 1] ?? "");
  }
}

/**
 * Whether a configuration cannot have a control character in a value: no byte that is one but for tabs and line ends, and no
 * backslash that could stand for one. The rest of git's rules were checked when the pack came in.
 */
function isPlain(bytes: Buffer): boolean {
  if (bytes.length > maxBytes) return false;
  for (const [index, byte] of bytes.entries()) {
    if (byte >= 0x20 && byte !== 0x7f && byte !== 0x5c) continue;
    if (byte === 0x09 || byte === 0x0a) continue;
    if (byte === 0x0d && bytes[index + 1] === 0x0a) continue;
    return false;
  }
  return true;
}

function remember(oid: string): void {
  if (harmless.size >= mostRemembered) harmless.clear();
  harmless.add(oid);
}
