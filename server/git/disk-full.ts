import { GitError } from "./process.ts";

/** Whether something failed because the disk, or a quota on it, has no room: told by the system, or by a git that it told. */
export function isDiskFull(error: unknown): boolean {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 8;
    current = current.cause, depth += 1
  ) {
    if (current instanceof GitError && /No space left|Disk quota/.test(current.stderr)) return true;
    const { code } = current as NodeJS.ErrnoException;
    if (code === "ENOSPC" || code === "EDQUOT") return true;
  }
  return false;
}
