/** Whether many heads merge into one base: one git process for all of them, whose results are thrown away. */
import { attributeArguments } from "./attributes.ts";
import { inScratch, mergeSettings } from "./merge-tree.ts";
import { isObjectId, requireObjectIds, type Repository } from "./object-ids.ts";
import { git, GitError } from "./process.ts";

/** Heads in one process: its answer is held in memory. */
const together = 200;

/**
 * By head: true when it merges cleanly into `base`, false when they conflict, null when git could not say (no common history, a
 * commit that is missing).
 *
 * `git merge-tree --stdin` answers one record a line, which begins with `1` (clean) or `0` and ends in an empty field, and dies at
 * a pair that it cannot merge: the records before it stand, and the sweep goes on behind it.
 */
export async function sweepMerges(
  repo: Repository,
  base: string,
  heads: readonly string[],
): Promise<Map<string, boolean | null>> {
  requireObjectIds(base, ...heads);
  const left = [...new Set(heads)];
  const found = new Map<string, boolean | null>();
  if (left.length === 0) return found;
  const attributes = await attributeArguments(repo, base);
  await inScratch(repo, async (env) => {
    while (left.length > 0) {
      const batch = left.slice(0, together);
      const answers = await mergeAll(repo, attributes, base, batch, env);
      for (const [index, clean] of answers.entries()) found.set(batch[index] ?? "", clean);
      left.splice(0, answers.length);
      if (answers.length === batch.length) continue;
      // The process died at the next one.
      found.set(left.shift() ?? "", null);
    }
  });
  return found;
}

async function mergeAll(
  repo: Repository,
  attributes: readonly string[],
  base: string,
  heads: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<boolean[]> {
  const args = [...mergeSettings, ...attributes, "merge-tree", "--write-tree", "--stdin", "--no-messages"];
  const input = heads.map((head) => `${base} ${head}\n`).join("");
  const codes = { exitCodes: [0, 1, 128], deadline: 120_000 };
  const { stdout, exitCode, stderr } = await git(repo.dir, args, { ...codes, input, env });
  const answers = recordsIn(stdout);
  if (exitCode === 0 && answers.length < heads.length) throw new GitError(args, exitCode, stderr);
  return answers.slice(0, heads.length);
}

/** A record is `1 NUL tree NUL NUL` or `0 NUL tree NUL (conflicted file NUL)* NUL`; one that is cut off is none. */
function recordsIn(answer: Buffer): boolean[] {
  const fields = answer.toString("latin1").split("\0");
  // What follows the last NUL is not a field.
  fields.pop();
  const records: boolean[] = [];
  for (let at = 0; at < fields.length;) {
    const flag = fields[at];
    if ((flag !== "0" && flag !== "1") || !isObjectId(fields[at + 1] ?? "")) break;
    const end = fields.indexOf("", at + 2);
    if (end < 0) break;
    records.push(flag === "1");
    at = end + 1;
  }
  return records;
}
