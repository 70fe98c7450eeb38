/** Holding the locks of very many references at once: a link each (lock-notes.ts), which costs a fifth of a file. */
import { linkSync, mkdirSync, rmdirSync, unlinkSync } from "node:fs";
import { unlink } from "node:fs/promises";
import path from "node:path";
import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";
import { releaseDead, writeNote } from "./lock-notes.ts";
import type { Repository } from "./object-ids.ts";

/** Locks between which others have their turn. */
const turn = 64;
/** File systems give a file at most 65,000 names (ext4), some fewer in one folder. */
const linksOfOne = 30_000;
/** How long to wait for what somebody holds for a moment, in milliseconds, and how often to look. */
const patience = { whole: 2_000, look: 50 };

/** The locks that one writer holds. */
export class ManyLocks {
  readonly #repository: Repository;
  readonly #held: string[] = [];
  readonly #folders: string[] = [];
  readonly #notes: string[] = [];

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /**
   * Takes what can be taken. What a dead process holds is taken from it, and whoever else holds one is waited for a moment.
   * Answers the names that could not be had.
   */
  async take(names: readonly string[]): Promise<string[]> {
    const { held, impossible } = await this.#tryAll(names);
    let waiting = held;
    if (waiting.length > 0 && (await releaseDead(this.#repository)))
      waiting = (await this.#tryAll(waiting)).held;
    const until = Date.now() + patience.whole;
    while (waiting.length > 0 && Date.now() < until) {
      await delay(patience.look);
      waiting = waiting.filter((name) => this.#link(name) !== "taken");
    }
    return [...impossible, ...waiting];
  }

  async #tryAll(names: readonly string[]): Promise<{ held: string[]; impossible: string[] }> {
    const missed = { held: [] as string[], impossible: [] as string[] };
    for (const [count, name] of names.entries()) {
      if (count % linksOfOne === 0) this.#notes.push(await writeNote(this.#repository, ""));
      if (count % turn === 0) await nextTurn();
      const answer = this.#link(name);
      if (answer !== "taken") missed[answer].push(name);
    }
    return missed;
  }

  #link(name: string): "taken" | "held" | "impossible" {
    const lock = path.join(this.#repository.dir, `${name}.lock`);
    const note = this.#notes.at(-1) ?? "";
    // Whoever removes empty folders may come in between, once.
    for (let attempt = 0; attempt < 3; attempt += 1)
      try {
        linkSync(note, lock);
        this.#held.push(lock);
        return "taken";
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === "EEXIST") return "held";
        if (code !== "ENOENT" || !this.#makeFolder(path.dirname(lock))) return "impossible";
      }
    return "impossible";
  }

  #makeFolder(folder: string): boolean {
    try {
      const first = mkdirSync(folder, { recursive: true });
      if (first !== undefined)
        for (let made = folder; made.length >= first.length; made = path.dirname(made))
          this.#folders.push(made);
      return true;
    } catch {
      return false;
    }
  }

  /** Gives all back. The folders that were made for them go too, where nobody uses them by now. */
  async release(): Promise<void> {
    for (const [index, lock] of this.#held.splice(0).entries()) {
      if (index % turn === 0) await nextTurn();
      quietly(() => unlinkSync(lock));
    }
    const deepestFirst = this.#folders.splice(0).toSorted((a, b) => b.length - a.length);
    for (const [index, folder] of deepestFirst.entries()) {
      if (index % turn === 0) await nextTurn();
      quietly(() => rmdirSync(folder));
    }
    await Promise.all(this.#notes.splice(0).map((note) => unlink(note).catch(() => undefined)));
  }
}

function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // It is gone already, or not empty.
  }
}
