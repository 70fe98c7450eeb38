/**
 * The `cat-file` processes of all repositories: bounded in number, ended when idle, replaced when they die.
 *
 * Few repositories are read at once, so a process is kept for the next question; when the bound is reached the one
 * that has been idle longest makes room, and questions wait in order when all are busy.
 */
import { CatFile, type Answer, type CatFileOwner, type Question } from "./cat-file.ts";
import { GitTimeout, patience } from "./process.ts";

export interface PoolLimits {
  /** Processes over all repositories. */
  readonly total: number;
  /** Processes of one repository. */
  readonly perRepository: number;
  /** Milliseconds after which an unused process ends. */
  readonly idle: number;
}

/** Questions open on a process before another one is started for the same repository. */
const crowded = 32;
const maximalAttempts = 3;

/** The repository is being deleted or the server stops. */
export class ObjectReaderClosed extends Error {
  override readonly name = "ObjectReaderClosed";
}

export type Ask = Pick<Question, "command" | "name" | "keep">;

export class ObjectPool implements CatFileOwner {
  readonly #limits: PoolLimits;
  readonly #processes = new Map<string, Set<CatFile>>();
  /** Started and not yet gone, also those that are being ended. */
  #alive = 0;
  #waiting: { directory: string; questions: Question[]; since: number }[] = [];
  #sweeper: NodeJS.Timeout | undefined;

  constructor(limits: PoolLimits) {
    this.#limits = limits;
  }

  get alive(): number {
    return this.#alive;
  }

  /** Asks all on one process, in order. */
  ask(directory: string, asks: readonly Ask[]): Promise<(Answer | null)[]> {
    const questions: Question[] = [];
    const answers = asks.map(
      (ask) =>
        new Promise<Answer | null>((resolve, reject) => {
          questions.push({ ...ask, attempts: 0, resolve, reject });
        }),
    );
    this.#place(directory, questions);
    return Promise.all(answers);
  }

  /** Ends the processes of a repository (it is about to be deleted or moved) and fails what they were asked. */
  release(directory: string): void {
    const closed = new ObjectReaderClosed("the repository was closed");
    const waiting = this.#waiting.filter((entry) => entry.directory === directory);
    this.#waiting = this.#waiting.filter((entry) => entry.directory !== directory);
    for (const entry of waiting) for (const question of entry.questions) question.reject(closed);
    const processes = this.#processes.get(directory) ?? [];
    this.#processes.delete(directory);
    for (const process of processes) process.close(closed);
  }

  /** Ends all processes. */
  close(): void {
    clearInterval(this.#sweeper);
    this.#sweeper = undefined;
    for (const directory of new Set([
      ...this.#processes.keys(),
      ...this.#waiting.map((one) => one.directory),
    ]))
      this.release(directory);
  }

  idle(_process: CatFile): void {
    this.#serveWaiting();
  }

  closed(process: CatFile, open: Question[]): void {
    this.#alive -= 1;
    const siblings = this.#processes.get(process.directory);
    const released = !siblings?.delete(process);
    if (siblings?.size === 0) this.#processes.delete(process.directory);
    const again: Question[] = [];
    for (const question of open) {
      question.attempts += 1;
      if (released) question.reject(new ObjectReaderClosed("the repository was closed"));
      else if (question.attempts >= maximalAttempts)
        question.reject(new GitTimeout("git cat-file ended again and again before it answered"));
      else again.push(question);
    }
    if (again.length) this.#place(process.directory, again);
    this.#serveWaiting();
  }

  #place(directory: string, questions: Question[]): void {
    if (questions.length === 0) return;
    const process = this.#choose(directory);
    if (process) for (const question of questions) process.ask(question);
    else this.#waiting.push({ directory, questions, since: performance.now() });
    this.#sweeper ??= setInterval(() => this.#sweep(), Math.max(10, this.#limits.idle / 3)).unref();
  }

  #choose(directory: string): CatFile | undefined {
    const own = [...(this.#processes.get(directory) ?? [])].filter((process) => process.usable);
    const calm = own.toSorted((a, b) => a.waiting - b.waiting)[0];
    if (calm && (calm.waiting < crowded || own.length >= this.#limits.perRepository)) return calm;
    if (this.#alive < this.#limits.total) return this.#start(directory);
    if (calm) return calm;
    // A process that was told to end counts until it is gone; its end serves those who wait.
    this.#longestIdle()?.close(new ObjectReaderClosed("made room for another repository"));
    return undefined;
  }

  #start(directory: string): CatFile {
    const process = new CatFile(directory, this);
    this.#alive += 1;
    const siblings = this.#processes.get(directory) ?? new Set();
    this.#processes.set(directory, siblings.add(process));
    return process;
  }

  #longestIdle(): CatFile | undefined {
    const idle = [...this.#processes.values()]
      .flatMap((set) => [...set])
      .filter((process) => process.usable && process.waiting === 0);
    return idle.toSorted((a, b) => a.idleSince - b.idleSince)[0];
  }

  #serveWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const entry of waiting) {
      const process = this.#choose(entry.directory);
      if (process) for (const question of entry.questions) process.ask(question);
      else this.#waiting.push(entry);
    }
  }

  #sweep(): void {
    const now = performance.now();
    for (const process of [...this.#processes.values()].flatMap((set) => [...set]))
      if (process.waiting === 0 && now - process.idleSince > this.#limits.idle)
        process.close(new ObjectReaderClosed("idle"));
    const late = this.#waiting.filter((entry) => now - entry.since > patience);
    this.#waiting = this.#waiting.filter((entry) => now - entry.since <= patience);
    for (const entry of late)
      for (const question of entry.questions)
        question.reject(new GitTimeout(`no free object reader within ${patience} ms`));
    if (this.#alive === 0 && this.#waiting.length === 0) {
      clearInterval(this.#sweeper);
      this.#sweeper = undefined;
    }
  }
}
