/**
 * `.gitmodules` in what comes in. git refuses the tricks it knows of while it takes a pack (`index-pack --strict`, fsck.c); a control
 * character in a submodule's name, path or address is not among them (CVE-2025-48384: a path that ends in a carriage return is
 * written as another path). Clients read the file at the root of a commit, so that is where it is looked for, and only in
 * commits that come anew.
 */
import type { Repository } from "../object-ids.ts";
import { isObjectId } from "../object-ids.ts";
import { git, GitError } from "../process.ts";
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
const mostListed = 64 * 1024 * 1024;

/** Versions that were found harmless, so that a push on top of one costs nothing; an id is its content. */
const harmless = new Set<string>();
const mostRemembered = 10_000;

/** A name that some file system takes for `.gitmodules`: in any case, NTFS's short one, HFS+ with characters it does not see. */
function isSubmodulesName(latin1: string): boolean {
  const name = Buffer.from(latin1, "latin1")
    .toString("utf8")
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, "");
  return /^(?:\.gitmodules|gitmod~[1-4])$/i.test(name);
}

/** Whether no tree of a small pack names a harmful file. False also for what cannot be told here: the long way tells. */
export async function isSmallHarmless(
  repository: Repository,
  pack: ReadonlyMap<string, PackedObject>,
): Promise<boolean> {
  for (const [oid, { type, data }] of pack) {
    if (type !== "tree") continue;
    for (const entry of treeEntries(data, oid.length / 2)) {
      if (entry.isTree || entry.isLink || !isSubmodulesName(entry.name) || harmless.has(entry.oid)) continue;
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
  if (unknown.length > mostVersions) throw new PackRefused("it has too many versions of .gitmodules");
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

/** The blobs that stand, or stood, under the name at the root. git compares root trees alone, and reads none below them. */
async function versionsIn(
  repository: Repository,
  env: Environment,
  ends: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const args = [
    "-c",
    "log.showRoot=true",
    "log",
    "--stdin",
    "--full-history",
    "-m",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--no-color",
    "--format=",
    "--not",
    "--all",
    "--",
    ":(top,icase).gitmodules",
    ...[1, 2, 3, 4].map((number) => `:(top,icase)gitmod~${number}`),
  ];
  const { exitCode, stdout, stderr } = await git(repository.dir, args, {
    env,
    input: ends.map((oid) => `${oid}\n`).join(""),
    deadline: lookMs,
    maxBytes: mostListed,
    exitCodes: [0, 128],
    ...(signal ? { signal } : {}),
  });
  if (exitCode !== 0) throw new GitError(args, exitCode, stderr);
  const found = new Set<string>();
  for (const line of stdout.toString("latin1").split("\n")) {
    const [, oid = ""] = /^:\d{6} 100\d{3} [0-9a-f]+ ([0-9a-f]+) /.exec(line) ?? [];
    if (isObjectId(oid)) found.add(oid);
  }
  return [...found];
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
