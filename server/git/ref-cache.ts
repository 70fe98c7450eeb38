/**
 * All references of a repository in memory, proved fresh by a few `stat` calls instead of a process.
 *
 * git changes a reference by creating `<name>.lock` in its folder and renaming it, and changes `packed-refs` and
 * HEAD in the same way. So any change gives the folder (or the file) a new modification time, and a removed or new
 * folder shows in its parent. A snapshot is right as long as the signatures of HEAD, `packed-refs` and every folder
 * below `refs/` are what they were *before* they were read.
 *
 * One trap: file systems stamp times from a clock that ticks every 1 to 10 ms, so a change in the same tick as the
 * one we read would not show. A signature younger than `settled` when it was read is therefore never trusted; the
 * part is read again next time. That also covers writes by this process: nothing has to be told to the cache.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Repository } from "./object-ids.ts";
import { noteRead, type RefsRead } from "./followed-refs.ts";
import { alike, combine, type LooseFile, type RefSnapshot } from "./ref-snapshot.ts";
import { parseLooseRef, parsePackedRefs, type LooseRef, type StoredRef } from "./ref-files.ts";

interface Signature {
  readonly mtime: bigint;
  readonly ctime: bigint;
  readonly inode: bigint;
  readonly size: bigint;
  readonly trusted: boolean;
}

interface Folder {
  readonly signature: Signature;
  readonly folders: readonly string[];
  readonly refs: readonly LooseFile[];
}

interface State {
  snapshot: RefSnapshot | null;
  folders: Map<string, Folder>;
  packed: { signature: Signature | null; refs: Map<string, StoredRef> };
  head: { signature: Signature | null; value: LooseRef };
  running: Promise<RefSnapshot> | null;
  queued: Promise<RefSnapshot> | null;
}

export type { CachedRef, RefSnapshot } from "./ref-snapshot.ts";

const settled = 50_000_000n;
const settledWithoutFractions = 2_500_000_000n;
const turn = 128;
const maxRefs = 2_000_000;
const states = new Map<string, State>();

/** Whether references are still as they were read. */
export async function areRefsUnchanged(refs: RefsRead): Promise<boolean> {
  for (const [dir, snapshot] of refs) if ((await readRefs({ dir })) !== snapshot) return false;
  return true;
}

/** The references as they are now: every write that ended before this call is in the answer, whoever made it. */
export async function readRefs(repository: Repository): Promise<RefSnapshot> {
  const snapshot = await current(repository);
  noteRead(repository.dir, snapshot);
  return snapshot;
}

const together = new Map<string, Promise<RefSnapshot>>();

/**
 * As `readRefs`, at the price of one reading for all who ask in the same turn of the event loop: it begins after the last of them
 * has asked.
 */
export async function readRefsTogether(repository: Repository): Promise<RefSnapshot> {
  const { dir } = repository;
  let reading = together.get(dir);
  if (!reading) {
    reading = nextTurn().then(() => {
      together.delete(dir);
      return current(repository);
    });
    together.set(dir, reading);
  }
  const snapshot = await reading;
  noteRead(dir, snapshot);
  return snapshot;
}

function current(repository: Repository): Promise<RefSnapshot> {
  let state = states.get(repository.dir);
  if (state) states.delete(repository.dir);
  else state = emptyState();
  states.set(repository.dir, state);
  const mine = state;
  if (mine.queued) return mine.queued;
  if (mine.running) {
    // A reading under way may have passed a file just before it changed, so this caller waits for the next one.
    mine.queued = mine.running
      .catch(() => undefined)
      .then(() => {
        mine.queued = null;
        return start(repository, mine);
      });
    return mine.queued;
  }
  return start(repository, mine);
}

/** To be called when a repository is removed. */
export function forgetRefs(repository: Repository): void {
  states.delete(repository.dir);
}

function emptyState(): State {
  return {
    snapshot: null,
    folders: new Map(),
    packed: { signature: null, refs: new Map() },
    head: { signature: null, value: null },
    running: null,
    queued: null,
  };
}

