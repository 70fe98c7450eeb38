/** Which branches and tags a commit is part of. */
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

/** The branches and tags that a commit can be reached from. `deadline` in milliseconds, two seconds unless told. */
export async function refsContaining(
  repo: Repository,
  commit: string,
  options: { readonly deadline?: number; readonly signal?: AbortSignal } = {},
): Promise<Containing> {
  requireObjectIds(commit);
  const args = [
    "for-each-ref",
    "--sort=version:refname",
    "--format=%(refname)",
    `--contains=${commit}`,
    "refs/heads",
    "refs/tags",
  ];
  const chunks: Buffer[] = [];
  try {
    const found = streamGit(repo.dir, args, {
      slots,
      deadline: options.deadline ?? 2_000,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    for await (const chunk of found) chunks.push(chunk);
  } catch (error) {
    if (error instanceof GitTimeout) return { branches: [], tags: [], timedOut: true };
    throw error;
  }
  const names = Buffer.concat(chunks).toString("utf8").split("\n");
  const below = (prefix: string) =>
    names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  return { branches: below("refs/heads/"), tags: below("refs/tags/"), timedOut: false };
}
