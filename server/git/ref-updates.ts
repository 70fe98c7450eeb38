/**
 * Moving references by compare-and-swap: one `update-ref --stdin` transaction.
 *
 * update-ref that meets the end of its input after `prepare` undoes everything and still exits 0, so only its line
 * `commit: ok` counts as success.
 */
import { committer, identityPart, oneLine } from "./log-words.ts";
import { isRefName } from "./names.ts";
import { isObjectId, isZeroId, type Repository } from "./object-ids.ts";
import { guardedUpdate, type RefGuard } from "./guarded-refs.ts";
import { git, GitError, GitTimeout } from "./process.ts";
import { keptRef, saveLogs, type Leaving } from "./kept-logs.ts";
import { moveOneRef } from "./one-ref.ts";
import { bearTogether } from "./packed-births.ts";
import { readRefs } from "./ref-cache.ts";
import { removeStaleLocks } from "./ref-locks.ts";
import { refTransaction } from "./ref-transaction.ts";
import { refsBeyondLimit } from "./ref-limit.ts";
import { readCulprits, refFailure, type RefFailure } from "./ref-failures.ts";

export interface RefChange {
  /** The full name, below `refs/`. */
  readonly ref: string;
  /** Where it must be now; null (or zeros) when it must not exist. */
  readonly old: string | null;
  /** Where it goes; null (or zeros) deletes it. */
  readonly new: string | null;
}

/** A change whose new end was walked: a commit that is there, with all that it leads to. */
export interface WalkedChange extends RefChange {
  readonly isWalked?: boolean;
}

export interface RefResult {
  readonly ref: string;
  /** Null when the reference moved. */
  readonly failure: RefFailure | null;
}

export interface RefWriter {
  readonly identity: { readonly name: string; readonly email: string };
  /** Written to the reflog, `push`, `merge pull request #12`. */
  readonly reason: string;
  /** All or nothing (unless told otherwise), or each change for itself. */
  readonly atomic?: boolean;
  /** Looks once more before they move, while nobody else can move them. */
  readonly guard?: RefGuard;
}

/**
 * Moves, creates and deletes references. Answers one result per change, in order; what went wrong with a reference
 * is an answer. Atomic (the default): either all results are successes or nothing moved. Rights and rules are the
 * caller's; internal names are allowed here. Throws only for programming errors and when git cannot be run at all.
 */
export async function updateRefs(
  repository: Repository,
  changes: readonly WalkedChange[],
  writer: RefWriter,
): Promise<RefResult[]> {
  const { atomic = true } = writer;
  const moved = await moveAlone(repository, changes, writer);
  if (moved) return moved;
  const failures = new Map<string, RefFailure>();
  const seen = new Set<string>();
  for (const change of changes) {
    if (seen.has(change.ref)) throw new TypeError("one reference cannot change twice in a transaction");
    seen.add(change.ref);
    if (!change.ref.startsWith("refs/") || !isRefName(change.ref))
      failures.set(change.ref, refFailure("invalid-name"));
  }
  if (changes.some(({ old }) => old === null))
    for (const ref of refsBeyondLimit(await readRefs(repository), changes))
      failures.set(ref, refFailure("too-many"));
  let waiting: readonly RefChange[] = changes.filter(({ ref }) => !failures.has(ref));
  await keepWhatGoes(repository, waiting, writer);
  if (!atomic || failures.size === 0) waiting = await withoutBorn(repository, waiting, writer);
  const conflicts: RefChange[] = [];
  while (waiting.length > 0) {
    if (atomic && failures.size > 0) break;
    const failed = await transact(repository, waiting, writer);
    if (failed.size === 0) break;
    for (const [ref, failure] of failed) failures.set(ref, failure);
    conflicts.push(...waiting.filter(({ ref }) => failed.get(ref)?.kind === "name-conflict"));
    waiting = waiting.filter(({ ref }) => !failed.has(ref));
  }
  // `a` may have been deleted in the same push that creates `a/b`: git wants one after the other.
  if (!atomic)
    for (const change of conflicts) {
      const failed = await transact(repository, [change], writer);
      if (failed.size === 0) failures.delete(change.ref);
    }
  return changes.map(({ ref }) => ({
    ref,
    failure: failures.get(ref) ?? (atomic && failures.size > 0 ? refFailure("aborted") : null),
  }));
}

/** What nearly every push is, one branch that goes on, takes no process. Null when it is for git. */
async function moveAlone(
  repository: Repository,
  [only, ...others]: readonly WalkedChange[],
  { identity, reason, guard }: RefWriter,
): Promise<RefResult[] | null> {
  if (guard || !only?.isWalked || others.length > 0 || !only.ref.startsWith("refs/heads/")) return null;
  const { ref, old, new: end } = only;
  if (!isRefName(ref) || old === null || end === null) return null;
  const who = {
    name: identityPart(identity.name, "unknown"),
    email: identityPart(identity.email, "unknown@localhost"),
  };
  const moved = await moveOneRef(repository, { ref, old, new: end, who, reason: oneLine(reason) });
  return moved && [{ ref, failure: moved.failure }];
}

