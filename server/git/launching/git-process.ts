/** A git process that the launcher started: what `child_process` gives, over one connection. */
import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { Readable, Writable } from "node:stream";

/** The part of a child process that callers use. Emits `error` when it could not be started, and `close` at its end. */
export interface GitProcess extends EventEmitter {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Null while it runs, and when a signal ended it. */
  readonly exitCode: number | null;
  readonly signalCode: NodeJS.Signals | null;
  kill(signal: NodeJS.Signals): void;
}

/** What the launcher tells of a process. */
export interface News {
  readonly id: number;
  readonly pid?: number;
  readonly status?: number | null;
  readonly signal?: NodeJS.Signals | null;
  readonly complaint?: string;
  readonly error?: string;
  readonly code?: string | null;
}

export class LaunchedProcess extends EventEmitter implements GitProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr = new Readable({ read: () => undefined });
  exitCode: number | null = null;
  signalCode: NodeJS.Signals | null = null;
  readonly #socket: Socket;
  readonly #input: Socket | null;
  readonly #waiting: ((error: Error | null) => void)[] = [];
  #pid: number | undefined;
  #signal: NodeJS.Signals | undefined;
  #gone = false;
  #silent = false;

  /** @param input where its standard input goes; null when it gets none */
  constructor(socket: Socket, input: Socket | null) {
    super();
    this.#socket = socket;
    this.#input = input;
    // The launcher reads no further than its line, so nothing may follow that before git has the connection.
    this.stdin = new Writable({
      highWaterMark: 256 * 1024,
      write: (chunk: Buffer, _encoding, done) =>
        this.#onceStarted((error) => {
          if (error || !input) done(error ?? new Error("this process takes no input"));
          else input.write(chunk, done);
        }),
      final: (done) =>
        this.#onceStarted((error) => {
          if (error || !input) done();
          else input.end(() => done());
        }),
    });
    this.stdout = new Readable({ highWaterMark: 256 * 1024, read: () => void socket.resume() });
    socket.on("data", (chunk: Buffer) => {
      if (!this.stdout.push(chunk)) socket.pause();
    });
    const end = () => {
      if (!this.stdout.readableEnded && !this.#silent) this.stdout.push(null);
      this.#silent = true;
    };
    socket.on("end", end);
    socket.on("close", end);
    socket.on("error", end);
    // A process that ends before it has read everything breaks the connection: its exit code says what that means.
    input?.on("error", () => undefined);
    this.stdout.on("end", () => this.#settle());
    this.stdout.on("close", () => {
      socket.destroy();
      this.#settle();
    });
  }

  #onceStarted(run: (error: Error | null) => void): void {
    if (this.#pid !== undefined) run(null);
    else if (this.#gone) run(new Error("the process could not be started"));
    else this.#waiting.push(run);
  }

  kill(signal: NodeJS.Signals): void {
    this.#signal = signal;
    if (this.#pid === undefined || this.#gone) return;
    try {
      process.kill(this.#pid, signal);
    } catch {
      // It has just ended by itself.
    }
  }

  /** Takes what the launcher says of it. */
  learn(news: News): void {
    if (news.pid !== undefined) {
      this.#pid = news.pid;
      for (const run of this.#waiting.splice(0)) run(null);
      if (this.#signal) this.kill(this.#signal);
    } else if (news.error !== undefined) this.fail(news.error, news.code ?? undefined);
    else {
      this.signalCode = news.signal ?? null;
      this.#end(news.status ?? null, news.complaint ?? "");
    }
  }

  /** It could not be started, or nobody knows what became of it. */
  fail(message: string, code?: string): void {
    if (this.#gone) return;
    const error = Object.assign(new Error(message), { code });
    for (const run of this.#waiting.splice(0)) run(error);
    this.emit("error", error);
    this.#end(null, "");
    this.stdout.destroy();
  }

  #end(status: number | null, complaint: string): void {
    if (this.#gone) return;
    this.#gone = true;
    this.exitCode = status;
    this.stdin.destroy();
    this.#input?.destroy();
    if (complaint !== "") this.stderr.push(complaint);
    this.stderr.push(null);
    this.stderr.once("end", () => this.#settle());
    // What nobody listens to would hold up the end for ever.
    for (const stream of [this.stdout, this.stderr])
      if (stream.readableFlowing === null && stream.listenerCount("readable") === 0) stream.resume();
    this.#settle();
  }

  #closed = false;

  #settle(): void {
    const done = (stream: Readable) => stream.readableEnded || stream.destroyed;
    if (this.#closed || !this.#gone || !done(this.stdout) || !done(this.stderr)) return;
    this.#closed = true;
    this.#socket.destroy();
    this.emit("close", this.exitCode);
  }
}
