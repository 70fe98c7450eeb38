/**
 * One process per data folder. The lock is SQLite's exclusive lock on an empty file, which is a lock of the
 * operating system: it is taken in one step, it cannot go stale, and it ends with the process that holds it,
 * however that process ends. Node has no `flock` of its own.
 */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Another process works on the data folder. */
export class DataFolderInUse extends Error {
  override readonly name = "DataFolderInUse";
  readonly holder: number | undefined;

  constructor(dataDir: string, holder: number | undefined) {
    const who = holder === undefined ? "another process" : `process ${holder}`;
    super(
      `The data folder ${dataDir} is in use by ${who}. Stop it first, or choose another folder with WIT_DATA.`,
    );
    this.holder = holder;
  }
}

/** The data folder cannot be used at all: not a folder, not writable, or on a file system without locks. */
export class BadDataFolder extends Error {
  override readonly name = "BadDataFolder";
}

export type DataLock = { release(): void };

const sqliteBusy = 5;

/** A lock that nobody holds on to would be collected as garbage, and end. */
const heldLocks = new Set<DatabaseSync>();

/** Makes the folder (readable by its owner alone) when it is missing. Throws `BadDataFolder`. */
export function makeDataFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadDataFolder(`The data folder ${dataDir} cannot be used: ${reason}`, { cause: error });
  }
}

/** The process that last took the lock, for messages: it may have ended since. */
function lockHolder(dataDir: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(dataDir, "wit.pid"), "utf8"));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the data folder for this process. Throws `DataFolderInUse` or `BadDataFolder`. */
export function lockDataFolder(dataDir: string): DataLock {
  makeDataFolder(dataDir);
  const pidFile = join(dataDir, "wit.pid");
  const lockFile = join(dataDir, "wit.lock");
  let held: DatabaseSync | undefined;
  try {
    held = new DatabaseSync(lockFile, { timeout: 0 });
    held.exec("PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    // By name: opening and closing the file once more would end the lock.
    chmodSync(lockFile, 0o600);
  } catch (error) {
    held?.close();
    if ((error as { errcode?: unknown }).errcode === sqliteBusy) {
      throw new DataFolderInUse(dataDir, lockHolder(dataDir));
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadDataFolder(`The data folder ${dataDir} cannot be locked: ${reason}`, { cause: error });
  }
  const lock = held;
  heldLocks.add(lock);
  writeFileSync(`${pidFile}.new`, `${process.pid}\n`, { mode: 0o600 });
  renameSync(`${pidFile}.new`, pidFile);
  let released = false;
  return {
    release() {
      if (released) return;
      released = true;
      rmSync(pidFile, { force: true });
      heldLocks.delete(lock);
      lock.close();
    },
  };
}
