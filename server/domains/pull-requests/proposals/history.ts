/** How pushed commits stand to the branch that they are proposed for, read while they are still in quarantine. */
import type { GitRepository } from "../../../git/store.ts";
import { git } from "../../../git/process.ts";
import { readRef } from "../../../git/refs.ts";

/** Why a head cannot be proposed, or null. @param env that under which its objects can be seen */
export async function standing(
  repository: GitRepository,
  env: Readonly<Record<string, string>>,
  branch: string,
  head: string,
): Promise<string | null> {
  const base = (await readRef(repository, `refs/heads/${branch}`))?.oid;
  if (base === undefined) return `there is no branch ${branch} any more`;
  const ask = (args: readonly string[]) =>
    git(repository.dir, args, { env, deadline: 60_000, exitCodes: [0, 1, 128] });
  // A tag object would pass for its commit in everything that follows.
  const type = await ask(["cat-file", "-t", head]);
  if (type.stdout.toString("latin1").trim() !== "commit") return "only commits can be proposed";
  if ((await ask(["merge-base", "--is-ancestor", head, base])).exitCode === 0)
    return `${branch} has all of these commits already`;
  if ((await ask(["merge-base", base, head])).exitCode !== 0)
    return `these commits and ${branch} have entirely different histories`;
  return null;
}
