/**
 * Letting go of objects that no reference reaches and none ever held: commits and blobs of the API that nobody used, trees of
 * trial merges, pushes that lost their race.
 *
 * What a reference once held stays for good: git counts the reflogs as references, and `kept-logs.ts` saves the reflog of what
 * is deleted. So a link to a commit of before a forced push leads somewhere as long as the repository lives.
 *
 * Three things make the rest safe. An object waits for `grace` first. It is not deleted then but put aside, in a pack outside of
 * the object store. And before that pack is deleted, a day later, all that references reach is walked: whatever somebody began
 * to build upon while it went aside (a push that was let in a moment before) is missed there, and the whole pack comes back.
 */
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Repository } from "../object-ids.ts";
import { GitError, gitText } from "../process.ts";
import { gitVersion, isAtLeast } from "../version.ts";
import { care, longestStep, watchCare, type CareOptions } from "./care.ts";
import { extendGraph, repack } from "./maintenance.ts";

export interface ExpiryOptions extends CareOptions {
  /** Milliseconds that an object which nothing reaches must have lain untouched. */
  readonly grace: number;
  /** Milliseconds that it lies aside after that; a day unless told. */
  readonly aside?: number;
  /** Such objects that are worth rewriting the repository for. */
  readonly atLeast?: number;
}

export interface Expired {
  /** Whether objects went aside. */
  readonly putAside: boolean;
  /** Packs that were deleted for good. */
  readonly deleted: number;
  /** Packs that came back because something was missed: worth a look. */
  readonly broughtBack: number;
}

const day = 24 * 3_600_000;
/** The shortest grace: longer than the longest of any process that reads or writes. */
export const shortestGrace = 24 * longestStep;
/** `repack --expire-to` came with it; with an older git nothing is let go. */
const expiringGit = "2.39.0";
const worthIt = 1_000;

const asideOf = (repo: Repository) => path.join(repo.dir, "objects", "aside");

/** One round. To be called now and then, and not twice at once for a repository. Throws GitError, GitTimeout. */
export async function expire(repo: Repository, options: ExpiryOptions): Promise<Expired> {
  const settled = await settleAside(repo, options, options.aside ?? day);
  if (!isAtLeast(await gitVersion(), expiringGit)) return { putAside: false, ...settled };
  if ((await countUnreached(repo)) < (options.atLeast ?? worthIt)) return { putAside: false, ...settled };
  const putAside = await putUnreachedAside(repo, options);
  if (!putAside) return { putAside, ...settled };
  // A graph that names what is gone misleads git; and who was hurt at this moment should not wait for a day.
  await extendGraph(repo, options, true);
  const now = await settleAside(repo, options, Infinity);
  return { putAside, deleted: settled.deleted, broughtBack: settled.broughtBack + now.broughtBack };
}

/** Objects on disk less those that references and reflogs reach; one that lies in two packs counts twice. */
async function countUnreached(repo: Repository): Promise<number> {
  const said = await gitText(repo.dir, ["count-objects", "-v"]);
  const value = (name: string) => Number(new RegExp(`^${name}: (\\d+)$`, "m").exec(said)?.[1] ?? 0);
  const all = value("count") + value("in-pack");
  if (all === 0) return 0;
  const reached = ["rev-list", "--objects", "--all", "--reflog", "--count", "--use-bitmap-index"];
  return all - Number(await gitText(repo.dir, reached, { deadline: 10 * 60_000 }));
}

async function putUnreachedAside(repo: Repository, options: ExpiryOptions): Promise<boolean> {
  // Loose objects first become part of a pack: git would put a copy aside and leave the file.
  await repack(repo, options);
  const folder = path.join(asideOf(repo), String(Date.now()));
  await mkdir(folder, { recursive: true });
  const before = new Date(Date.now() - Math.max(options.grace, shortestGrace)).toISOString();
  const packing = [
    "repack",
    "--cruft",
    `--cruft-expiration=${before}`,
    `--expire-to=${folder}/pack`,
    "-d",
    "-q",
  ];
  try {
    await care(repo, [...packing, "--write-midx", "--write-bitmap-index"], options);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    await care(repo, [...packing, "--write-midx"], options);
  }
  if ((await packsIn(folder)).length > 0) return true;
  await rm(folder, { recursive: true, force: true });
  return false;
}

/** Deletes what lay aside for long enough, or brings all back when something of it is missed. */
async function settleAside(
  repo: Repository,
  options: CareOptions,
  age: number,
): Promise<Pick<Expired, "deleted" | "broughtBack">> {
  const folders: string[] = [];
  for (const name of await readdir(asideOf(repo)).catch(() => []))
    folders.push(path.join(asideOf(repo), name));
  if (folders.length === 0) return { deleted: 0, broughtBack: 0 };
  if (await lacksSomething(repo, options)) {
    let broughtBack = 0;
    for (const folder of folders) broughtBack += await bringBack(repo, folder);
    return { deleted: 0, broughtBack };
  }
  let deleted = 0;
  for (const folder of folders) {
    const since = await stat(folder).catch(() => null);
    if (!since || Date.now() - since.mtimeMs < age) continue;
    deleted += (await packsIn(folder)).length;
    await rm(folder, { recursive: true, force: true });
  }
  return { deleted, broughtBack: 0 };
}

/** Whether references reach an object that is not there. */
async function lacksSomething(repo: Repository, options: CareOptions): Promise<boolean> {
  const walk = ["-c", "core.commitGraph=false", "rev-list", "--objects", "--all", "--reflog", "--quiet"];
  return (await watchCare(repo, walk, options)).exitCode !== 0;
}

async function bringBack(repo: Repository, folder: string): Promise<number> {
  const packs = await packsIn(folder);
  for (const name of packs) {
    const stem = name.slice(0, -".pack".length);
    // Without its times it is an ordinary pack, whose objects begin to wait anew. A pack exists as soon as its index does.
    for (const end of [".pack", ".idx"])
      await rename(
        path.join(folder, `${stem}${end}`),
        path.join(repo.dir, "objects", "pack", `${stem}${end}`),
      );
  }
  await rm(folder, { recursive: true, force: true });
  return packs.length;
}

const packsIn = async (folder: string) =>
  (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".pack"));
