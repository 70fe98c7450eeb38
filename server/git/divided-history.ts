/**
 * A long walk over a folder's history, done by several processes at once.
 *
 * Git compares the folder of a commit with that of its parent on one processor. Where all of history passes through
 * one commit (a waist), what is newer and what is older can be compared at the same time: git simplifies each side as
 * it would within the whole, since nothing of one side leads around the waist to the other. A history without waists,
 * or a walk that is over soon, stays with one process.
 */
import { availableParallelism } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { batches, folderHistory, type Step, type Walk } from "./folder-history.ts";
import { ProcessSlots } from "./process.ts";
import { streamGit } from "./streaming.ts";

/** Milliseconds after which a walk is worth dividing. */
const patience = 75;
/** More commits than this are not even counted: the deadline of a page ends the walk long before their end. */
const mostCommits = 200_000;
/** The newer part of a history costs more than the older one, since folders grow; but each begins with a whole folder of its own. */
const partsPerProcess = 2;

const processes = availableParallelism();
/** Places of their own: who holds one of the short commands may take one of these without anybody waiting for anybody. */
const partSlots = new ProcessSlots(processes);

/**
 * The steps of `folderHistory` from a commit on, of several places of it at once and some of them twice: what the
 * reader makes of them must not depend on their order. A commit that changed nothing there, and that a part begins
 * with, is a step with one parent: the first that did. Ends its processes when the reader stops early.
 */
export async function* dividedHistory(walk: Walk, commit: string): AsyncGenerator<readonly Step[]> {
  const ends = Date.now() + walk.deadline;
  const whole = new AbortController();
  const steps = partOf({ ...walk, signal: whole.signal }, commit);
  let next = steps.next();
  // What cannot be divided is never done with being divided.
  const divided = new Promise<string[]>((resolve) => {
    const found = (ranges: string[]) => ranges.length > 1 && resolve(ranges);
    rangesWhenLong({ ...walk, signal: whole.signal }, commit).then(found, () => undefined);
  });
  let ranges: readonly string[] | undefined;
  try {
    while (!ranges) {
      const first = await Promise.race([next, divided]);
      if (Array.isArray(first)) ranges = first;
      else {
        if (first.done) return;
        yield first.value;
        next = steps.next();
      }
    }
  } finally {
    whole.abort();
    next.catch(() => undefined);
    end(steps);
  }
  yield* together({ ...walk, deadline: ends - Date.now() }, ranges);
}

/** The steps of all ranges, of as many at once as there are processors, the newest first. */
export async function* together(walk: Walk, ranges: readonly string[]): AsyncGenerator<readonly Step[]> {
  const ends = Date.now() + walk.deadline;
  const over = new AbortController();
  const rest = ranges.values();
  const reading = new Map<Steps, Promise<Read>>();
  const read = (from: Steps) =>
    reading.set(
      from,
      from.next().then((result) => ({ from, result })),
    );
  const begin = () => {
    const range = rest.next();
    const deadline = Math.max(1, ends - Date.now());
    if (!range.done) read(partOf({ ...walk, deadline, signal: over.signal, slots: partSlots }, range.value));
  };
  try {
    for (let n = 0; n < processes; n += 1) begin();
    while (reading.size > 0) {
      const { from, result } = await Promise.race(reading.values());
      reading.delete(from);
      if (result.done) begin();
      else {
        read(from);
        yield result.value;
      }
    }
  } finally {
    over.abort();
    for (const [from, left] of reading) {
      left.catch(() => undefined);
      end(from);
    }
  }
}

type Steps = AsyncGenerator<readonly Step[]>;

/** Steps that nobody asks for any more hold the place of their process until they are told so. */
function end(steps: Steps): void {
  steps.return(undefined).catch(() => undefined);
}

interface Read {
  readonly from: Steps;
  readonly result: IteratorResult<readonly Step[]>;
}

/** The steps of a range. Its newest commit may have changed nothing there: then it leads to the first step. */
async function* partOf(walk: Walk, range: string): AsyncGenerator<readonly Step[]> {
  const newest = range.split("..").at(-1) ?? range;
  let first = true;
  for await (const batch of batches(folderHistory(walk, range))) {
    const [begin] = batch;
    if (first && begin && begin.commit !== newest)
      yield [{ commit: newest, parents: [begin.commit], changed: new Set() }];
    first = false;
    yield batch;
  }
  const [older] = range.includes("..") ? range.split("..") : [];
  if (first && older) yield [{ commit: newest, parents: [older], changed: new Set() }];
}

async function rangesWhenLong(walk: Walk, commit: string): Promise<string[]> {
  await wait(patience, undefined, { signal: walk.signal });
  if (processes < 2 || partSlots.running > 0) return [];
  return rangesOf(walk, commit, processes * partsPerProcess);
}

/** Ranges of revisions that make up all of the history of a commit, the newest first: about so many, or fewer. */
export async function rangesOf(walk: Walk, commit: string, parts: number): Promise<string[]> {
  const { waists, commits } = await waistsOf(walk, commit);
  const ranges: string[] = [];
  let newer = { commit, place: 0 };
  for (const waist of waists) {
    if (waist.place - newer.place < commits / parts) continue;
    ranges.push(`${waist.commit}..${newer.commit}`);
    newer = waist;
  }
  return [...ranges, newer.commit];
}

interface Waist {
  readonly commit: string;
  /** How many commits are newer. */
  readonly place: number;
}

/**
 * The commits that all of the history of a commit passes through, newest first: those that alone are left to be shown
 * while every child is shown before its parents. Of the commit itself nothing is newer.
 */
async function waistsOf(walk: Walk, commit: string): Promise<{ waists: Waist[]; commits: number }> {
  const { repo, deadline, signal } = walk;
  const most = `--max-count=${mostCommits + 1}`;
  const stream = streamGit(repo.dir, ["rev-list", "--topo-order", "--parents", most, commit], {
    deadline,
    slots: partSlots,
    ...(signal ? { signal } : {}),
  });
  const expected = new Set([commit]);
  const waists: Waist[] = [];
  let commits = 0;
  for await (const line of lines(stream)) {
    const [shown = "", ...parents] = line.split(" ");
    if (expected.size === 1 && expected.has(shown) && commits > 0)
      waists.push({ commit: shown, place: commits });
    expected.delete(shown);
    for (const parent of parents) expected.add(parent);
    commits += 1;
  }
  return commits > mostCommits ? { waists: [], commits } : { waists, commits };
}

async function* lines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const whole = (rest + chunk.toString("latin1")).split("\n");
    rest = whole.pop() ?? "";
    yield* whole;
  }
  if (rest) yield rest;
}
