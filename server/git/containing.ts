/** Which refs a commit is part of, and what came after it. */
import { requireObjectIds, type Repository } from "./object-ids.ts";
import { GitTimeout, ProcessSlots } from "./process.ts";
import { streamGit } from "./streaming.ts";

export interface Containing {
  /** Names without `refs/heads/`. */
  readonly branches: readonly string[];
  /** Names without `refs/tags/`, the smallest version first: the release that brought it. */
  readonly tags: readonly string[];
  /** There was no time to find out; the lists are empty. */
  readonly timedOut: boolean;
}

/** A long history makes this slow, and nobody waits for it: it gets few places and little time. */
const slots = new ProcessSlots(2);

interface Limits {
  /** Milliseconds, two seconds unless told. */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
}

/** The branches and tags that a commit can be reached from. */
export async function refsContaining(
  repo: Repository,
  commit: string,
  limits: Limits = {},
): Promise<Containing> {
  try {
    const names = await namesContaining(repo, commit, ["refs/heads", "refs/tags"], limits);
    const below = (prefix: string) =>
      names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
    return { branches: below("refs/heads/"), tags: below("refs/tags/"), timedOut: false };
  } catch (error) {
    if (error instanceof GitTimeout) return { branches: [], tags: [], timedOut: true };
    throw error;
  }
}

/**
 * The full names of the refs that match one of the patterns and that a commit can be reached from.
 *
 * @throws GitTimeout
 */
export async function namesContaining(
  repo: Repository,
  commit: string,
  patterns: readonly string[],
  limits: Limits = {},
): Promise<string[]> {
  requireObjectIds(commit);
  const wanted = ["--sort=version:refname", "--format=%(refname)", `--contains=${commit}`];
  return linesOf(repo, ["for-each-ref", ...wanted, "--", ...patterns], limits);
}

/**
 * A commit and what lies between it and a descendant, the oldest first; `most` at most.
 *
 * @throws GitTimeout
 */
export async function commitsUpTo(
  repo: Repository,
  commit: string,
  descendant: string,
  most: number,
  limits: Limits = {},
): Promise<string[]> {
  requireObjectIds(commit, descendant);
  const args = ["rev-list", "--ancestry-path", "--topo-order", "--reverse", `${commit}..${descendant}`, "--"];
  return [commit, ...(await linesOf(repo, args, limits, most - 1))];
}

async function linesOf(
  repo: Repository,
  args: readonly string[],
  { deadline = 2_000, signal }: Limits,
  most = Infinity,
): Promise<string[]> {
  const lines: string[] = [];
  let rest = "";
  const found = streamGit(repo.dir, args, { slots, deadline, ...(signal ? { signal } : {}) });
  for await (const chunk of found) {
    const parts = (rest + chunk.toString("latin1")).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
    if (lines.length >= most) break;
  }
  return lines.slice(0, most);
}
