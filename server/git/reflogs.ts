/**
 * Who moved a reference, when and why: git notes it beside the reference (core.logAllRefUpdates, gitglossary "reflog"). Notes
 * are dropped when they are old, or a branch that moves every minute would grow one for ever.
 */
import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Repository } from "./object-ids.ts";
import { startLong } from "./long-process.ts";
import { GitError } from "./process.ts";

const keptDays = 90;
const day = 24 * 3_600_000;
/** Its time tells when notes were dropped last. */
const mark = "reflogs-expired";

/**
 * Drops notes older than 90 days, at most once a day. Writers may come in between; objects that only a note named stay, as
 * nothing prunes them. Throws GitError, GitTimeout.
 *
 * @returns whether it was time
 */
export async function expireReflogs(repository: Repository, now = new Date()): Promise<boolean> {
  const file = path.join(repository.dir, mark);
  const last = await stat(file).catch(() => null);
  if (last && now.getTime() - last.mtimeMs < day) return false;
  await writeFile(file, "");
  // Both ages are the same, so git needs not find out what is still reachable.
  const ages = ["--expire", "--expire-unreachable"].map((name) => `${name}=${keptDays}.days`);
  const args = ["reflog", "expire", ...ages, "--all"];
  const process = await startLong(repository.dir, args, { deadline: 30 * 60_000, queue: 10 * 60_000 });
  process.stdin.end();
  process.stdout.resume();
  const { exitCode, stderr, stopped } = await process.end;
  if (stopped) throw stopped;
  if (exitCode !== 0) throw new GitError(args, exitCode, stderr);
  return true;
}
