/** Whether what a push brings is whole, and whether it throws history away. */
import { startLong } from "../long-process.ts";
import type { Repository } from "../object-ids.ts";
import { git } from "../process.ts";
import type { RequestedChange } from "./request.ts";

type Environment = Readonly<Record<string, string>>;

// Beyond this many references the culprits of an incomplete push are not searched one by one.
const searched = 50;

/** The references of a push whose history or trees lack objects. Reads the repository and the quarantine. */
export async function findIncomplete(
  repository: Repository,
  env: Environment,
  changes: readonly RequestedChange[],
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const arriving = changes.filter((change) => change.new !== null);
  if (arriving.length === 0 || (await isWhole(repository, env, arriving, signal))) return new Set();
  if (arriving.length === 1 || arriving.length > searched) return new Set(arriving.map(({ ref }) => ref));
  const incomplete = new Set<string>();
  for (const change of arriving)
    if (!(await isWhole(repository, env, [change], signal))) incomplete.add(change.ref);
  return incomplete;
}

/** As receive-pack checks it (connected.c): walk from the new ends to what a reference reaches already. */
async function isWhole(
  repository: Repository,
  env: Environment,
  changes: readonly RequestedChange[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const process = await startLong(
    repository.dir,
    ["rev-list", "--objects", "--stdin", "--not", "--all", "--quiet"],
    { env, ...(signal ? { signal } : {}) },
  );
  process.stdout.resume();
  process.stdin.end(changes.map((change) => `${change.new}\n`).join(""));
  const { exitCode, stopped } = await process.end;
  if (stopped) throw stopped;
  return exitCode === 0;
}

/** The references that would lose commits: the old end is not among the ancestors of the new one. */
export async function findForced(
  repository: Repository,
  env: Environment,
  changes: readonly RequestedChange[],
): Promise<ReadonlySet<string>> {
  const forced = new Set<string>();
  const waiting = changes.filter((change) => change.old !== null && change.new !== null);
  const work = async () => {
    for (let change = waiting.pop(); change !== undefined; change = waiting.pop()) {
      const { exitCode } = await git(
        repository.dir,
        ["merge-base", "--is-ancestor", change.old ?? "", change.new ?? ""],
        // 128: one of them is no commit, so nothing says that it follows the other.
        { env, deadline: 60_000, exitCodes: [0, 1, 128] },
      );
      if (exitCode !== 0) forced.add(change.ref);
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return forced;
}
