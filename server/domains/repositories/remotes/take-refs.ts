/** Making the branches and tags of a repository what they are elsewhere. */
import { adoptFormat } from "../../../git/empty-format.ts";
import { fetchObjects } from "../../../git/remotes/fetch.ts";
import type { Remote } from "../../../git/remotes/remote.ts";
import { RemoteFailure } from "../../../git/remotes/remote-failure.ts";
import type { RemoteRefs } from "../../../git/remotes/remote-refs.ts";
import type { TransferProgress } from "../../../git/remotes/progress.ts";
import { readRefs } from "../../../git/ref-cache.ts";
import type { Context } from "../../../kernel/context.ts";
import type { RepoWith } from "../access.ts";
import { gitOf } from "../addresses.ts";
import { moveInternalRefs, moveRefs, type Move } from "../git/move-refs.ts";

/** Branches and tags that a repository elsewhere may have. */
export const mostRefs = 100_000;
const idsInOneFetch = 2000;
const refsInOneMove = 1000;
/** What arrived is held by references of this name until the branches themselves hold it: a run that is cut off resumes here. */
const staging = "refs/wit/incoming/";

export interface Bringing {
  /** Milliseconds for one fetch. */
  readonly deadline: number;
  readonly onProgress?: (overall: {
    readonly percent: number;
    readonly objects: number;
    readonly bytes: number;
  }) => void;
}

/**
 * Brings what the references elsewhere reach: the default branch first, then the rest in parts, each held as soon as it is here.
 *
 * @throws RemoteFailure
 */
export async function bringObjects(
  ctx: Context,
  repo: RepoWith<"admin">,
  remote: Remote,
  found: RemoteRefs,
  { deadline, onProgress }: Bringing,
): Promise<void> {
  const git = gitOf(ctx, repo);
  // One hash names all objects of a repository: an empty one here takes that of the other side.
  if (found.format !== null && !(await adoptFormat(git, found.format)))
    throw new RemoteFailure(
      "broken",
      "The repository there names its objects by another hash than what is here already",
    );
  const { refs } = await readRefs(git);
  const held = new Set([...refs.values()].map(({ oid }) => oid));
  const wanted = new Set([...found.refs.values()].filter((oid) => !held.has(oid)));
  const parts = partsOf(wanted, found.refs.get(`refs/heads/${found.defaultBranch ?? ""}`));
  let bytes = 0;
  let objects = 0;
  for (const [index, part] of parts.entries()) {
    // The first part is the history of the default branch: nearly everything, as a rule.
    const share = parts.length === 1 ? 1 : index === 0 ? 0.7 : 0.3 / (parts.length - 1);
    const before = parts.length === 1 || index === 0 ? 0 : 0.7 + share * (index - 1);
    let arrived = 0;
    const received = await fetchObjects(git, remote, part, {
      deadline,
      onProgress: (step, soFar) => {
        if (step.step === "receiving") arrived = step.done;
        onProgress?.({
          percent: Math.floor(100 * (before + share * fraction(step))),
          objects: objects + arrived,
          bytes: bytes + soFar,
        });
      },
    });
    bytes += received;
    objects += arrived;
    await moveInternalRefs(
      ctx,
      repo,
      part.map((oid) => ({ ref: `${staging}${oid}`, old: null, new: oid })),
      "import",
    );
    onProgress?.({ percent: Math.floor(100 * (before + share)), objects, bytes });
  }
}

/** How much of one fetch is done, between 0 and 1. */
function fraction({ step, percent }: TransferProgress): number {
  if (step === "preparing") return percent / 1000;
  return step === "receiving" ? 0.1 + (0.7 * percent) / 100 : 0.8 + (0.2 * percent) / 100;
}

function partsOf(wanted: ReadonlySet<string>, first: string | undefined): string[][] {
  const rest = [...wanted].filter((oid) => oid !== first);
  const parts = first !== undefined && wanted.has(first) ? [[first]] : [];
  for (let at = 0; at < rest.length; at += idsInOneFetch) parts.push(rest.slice(at, at + idsInOneFetch));
  return parts;
}

export interface Taken {
  readonly moved: number;
  /** Could not be written: a tag of no commit as a branch, two names that one file system cannot hold. */
  readonly skipped: number;
}

/**
 * Moves branches and tags to where they are elsewhere, history rewritten there included; with `prune` those that are gone there
 * go here. What they need has been brought. @param ctx acts as who is named in the events
 */
export async function publishRefs(
  ctx: Context,
  repo: RepoWith<"admin">,
  found: RemoteRefs,
  options: {
    readonly reason: "import" | "mirror";
    readonly prune: boolean;
    readonly url: string;
    readonly signal: AbortSignal;
  },
): Promise<Taken> {
  const git = gitOf(ctx, repo);
  const { refs } = await readRefs(git);
  const deletions: Move[] = [];
  if (options.prune)
    for (const [ref, { oid }] of refs)
      if (/^refs\/(?:heads|tags)\//.test(ref) && !found.refs.has(ref))
        deletions.push({ ref, old: oid, new: null });
  const changes: Move[] = [];
  for (const [ref, oid] of found.refs) {
    const old = refs.get(ref)?.oid ?? null;
    if (old !== oid) changes.push({ ref, old, new: oid });
  }
  let moved = 0;
  let skipped = 0;
  // What goes makes room for what comes: `a` for `a/b`.
  for (const moves of [...chunks(deletions), ...chunks(changes)]) {
    if (options.signal.aborted) throw new RemoteFailure("cancelled", "It was cancelled");
    const results = await moveRefs(ctx, repo, moves, {
      reason: options.reason,
      detail: { url: options.url },
      atomic: false,
      incoming: true,
    });
    const failed = results.filter(({ failure }) => failure !== null).length;
    skipped += failed;
    moved += results.length - failed;
  }
  await releaseStaged(ctx, repo);
  return { moved, skipped };
}

function chunks(moves: readonly Move[]): Move[][] {
  const parts: Move[][] = [];
  for (let at = 0; at < moves.length; at += refsInOneMove) parts.push(moves.slice(at, at + refsInOneMove));
  return parts;
}

/** Lets go of what a run held; what no branch holds by now goes with the next repack. */
export async function releaseStaged(ctx: Context, repo: RepoWith<"admin">): Promise<void> {
  const { refs } = await readRefs(gitOf(ctx, repo));
  const moves = [...refs].filter(([ref]) => ref.startsWith(staging));
  for (let at = 0; at < moves.length; at += refsInOneMove)
    await moveInternalRefs(
      ctx,
      repo,
      moves.slice(at, at + refsInOneMove).map(([ref, { oid }]) => ({ ref, old: oid, new: null })),
      "import",
    );
}
