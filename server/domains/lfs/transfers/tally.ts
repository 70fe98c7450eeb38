/** What a run of an import or a mirror does with large files, as it goes. */
import type { LfsPointer } from "../../../git/blobs.ts";
import { RemoteFailure } from "../../../git/remotes/remote-failure.ts";
import type { Carried, FreightLook } from "../../repositories/index.ts";

/** Contents that move at the same time. */
const atOnce = 3;
/** So many in a row that could not be had: the other side has failed, not the files. */
const mostInRow = 10;

export class Tally {
  readonly #look: FreightLook;
  readonly #endsAt: number;
  readonly #maxBytes: number;
  #files = 0;
  #bytes = 0;
  #moved = 0;
  #known = 0;
  #missing = 0;
  #inRow = 0;
  #note: string | null = null;
  #over = false;

  /** @param maxBytes that may move in this run */
  constructor(look: FreightLook, maxBytes: number) {
    this.#look = look;
    this.#maxBytes = maxBytes;
    this.#endsAt = performance.now() + look.deadline;
  }

  /** Nothing more is tried. */
  get over(): boolean {
    if (!this.#over && performance.now() > this.#endsAt)
      this.giveUp("There was no time for more large files in this run");
    return this.#over;
  }

  get result(): Carried {
    return { files: this.#files, bytes: this.#bytes, missing: this.#missing, note: this.#note };
  }

  announce(pointers: readonly LfsPointer[]): void {
    for (const { size } of pointers) this.#known += size;
  }

  /** Both sides have it. */
  have({ size }: Pick<LfsPointer, "size">): void {
    this.#files += 1;
    this.#bytes += size;
    this.#inRow = 0;
    const { onProgress } = this.#look;
    const percent = Math.floor((100 * this.#bytes) / Math.max(1, this.#known));
    onProgress?.({ files: this.#files, bytes: this.#bytes, percent });
  }

  /** @param sentence why; null when that was said */
  lack(sentence: string | null, howMany = 1): void {
    this.#missing += howMany;
    this.#note ??= sentence;
  }

  /** @param sentence why nothing more is tried */
  giveUp(sentence: string): void {
    this.#over = true;
    this.#note ??= sentence;
  }

  /** Whether so much may still move; says so when it may not. */
  admits({ size }: LfsPointer, maxFile: number): boolean {
    if (size > maxFile) this.lack(`A large file has more than the ${maxFile} bytes that are taken here`);
    else if (this.#moved + size > this.#maxBytes)
      this.lack(`More than ${this.#maxBytes} bytes of large files do not move in one run`);
    else {
      this.#moved += size;
      return true;
    }
    return false;
  }

  /** Does the same with each, some at the same time. What the other side is to blame for is told, and the rest goes on. */
  async each<T extends LfsPointer>(all: readonly T[], move: (one: T) => Promise<void>): Promise<void> {
    const waiting = [...all];
    const work = async () => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
        if (this.over) this.lack(null);
        else await this.#try(one, move);
      }
    };
    // All have ended before the first failure is told: nothing goes on behind the caller's back.
    const ends = await Promise.allSettled(Array.from({ length: atOnce }, work));
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  }

  async #try<T extends LfsPointer>(one: T, move: (one: T) => Promise<void>): Promise<void> {
    try {
      await move(one);
    } catch (error) {
      if (!(error instanceof RemoteFailure) || error.kind === "cancelled") {
        this.#over = true;
        throw error;
      }
      this.lack(error.message);
      this.#inRow += 1;
      if (this.#inRow >= mostInRow) this.giveUp(error.message);
      return;
    }
    this.have(one);
  }
}
