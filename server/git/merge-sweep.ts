/** Whether many heads merge into one base: one git process for all of them, whose results are thrown away. */
import { attributeArguments } from "./attributes.ts";
import { inScratch, mergeSettings } from "./merge-tree.ts";
import { isObjectId, requireObjectIds, type Repository } from "./object-ids.ts";
import { git, GitError } from "./process.ts";

/** Merges in one process: its answer is held in memory. */
const together = 200;

/** `tree` holds the files with conflict markers where it is not clean. */
export interface SweptMerge {
  readonly clean: boolean;
  readonly tree: string;
}

/**
 * By head: true when it merges cleanly into `base`, false when they conflict, null when git could not say (no common history, a
 * commit that is missing).
 */
export async function sweepMerges(
  repo: Repository,
  base: string,
  heads: readonly string[],
): Promise<Map<string, boolean | null>> {
  const left = [...new Set(heads)];
  if (left.length === 0) return new Map();
  const attributes = await attributeArguments(repo, base);
  const answers = await inScratch(repo, (env) =>
    mergePairs(
      repo,
      left.map((head) => [base, head]),
      { attributes, env },
    ),
  );
  return new Map(left.map((head, index) => [head, answers[index]?.clean ?? null]));
}

/**
 * Merges the second commit of each pair into the first; null where git could not.
 *
 * `git merge-tree --stdin` answers one record a line, which begins with `1` (clean) or `0` and ends in an empty field, and dies at
 * a pair that it cannot merge: the records before it stand, and the sweep goes on behind it.
 *
 * @param options.attributes from `attributeArguments`
 * @param options.env from `inScratch`: the trees of all merges are written there
 */
export async function mergePairs(
  repo: Repository,
  pairs: readonly (readonly [ours: string, theirs: string])[],
  options: { readonly attributes: readonly string[]; readonly env: Readonly<Record<string, string>> },
): Promise<(SweptMerge | null)[]> {
  requireObjectIds(...pairs.flat());
  const found: (SweptMerge | null)[] = [];
  while (found.length < pairs.length) {
    const batch = pairs.slice(found.length, found.length + together);
    const answers = await mergeAll(repo, batch, options);
    found.push(...answers);
    // The process died at the next one.
    if (answers.length < batch.length) found.push(null);
  }
  return found;
}

async function mergeAll(
  repo: Repository,
  pairs: readonly (readonly [string, string])[],
  { attributes, env }: Parameters<typeof mergePairs>[2],
): Promise<SweptMerge[]> {
  const args = [...mergeSettings, ...attributes, "merge-tree", "--write-tree", "--stdin", "--no-messages"];
  const input = pairs.map((pair) => `${pair.join(" ")}\n`).join("");
  const codes = { exitCodes: [0, 1, 128], deadline: 120_000 };
  const { stdout, exitCode, stderr } = await git(repo.dir, args, { ...codes, input, env });
  const answers = recordsIn(stdout);
  if (exitCode === 0 && answers.length < pairs.length) throw new GitError(args, exitCode, stderr);
  return answers.slice(0, pairs.length);
}

/** A record is `1 NUL tree NUL NUL` or `0 NUL tree NUL (conflicted file NUL)* NUL`; one that is cut off is none. */
function recordsIn(answer: Buffer): SweptMerge[] {
  const fields = answer.toString("latin1").split("\0");
  // What follows the last NUL is not a field.
  fields.pop();
  const records: SweptMerge[] = [];
  for (let at = 0; at < fields.length;) {
    const [flag, tree = ""] = fields.slice(at, at + 2);
    if ((flag !== "0" && flag !== "1") || !isObjectId(tree)) break;
    const end = fields.indexOf("", at + 2);
    if (end < 0) break;
    records.push({ clean: flag === "1", tree });
    at = end + 1;
  }
  return records;
}