async function start(repository: Repository, state: State): Promise<RefSnapshot> {
  const running = refresh(repository.dir, state);
  state.running = running;
  try {
    return await running;
  } finally {
    state.running = null;
  }
}

async function refresh(dir: string, state: State): Promise<RefSnapshot> {
  let changed = state.snapshot === null;
  const head = sign(path.join(dir, "HEAD"));
  if (!same(head, state.head.signature)) {
    changed = true;
    state.head = { signature: head, value: parseLooseRef(read(path.join(dir, "HEAD")) ?? "") };
  }
  // Loose before packed, as git reads: packing writes the packed file before it deletes the loose ones.
  const folders = new Map<string, Folder>();
  const waiting = ["refs"];
  for (let count = 1; waiting.length > 0; count += 1) {
    if (count % turn === 0) await nextTurn();
    const name = waiting.pop() ?? "";
    const signature = sign(path.join(dir, name));
    if (!signature) continue;
    let folder = state.folders.get(name);
    if (!folder || !same(signature, folder.signature)) {
      changed = true;
      folder = await readFolder(dir, name, signature);
    }
    folders.set(name, folder);
    waiting.push(...folder.folders);
  }
  state.folders = folders;
  const packed = sign(path.join(dir, "packed-refs"));
  if (!same(packed, state.packed.signature)) {
    changed = true;
    state.packed = { signature: packed, refs: parsePackedRefs(read(path.join(dir, "packed-refs")) ?? "") };
  }
  if (!changed && state.snapshot) return state.snapshot;
  const loose = [...state.folders.values()].flatMap((folder) => folder.refs);
  const found = combine(state.head.value, loose, state.packed.refs);
  // What was only looked at again stays the same thing, and what was worked out of it stays right.
  if (state.snapshot && alike(state.snapshot, found)) return state.snapshot;
  state.snapshot = found;
  forgetOldest();
  return found;
}

async function readFolder(dir: string, folder: string, signature: Signature): Promise<Folder> {
  const folders: string[] = [];
  const refs: { name: string; value: LooseRef }[] = [];
  let count = 0;
  for (const entry of list(path.join(dir, folder))) {
    count += 1;
    if (count % turn === 0) await nextTurn();
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) folders.push(name);
    else if (!entry.name.endsWith(".lock")) {
      const content = read(path.join(dir, name));
      if (content !== null) refs.push({ name, value: parseLooseRef(content) });
    }
  }
  return { signature, folders, refs };
}

function sign(file: string): Signature | null {
  const now = BigInt(Date.now()) * 1_000_000n;
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (!found) return null;
  const whole = found.mtimeNs % 1_000_000_000n === 0n;
  const latest = found.ctimeNs > found.mtimeNs ? found.ctimeNs : found.mtimeNs;
  return {
    mtime: found.mtimeNs,
    ctime: found.ctimeNs,
    inode: found.ino,
    size: found.size,
    trusted: latest + (whole ? settledWithoutFractions : settled) < now,
  };
}

function same(now: Signature | null, before: Signature | null): boolean {
  if (!now || !before) return now === before;
  return (
    before.trusted &&
    now.mtime === before.mtime &&
    now.ctime === before.ctime &&
    now.inode === before.inode &&
    now.size === before.size
  );
}

function read(file: string): string | null {
  return unlessGone(() => readFileSync(file, "utf8"));
}

function list(folder: string) {
  return unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? [];
}

function unlessGone<Value>(action: () => Value): Value | null {
  try {
    return action();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return null;
    throw error;
  }
}

/** Keeps the sum of remembered references bounded; the repository asked for last is the last to go. */
function forgetOldest(): void {
  let sum = 0;
  for (const state of states.values()) sum += state.snapshot?.refs.size ?? 0;
  for (const [dir, state] of states) {
    if (sum <= maxRefs && states.size <= 5_000) break;
    if (state.running) continue;
    states.delete(dir);
    sum -= state.snapshot?.refs.size ?? 0;
  }
}
