/**
 * The commit that last changed each entry of a folder, as `git log -1 -- <entry>` would answer for each, in one walk.
 *
 * `git log` walks the history of the folder with its usual simplification. Every entry is handed from commit to
 * commit: to the first parent that has the same content, until one has it from none of its parents. A commit whose
 * answer is kept from an earlier walk ends the walk for everything handed to it, so after a push only what is new
 * is walked.
 */
import { ContentCache } from "./cache.ts";
import { readCommits, type Commit } from "./commits.ts";
import { dividedHistory } from "./divided-history.ts";
import type { Step } from "./folder-history.ts";
import { requireObjectIds, type Repository } from "./object-ids.ts";
import { GitTimeout } from "./process.ts";
import { pathEntry, readTree } from "./trees.ts";

export interface LastCommits {
  /** By the name of the entry. Names are missing when the deadline passed first. */
  readonly commits: ReadonlyMap<string, Commit>;
  readonly complete: boolean;
}

interface Walked {
  readonly found: ReadonlyMap<string, string>;
  readonly complete: boolean;
  /** Milliseconds it was allowed to take. */
  readonly deadline: number;
}

const kept = new ContentCache<Walked>(24 * 1024 * 1024);
const underway = new Map<string, Promise<Walked>>();

/**
 * The last commits of the entries of a folder at a commit; the path is empty for the root. Within the deadline
 * (4 seconds unless told) as many as were found, newest first. Nothing for a path that is no folder.
 */
export async function lastCommits(
  repo: Repository,
  commit: string,
  path: string,
  options: { readonly deadline?: number } = {},
): Promise<LastCommits> {
  requireObjectIds(commit);
  const deadline = options.deadline ?? 4000;
  const key = keyOf(repo, commit, path);
  const known = kept.get(key);
  const usable = known && (known.complete || known.deadline >= deadline);
  const walked = usable ? known : await walkOnce(repo, commit, path, deadline);
  const read = answers.get(walked);
  if (read) return read;
  const reading = readAll(repo, walked);
  answers.set(walked, reading);
  reading.catch(() => answers.delete(walked));
  return reading;
}

/** What was read of a walk, for as long as the walk is kept: a folder of thousands of entries has thousands of commits. */
const answers = new WeakMap<Walked, Promise<LastCommits>>();

async function readAll(repo: Repository, { found, complete }: Walked): Promise<LastCommits> {
  const oids = [...new Set(found.values())];
  const byOid = new Map((await readCommits(repo, oids)).map((read) => [read.oid, read]));
  const commits = new Map<string, Commit>();
  for (const [name, oid] of found) {
    const read = byOid.get(oid);
    if (read) commits.set(name, read);
  }
  return { commits, complete };
}

function walkOnce(repo: Repository, commit: string, path: string, deadline: number): Promise<Walked> {
  const key = `${keyOf(repo, commit, path)}\0${deadline}`;
  let walking = underway.get(key);
  if (!walking) {
    walking = walk(repo, commit, path, deadline).finally(() => underway.delete(key));
    underway.set(key, walking);
  }
  return walking;
}

async function walk(repo: Repository, commit: string, path: string, deadline: number): Promise<Walked> {
  const entries = await entriesAt(repo, commit, path);
  const walker = new Walker(repo, commit, path, new Set(entries.keys()));
  let complete = true;
  try {
    if (entries.size > 0)
      for await (const batch of dividedHistory({ repo, path, deadline }, commit)) {
        const before = walker.found.size;
        await walker.take(batch);
        readAhead(repo, walker.found, before);
        if (walker.done) break;
      }
  } catch (error) {
    if (!(error instanceof GitTimeout)) throw error;
    complete = false;
  }
  const result = { found: walker.found, complete, deadline };
  for (const oid of new Set([commit, walker.first])) keep(repo, oid, path, result);
  return result;
}

/** Reads what was found while git walks on: both have work for a processor. */
function readAhead(repo: Repository, found: ReadonlyMap<string, string>, from: number): void {
  const oids = new Set([...found.values()].slice(from));
  // Whoever needs them reads what is missing, and hears why.
  if (oids.size > 0) readCommits(repo, [...oids]).catch(() => undefined);
}

/**
 * Entries on their way to where they come from. A set has one owner, who takes out what is found and hands the rest on:
 * thousands of entries pass thousands of commits, and none may cost the work of all.
 */
type Names = Set<string>;

