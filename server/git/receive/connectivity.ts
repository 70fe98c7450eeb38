/** Whether what a push brings is whole, and whether it throws history away. */
import { startLong } from "../long-process.ts";
import { readObjectFormat } from "../object-format.ts";
import { isObjectId, type Repository } from "../object-ids.ts";
import { git, GitError, GitOutputTooLarge } from "../process.ts";
import { readRefs } from "../ref-cache.ts";
import { ObjectLimits, tellLarge } from "./object-limits.ts";
import type { RequestedChange } from "./request.ts";
import { readSmallPack } from "./small-pack.ts";
import { walkSmall } from "./small-walk.ts";
import { isSmallHarmless, refuseHarmfulSubmodules } from "./submodules.ts";

type Environment = Readonly<Record<string, string>>;

// Beyond this many references the culprits of an incomplete push are not searched one by one.
const searched = 50;

/** What the walk over a push found out. */
export interface Findings {
  /** The references whose history or trees lack objects. */
  readonly incomplete: ReadonlySet<string>;
  /** Those that would lose commits. */
  readonly forced: ReadonlySet<string>;
  /** The commits between the old end of a reference and its new one, newest first, where the walk passed them anyway. */
  readonly brought: ReadonlyMap<string, readonly string[]>;
}

// More lines than this are not worth keeping to save two processes.
const maxWalkBytes = 4 * 1024 * 1024;

export interface ExamineOptions {
  readonly maxFileBytes: number;
  /** What `walkAhead` began. */
  readonly ahead: Promise<readonly string[] | null> | null;
  readonly signal?: AbortSignal;
}

/**
 * Begins the walk over a push of one branch in memory, while git checks and stores its pack. Only counts when git then takes the
 * pack. Answers null, and never rejects, where the walk of `examine` has to tell.
 */
export async function walkAhead(
  repository: Repository,
  pack: Buffer,
  [only, ...others]: readonly RequestedChange[],
  maxFileBytes: number,
): Promise<readonly string[] | null> {
  if (!only?.ref.startsWith("refs/heads/") || others.length > 0) return null;
  const { old, new: end } = only;
  if (old === null || end === null) return null;
  try {
    const objects = await readSmallPack(repository, pack, await readObjectFormat(repository));
    if (!objects || !(await isSmallHarmless(repository, objects))) return null;
    return await walkSmall(repository, objects, { old, new: end }, maxFileBytes);
  } catch {
    return null;
  }
}

/** Walks what a push brings. Reads the repository and the quarantine. Throws PackRefused for an object over a limit. */
export async function examine(
  repository: Repository,
  env: Environment,
  changes: readonly RequestedChange[],
  { maxFileBytes, ahead, signal }: ExamineOptions,
): Promise<Findings> {
  const [only] = changes;
  const walked = changes.length === 1 && only ? await ahead : null;
  if (walked && only) return straightOn(only, walked);
  const ends = await newEnds(repository, changes);
  const [found, isLookedAt] = await Promise.all([
    walkAll(repository, env, changes, maxFileBytes, signal),
    refuseHarmfulSubmodules(repository, env, ends, signal).then(
      () => true,
      (error: unknown) => {
        // Commits that lack objects cannot be looked at; which these are is found out beside this.
        if (error instanceof GitError) return false;
        throw error;
      },
    ),
  ]);
  if (isLookedAt) return found;
  const whole = changes.filter(({ ref }) => !found.incomplete.has(ref));
  await refuseHarmfulSubmodules(repository, env, await newEnds(repository, whole), signal);
  return found;
}

/** Where references are to go and none is yet: what one names already brings nothing. */
async function newEnds(repository: Repository, changes: readonly RequestedChange[]): Promise<string[]> {
  const { refs } = await readRefs(repository);
  const known = new Set([...refs.values()].map(({ oid }) => oid));
  return changes.flatMap((change) => (change.new === null || known.has(change.new) ? [] : [change.new]));
}