/** Creates very many references without a file each, and answers what is left for git. */
async function withoutBorn(
  repository: Repository,
  changes: readonly RefChange[],
  { atomic = true, guard }: RefWriter,
): Promise<readonly RefChange[]> {
  const births = changes.flatMap(({ ref, old, new: end }) =>
    isNone(old) && end !== null && isObjectId(end) && !isZeroId(end) ? [{ ref, new: end }] : [],
  );
  if (guard || births.length < manyBirths || (atomic && births.length < changes.length)) return changes;
  const { head } = await readRefs(repository);
  // git writes the log of HEAD together with that of the branch that it stands for.
  const plain = births.filter(({ ref }) => !head || !("target" in head) || head.target !== ref);
  if (atomic && plain.length < births.length) return changes;
  const left = await bearTogether(repository, plain, { all: atomic });
  if (atomic && left.size > 0) return changes;
  const born = new Set(plain.flatMap(({ ref }) => (left.has(ref) ? [] : [ref])));
  return changes.filter(({ ref }) => !born.has(ref));
}

const isNone = (id: string | null) => id === null || isZeroId(id);

/** What references held that are about to be deleted must stay readable: see kept-logs.ts. */
async function keepWhatGoes(
  repository: Repository,
  changes: readonly RefChange[],
  writer: RefWriter,
): Promise<void> {
  // The server's own notes are deleted when nobody needs them any more.
  const gone = changes.filter(({ ref, new: end }) => isNone(end) && !ref.startsWith("refs/wit/"));
  if (gone.length === 0) return;
  const { refs } = await readRefs(repository);
  const leaving: Leaving[] = [];
  // What is elsewhere by now will not be deleted.
  for (const { ref, old } of gone) if (old !== null && refs.get(ref)?.oid === old) leaving.push({ ref, old });
  const [first] = leaving;
  if (!first) return;
  // A reflog counts for git only while its reference exists. Another deletion at the same time may have made it.
  if (!refs.has(keptRef)) await attempt(repository, [{ ref: keptRef, old: null, new: first.old }], writer);
  await saveLogs(repository, leaving);
}

/** One transaction. Empty when it was committed; otherwise at least one culprit and nothing moved. */
async function transact(
  repository: Repository,
  changes: readonly RefChange[],
  writer: RefWriter,
): Promise<Map<string, RefFailure>> {
  const first = await attempt(repository, changes, writer);
  const locked = [...first.values()].some((failure) => failure.kind === "locked");
  if (!locked || !(await removeStaleLocks(repository, [...first.keys()]))) return first;
  return attempt(repository, changes, writer);
}

// Packing references holds each lock for a moment; on a busy machine a moment takes longer than git waits by itself.
const patient = ["-c", "core.filesRefLockTimeout=1000", "-c", "core.packedRefsTimeout=3000"];

/** Milliseconds. Each reference is a file or two, which slow disks take their time for. */
const leastDeadline = 30_000;
const perChange = 20;
/** From so many on a packed file is written; below, each costs git a file and its log. */
const manyBirths = 500;

/**
 * Reflogs begin with the birth of a reference, but a file for each of thousands (an import, a mirror) takes four times as long as
 * the references themselves. These begin with their first change, which names the end they were born with; who made them
 * stands in the event.
 */
function logging(changes: readonly RefChange[]): string[] {
  const births = changes.filter((change) => isNone(change.old)).length;
  return births >= manyBirths ? ["-c", "core.logAllRefUpdates=false"] : [];
}

async function attempt(
  repository: Repository,
  changes: readonly RefChange[],
  writer: RefWriter,
): Promise<Map<string, RefFailure>> {
  let said = "";
  let complaint = "";
  const args = [...patient, ...logging(changes), "update-ref", "-m", oneLine(writer.reason), "--stdin", "-z"];
  const options = {
    env: committer(writer.identity),
    deadline: leastDeadline + changes.length * perChange,
  };
  try {
    if (writer.guard)
      [said, complaint] = await guardedUpdate(repository, args, `${refTransaction(changes)}prepare\0`, {
        ...options,
        guard: writer.guard,
      });
    else {
      const { stdout, stderr } = await git(repository.dir, args, {
        ...options,
        input: `${refTransaction(changes)}prepare\0commit\0`,
        exitCodes: [0, 1, 128],
      });
      said = stdout.toString("latin1");
      complaint = stderr;
    }
  } catch (error) {
    if (!(error instanceof GitError || error instanceof GitTimeout)) throw error;
    complaint = error.message;
    said = "prepare: ok";
  }
  if (said.includes("commit: ok")) return new Map();
  // Killed or out of disk between the first and the last rename: only the references themselves know.
  if (said.includes("prepare: ok")) return notMoved(repository, changes, complaint);
  return readCulprits(changes, complaint);
}

async function notMoved(
  repository: Repository,
  changes: readonly RefChange[],
  complaint: string,
): Promise<Map<string, RefFailure>> {
  const { refs } = await readRefs(repository);
  const failures = new Map<string, RefFailure>();
  for (const change of changes) {
    const wanted = change.new === null || isZeroId(change.new) ? undefined : change.new;
    if (refs.get(change.ref)?.oid !== wanted) failures.set(change.ref, refFailure("failed", complaint));
  }
  return failures;
}
