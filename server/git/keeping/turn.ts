/** One keeper of a repository at a time, also between processes: two that rewrite its packs at once would pull them from under each other. */
import { open, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import type { Repository } from "../object-ids.ts";

/** The holder touches its file so often; who has not done so for much longer is dead. */
const beatMs = 30_000;
const deadAfterMs = 10 * 60_000;

/** Does some work while nobody else keeps the repository. Null, and nothing done, while somebody does. */
export async function inTurn<T>(
  repo: Repository,
  work: () => Promise<T>,
): Promise<{ readonly done: T } | null> {
  const file = path.join(repo.dir, "keeping.lock");
  await removeDead(file);
  try {
    await (await open(file, "wx")).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return null;
    throw error;
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, beatMs).unref();
  try {
    return { done: await work() };
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
  }
}

async function removeDead(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (!found || Date.now() - found.mtimeMs < deadAfterMs) return;
  // Moved aside first: of two that saw the same old file, only one finds it.
  const aside = `${file}-${process.pid}-${found.ino}`;
  await rename(file, aside).catch(() => undefined);
  await rm(aside, { force: true });
}
