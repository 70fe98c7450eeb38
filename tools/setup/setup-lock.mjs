/** One set-up at a time in a checkout: two starts at once would install over each other. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { root, SetupError } from "./machine.mjs";

const folder = join(root, ".cache");
const lockFile = join(folder, "setup.lock");
const mine = `${process.pid}`;
const longestWaitMs = 20 * 60_000;

function holder() {
  try {
    return readFileSync(lockFile, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** A link appears with its content in one step, and only if the name is free. */
function linkTo(file) {
  try {
    linkSync(file, lockFile);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** Takes the lock away from a process that is gone, unless someone else did so in between. */
function breakLockOf(dead) {
  const aside = join(folder, `setup.lock.${mine}.stale`);
  try {
    renameSync(lockFile, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  if (readFileSync(aside, "utf8") !== dead) linkTo(aside);
  rmSync(aside, { force: true });
}

export async function withSetupLock(work) {
  mkdirSync(folder, { recursive: true });
  const ticket = join(folder, `setup.lock.${mine}`);
  writeFileSync(ticket, mine);
  try {
    for (let waited = 0; !linkTo(ticket); waited += 200) {
      const other = holder();
      if (other !== undefined && !isAlive(other)) {
        breakLockOf(other);
        continue;
      }
      if (waited === 0) console.log(`Another start (process ${other}) is setting up: waiting for it`);
      if (waited > longestWaitMs) throw new SetupError(`Process ${other} holds ${lockFile} for too long.`);
      await pause(200);
    }
    try {
      return work();
    } finally {
      rmSync(lockFile, { force: true });
    }
  } finally {
    rmSync(ticket, { force: true });
  }
}
