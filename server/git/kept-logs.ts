/**
 * What deleted references once held. git removes the reflog of a reference together with it; its lines are saved into the reflog
 * of one hidden reference before, which makes the commits count as reached for as long as the repository lives. One file and one
 * reference, however many are deleted.
 */
import { appendFile, readFile } from "node:fs/promises";
import path from "node:path";
import type { Repository } from "./object-ids.ts";

/** The hidden reference whose reflog holds the lines. */
export const keptRef = "refs/wit/kept";

const logOf = (repo: Repository, ref: string) => path.join(repo.dir, "logs", ref);

/** A reference that is about to be deleted, and what it is thought to hold. */
export interface Leaving {
  readonly ref: string;
  readonly old: string;
}

/** Saves what references held that are about to be deleted. Done twice, or for a deletion that fails, it does no harm. */
export async function saveLogs(repo: Repository, leaving: readonly Leaving[]): Promise<void> {
  const seconds = Math.floor(Date.now() / 1000);
  let lines = "";
  for (const { ref, old } of leaving) {
    // What came with a fork has no reflog, so the last end is written down in any case.
    lines += await readFile(logOf(repo, ref), "latin1").catch(() => "");
    lines += `${old} ${old} wit <wit@localhost> ${seconds} +0000\tdeleted ${ref}\n`;
  }
  if (lines !== "") await appendFile(logOf(repo, keptRef), lines, { encoding: "latin1", flush: true });
}