class Walker {
  readonly #repo: Repository;
  readonly #path: string;
  readonly #entries = new Map<string, Promise<Map<string, string>>>();
  readonly #begin: string;
  readonly #count: number;
  readonly #steps = new Map<string, Step>();
  /** What was handed to commits that git has not shown yet. */
  readonly #handed = new Map<string, Names>();
  readonly found = new Map<string, string>();
  /** The newest commit that changed something in the folder: what is found is its answer as well. */
  first: string;

  constructor(repo: Repository, commit: string, path: string, names: Names) {
    this.#repo = repo;
    this.#begin = commit;
    this.#path = path;
    this.#count = names.size;
    this.#handed.set(commit, names);
    this.first = commit;
  }

  get done(): boolean {
    return this.found.size >= this.#count;
  }

  async take(batch: readonly Step[]): Promise<void> {
    const merges = batch.filter((step) => step.parents.length > 1);
    const compared = new Set(merges.flatMap((step) => [step.commit, ...step.parents]));
    await Promise.all([...compared].map((oid) => this.#entriesOf(oid)));
    for (const step of batch) {
      const [parent, ...others] = step.parents;
      const passedOver = step.changed.size === 0 && others.length === 0;
      if (step.commit === this.#begin && passedOver) this.first = parent ?? this.first;
      this.#steps.set(step.commit, step);
      const names = this.#handed.get(step.commit);
      this.#handed.delete(step.commit);
      if (names) await this.#hand(step.commit, names);
    }
  }

  /** Kept for a while: a commit is compared as a merge and as the parent of others. */
  #entriesOf(commit: string): Promise<Map<string, string>> {
    let entries = this.#entries.get(commit);
    if (!entries) {
      if (this.#entries.size > 2000) this.#entries.clear();
      entries = entriesAt(this.#repo, commit, this.#path);
      this.#entries.set(commit, entries);
    }
    return entries;
  }

  /** Clocks that went backwards let git show a parent before one of its children; then it is passed through again. */
  async #hand(to: string, handed: Names): Promise<void> {
    const open: [string, Names][] = [[to, handed]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [commit, names] = next;
      const step = this.#steps.get(commit);
      if (!step) this.#handed.set(commit, joined(this.#handed.get(commit), names));
      else {
        this.#settle(step, names);
        if (names.size > 0) open.push(...(await this.#pass(step, names)));
      }
    }
  }

  /** Answers from an earlier walk that began here. */
  #settle(step: Step, names: Names): void {
    const earlier = kept.get(keyOf(this.#repo, step.commit, this.#path));
    if (!earlier) return;
    for (const name of names) {
      const oid = earlier.found.get(name);
      if (oid) this.#find(name, oid, names);
    }
  }

  #find(name: string, commit: string, names: Names): void {
    if (names.delete(name)) this.found.set(name, commit);
  }

  async #pass(step: Step, names: Names): Promise<[string, Names][]> {
    const [parent, ...others] = step.parents;
    if (others.length > 0) return this.#passMerge(step, names);
    for (const name of parent ? step.changed : names) this.#find(name, step.commit, names);
    return parent && names.size > 0 ? [[parent, names]] : [];
  }

  async #passMerge(step: Step, names: Names): Promise<[string, Names][]> {
    const [own, ...others] = await Promise.all(
      [step.commit, ...step.parents].map((oid) => this.#entriesOf(oid)),
    );
    const passed = step.parents.map((): Names => new Set());
    for (const name of names) {
      const same = others.findIndex((entries) => entries.get(name) === own?.get(name));
      if (same < 0) this.#find(name, step.commit, names);
      else passed[same]?.add(name);
    }
    return step.parents.flatMap((parent, place): [string, Names][] => {
      const handed = passed[place];
      return handed && handed.size > 0 ? [[parent, handed]] : [];
    });
  }
}

/** Everything in both, in the larger one of them. */
function joined(one: Names | undefined, other: Names): Names {
  if (!one) return other;
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  for (const name of small) large.add(name);
  return large;
}

async function entriesAt(repo: Repository, commit: string, path: string): Promise<Map<string, string>> {
  const folder = await pathEntry(repo, commit, path);
  const entries = folder?.kind === "directory" ? await readTree(repo, folder.oid) : [];
  return new Map(entries.map(({ name, mode, oid }) => [name, `${mode} ${oid}`]));
}

function keep(repo: Repository, commit: string, path: string, walked: Walked): void {
  const key = keyOf(repo, commit, path);
  const before = kept.get(key);
  if (before?.complete || (before && before.found.size > walked.found.size)) return;
  kept.set(key, walked, 300 + walked.found.size * 200);
}

function keyOf(repo: Repository, commit: string, path: string): string {
  return `${repo.dir}\0${commit}\0${path}`;
}