const straightOn = ({ ref }: RequestedChange, commits: readonly string[]): Findings => ({
  incomplete: new Set(),
  forced: new Set(),
  brought: new Map([[ref, commits]]),
});

async function walkAll(
  repository: Repository,
  env: Environment,
  changes: readonly RequestedChange[],
  maxFileBytes: number,
  signal: AbortSignal | undefined,
): Promise<Findings> {
  const [only] = changes;
  const straight =
    changes.length === 1 && only ? await walkStraight(repository, env, only, maxFileBytes, signal) : null;
  if (straight && only) return straightOn(only, straight);
  const [incomplete, forced] = await Promise.all([
    findIncomplete(repository, env, changes, maxFileBytes, signal),
    findForced(repository, env, changes),
  ]);
  return { incomplete, forced, brought: new Map() };
}

/**
 * The commits of a reference that simply goes on, which is what nearly every push is: one walk proves that nothing is missing
 * (connected.c), and that all of it stands on the old end and on nothing else. Null when that is not so, or too much to tell.
 */
async function walkStraight(
  repository: Repository,
  env: Environment,
  change: RequestedChange,
  maxFileBytes: number,
  signal: AbortSignal | undefined,
): Promise<readonly string[] | null> {
  if (change.old === null || change.new === null) return null;
  const limits = tellLarge(maxFileBytes);
  const args = [
    "rev-list",
    "--objects",
    "--boundary",
    "--topo-order",
    ...limits,
    "--stdin",
    "--not",
    "--all",
  ];
  let said: string;
  try {
    const { exitCode, stdout } = await git(repository.dir, args, {
      env,
      input: `${change.new}\n`,
      deadline: 60_000,
      maxBytes: maxWalkBytes,
      exitCodes: [0, 128],
      ...(signal ? { signal } : {}),
    });
    if (exitCode !== 0) return null;
    said = stdout.toString("latin1");
  } catch (error) {
    if (error instanceof GitOutputTooLarge) return null;
    throw error;
  }
  // A commit is a line of its own, a tree or blob has a space behind its id, and the parents that were known begin with a dash.
  const lines = said.split("\n");
  new ObjectLimits(maxFileBytes).take(said);
  const known = lines.filter((line) => line.startsWith("-"));
  const commits = lines.filter((line) => isObjectId(line));
  return known.length === 1 && known[0] === `-${change.old}` && commits.length > 0 ? commits : null;
}

/** The references of a push whose history or trees lack objects. Reads the repository and the quarantine. */
export async function findIncomplete(
  repository: Repository,
  env: Environment,
  changes: readonly RequestedChange[],
  maxFileBytes: number,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const arriving = changes.filter((change) => change.new !== null);
  if (arriving.length === 0 || (await isWhole(repository, env, arriving, maxFileBytes, signal)))
    return new Set();
  if (arriving.length === 1 || arriving.length > searched) return new Set(arriving.map(({ ref }) => ref));
  const incomplete = new Set<string>();
  for (const change of arriving)
    if (!(await isWhole(repository, env, [change], maxFileBytes, signal))) incomplete.add(change.ref);
  return incomplete;
}

/** As receive-pack checks it (connected.c): walk from the new ends to what a reference reaches already. */
async function isWhole(
  repository: Repository,
  env: Environment,
  changes: readonly RequestedChange[],
  maxFileBytes: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const process = await startLong(
    repository.dir,
    ["rev-list", "--objects", ...tellLarge(maxFileBytes), "--stdin", "--not", "--all"],
    { env, ...(signal ? { signal } : {}) },
  );
  const limits = new ObjectLimits(maxFileBytes);
  process.stdout.on("data", (chunk: Buffer) => {
    try {
      limits.take(chunk.toString("latin1"));
    } catch (error) {
      process.stop(error as Error);
    }
  });
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
