/**
 * Answers to clones, kept in files. The same commit is cloned again and again, by every job that builds it, and the pack is the
 * same each time: nothing but counting and copying for `pack-objects`. What is asked a second time while no reference moves is
 * written down on its way out, and sent from the file from then on.
 *
 * The files are of this process alone and gone with it, so nobody has to agree on what is in them; what a killed process left is
 * swept by the next one.
 */
import { createHash, randomBytes } from "node:crypto";
import { openSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, type FileHandle } from "node:fs/promises";
import path from "node:path";
import type { RefSnapshot } from "../ref-snapshot.ts";
import { KeptAnswer } from "./kept-answer.ts";

/** What is asked of which references of a repository: the same question has the same answer. */
export interface FetchQuestion {
  readonly dir: string;
  readonly snapshot: RefSnapshot;
  /** All packets, but for those that name the client. */
  readonly packets: readonly Uint8Array[];
}

interface Kept {
  readonly dir: string;
  readonly file: string;
  readonly bytes: number;
  used: number;
}

/** Writes an answer down while it goes out. */
export interface Keeper {
  /** Never rejects: an answer that cannot be kept still goes out. */
  write(chunk: Uint8Array): Promise<void>;
  /** Its last byte is written; `false` throws it away. */
  end(isWhole: boolean): Promise<void>;
}

const askedRemembered = 10_000;
const unusedForMs = 3_600_000;
const sweepEveryMs = 600_000;

export class FetchCache {
  readonly #root: string;
  readonly #folder: string;
  readonly #maxBytes: number;
  /** The one used last is the last. */
  readonly #kept = new Map<string, Kept>();
  readonly #asked = new Set<string>();
  readonly #writing = new Set<string>();
  readonly #sweeping: NodeJS.Timeout;
  #ready: Promise<unknown> | null = null;
  #bytes = 0;
  #files = 0;
  #closed = false;

  /** @param folder where processes have their folders @param maxBytes of all files; 0 keeps nothing */
  constructor({ folder, maxBytes }: { readonly folder: string; readonly maxBytes: number }) {
    this.#root = folder;
    this.#folder = path.join(folder, `${process.pid}-${randomBytes(4).toString("hex")}`);
    this.#maxBytes = maxBytes;
    this.#sweeping = setInterval(() => this.#dropUnused(), sweepEveryMs);
    this.#sweeping.unref();
  }

  /** The bytes of all answers that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The answer as it was sent before, if it is kept: open, so that it stays whatever happens to its file. Ends with its reading. */
  find(question: FetchQuestion): KeptAnswer | null {
    const key = keyOf(question);
    const kept = this.#kept.get(key);
    if (!kept) return null;
    this.#kept.delete(key);
    kept.used = performance.now();
    this.#kept.set(key, kept);
    try {
      return new KeptAnswer(openSync(kept.file, "r"));
    } catch {
      // Somebody tidied the folder: the answer is made again.
      this.#kept.delete(key);
      this.#bytes -= kept.bytes;
      return null;
    }
  }

  /** Somebody who writes down the answer to a question that was asked before; null for one that is new. */
  async keep(question: FetchQuestion): Promise<Keeper | null> {
    const key = keyOf(question);
    if (this.#maxBytes === 0 || this.#closed || this.#writing.has(key)) return null;
    if (!this.#asked.delete(key)) {
      this.#asked.add(key);
      for (const oldest of this.#asked) {
        if (this.#asked.size <= askedRemembered) break;
        this.#asked.delete(oldest);
      }
      return null;
    }
    this.#writing.add(key);
    try {
      await (this.#ready ??= this.#prepare());
      const file = path.join(this.#folder, String((this.#files += 1)));
      const handle = await open(`${file}.part`, "wx", 0o600);
      return this.#keeper({ key, dir: question.dir, file, handle });
    } catch {
      // A disk that takes nothing costs the next client a little time, and this one nothing.
      this.#writing.delete(key);
      this.#ready = null;
      return null;
    }
  }

  #keeper(at: { key: string; dir: string; file: string; handle: FileHandle }): Keeper {
    const part = `${at.file}.part`;
    let bytes = 0;
    let failed = false;
    return {
      write: async (chunk) => {
        if (failed) return;
        bytes += chunk.length;
        failed = bytes > this.#maxBytes / 4;
        if (!failed) await at.handle.write(chunk).catch(() => (failed = true));
      },
      end: async (isWhole) => {
        try {
          await at.handle.close();
          if (!isWhole || failed || this.#closed) return await rm(part, { force: true });
          await rename(part, at.file);
          this.#kept.set(at.key, { dir: at.dir, file: at.file, bytes, used: performance.now() });
          this.#bytes += bytes;
          for (const oldest of this.#kept.keys()) {
            if (this.#bytes <= this.#maxBytes) break;
            this.#drop(oldest);
          }
        } catch {
          await rm(part, { force: true }).catch(() => undefined);
        } finally {
          this.#writing.delete(at.key);
        }
      },
    };
  }

  /** Drops what is kept of a repository that is removed. */
  forget(dir: string): void {
    for (const [key, kept] of this.#kept) if (kept.dir === dir) this.#drop(key);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweeping);
    this.#kept.clear();
    this.#bytes = 0;
    // What stays is swept by the next server.
    await rm(this.#folder, { recursive: true, force: true }).catch(() => undefined);
  }

  /** Whoever reads the file at this moment still gets all of it. */
  #drop(key: string): void {
    const kept = this.#kept.get(key);
    if (!kept) return;
    this.#kept.delete(key);
    this.#bytes -= kept.bytes;
    void rm(kept.file, { force: true }).catch(() => undefined);
  }

  #dropUnused(): void {
    const before = performance.now() - unusedForMs;
    for (const [key, kept] of this.#kept) if (kept.used < before) this.#drop(key);
  }

  async #prepare(): Promise<void> {
    for (const name of await readdir(this.#root).catch(() => []))
      if (!isAlive(Number.parseInt(name, 10)))
        await rm(path.join(this.#root, name), { recursive: true, force: true });
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
  }
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const numbers = new WeakMap<RefSnapshot, number>();
let lastNumber = 0;

function numberOf(snapshot: RefSnapshot): number {
  const number = numbers.get(snapshot) ?? (lastNumber += 1);
  numbers.set(snapshot, number);
  return number;
}

function keyOf({ dir, snapshot, packets }: FetchQuestion): string {
  const hash = createHash("sha256").update(`${dir}\0${numberOf(snapshot)}\0`);
  for (const packet of packets) hash.update(packet);
  return hash.digest("base64url");
}
