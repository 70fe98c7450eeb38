/** The server's side of the launcher: starts it, hands it work, and does without it while it is not there. */
import { spawn, type ChildProcess, type SendHandle } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { LaunchedProcess, type News } from "./git-process.ts";

export interface Work {
  readonly cwd: string;
  readonly args: readonly string[];
  /** Whether anything is written to its standard input. */
  readonly input: boolean;
  /** Besides the environment that the launcher was made with. */
  readonly env: Readonly<Record<string, string>>;
  /** Where its standard output goes instead of to us. */
  readonly to?: Socket;
}

const program = fileURLToPath(new URL("launcher.mjs", import.meta.url));
/** A program that starts git once or twice is done before a launcher would be ready. */
const patience = 3;
const restartAfterMs = 1_000;
const readyWithinMs = 10_000;

export class Launcher {
  readonly #environment: Readonly<Record<string, string>>;
  readonly #running = new Map<number, LaunchedProcess>();
  #asked = 0;
  #last = 0;
  #starting = false;
  #control: Control | null = null;

  /** @param environment all variables that every process gets */
  constructor(environment: Readonly<Record<string, string>>) {
    this.#environment = environment;
  }

  /** Starts git, or answers null while there is no launcher: the caller then starts it by itself. */
  launch({ to, ...work }: Work): LaunchedProcess | null {
    this.#asked += 1;
    const control = this.#control;
    if (!control) {
      if (this.#asked > patience && !this.#starting) void this.#start();
      return null;
    }
    const id = (this.#last += 1);
    const socket = connect(control.address);
    const input = work.input ? connect(control.address) : null;
    const process = new LaunchedProcess(socket, input);
    if (this.#running.size === 0) control.socket.ref();
    this.#running.set(id, process);
    socket.write(`${JSON.stringify({ id, ...work, ...(to ? { lent: true } : {}) })}\n`);
    input?.write(`${JSON.stringify({ inputOf: id })}\n`);
    const refused = (error: NodeJS.ErrnoException) => {
      // Nobody took it, so nothing will ever be told of it.
      if (error.syscall === "connect") this.#forget(id, "the launcher cannot be reached");
    };
    if (to) this.#lend(control.child, id, to);
    socket.once("error", refused);
    input?.once("error", refused);
    return process;
  }

  /** A connection that is closed meanwhile cannot be given away, but the launcher has to know that none will come. */
  #lend(child: ChildProcess, id: number, to: Socket): void {
    const unreachable = (error: Error | null) => {
      if (error) this.#forget(id, "the launcher cannot be reached");
    };
    child.send({ outputOf: id }, handleOf(to), (error) => {
      if (error) child.send({ outputOf: id }, unreachable);
    });
  }

  #forget(id: number, why?: string): void {
    const process = this.#running.get(id);
    this.#running.delete(id);
    if (this.#running.size === 0) this.#control?.socket.unref();
    if (why !== undefined) process?.fail(why);
  }

  async #start(): Promise<void> {
    this.#starting = true;
    const folder = mkdtempSync(path.join(tmpdir(), "wit-git-"));
    let child: ChildProcess | undefined;
    try {
      const address = path.join(folder, "s");
      // Little memory is what it is for.
      const flags = ["--max-semi-space-size=1", "--max-old-space-size=64", "--no-warnings"];
      child = spawn(process.execPath, [...flags, program, address], {
        stdio: ["ignore", "ignore", "ignore", "ipc"],
        env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin" },
      });
      child.unref();
      child.channel?.unref();
      child.on("error", () => undefined);
      const socket = await reach(address);
      const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()));
      const lines = createInterface({ input: socket, crlfDelay: Infinity });
      const control = { child, socket, address };
      lines.on("line", (line) => this.#hear(line, control));
      socket.on("error", () => undefined);
      socket.write(`${JSON.stringify({ environment: this.#environment })}\n`);
      socket.unref();
      void gone.then(() => this.#lost(folder));
    } catch {
      child?.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
      await pause(restartAfterMs, undefined, { ref: false });
      this.#starting = false;
    }
  }

  #hear(line: string, control: Control): void {
    const news = JSON.parse(line) as News & { readonly ready?: true };
    if (news.ready) {
      this.#control = control;
      return;
    }
    const process = this.#running.get(news.id);
    if (news.pid === undefined) this.#forget(news.id);
    process?.learn(news);
  }

  /** The processes that it started may go on, but nobody will hear of them. */
  async #lost(folder: string): Promise<void> {
    this.#control = null;
    rmSync(folder, { recursive: true, force: true });
    for (const id of this.#running.keys()) this.#forget(id, "the launcher of git ended");
    await pause(restartAfterMs, undefined, { ref: false });
    this.#starting = false;
  }
}

interface Control {
  readonly child: ChildProcess;
  readonly socket: Socket;
  readonly address: string;
}

/**
 * What a connection is to the system, to be given to another process. Node gives connections away and forgets them, or counts
 * them on in both processes for its own servers to ask each other; this one is only lent, so it is given as what it is made of.
 */
function handleOf(socket: Socket): SendHandle {
  return (socket as unknown as { readonly _handle: SendHandle })._handle;
}

/** Connects as soon as somebody listens. */
async function reach(address: string): Promise<Socket> {
  const deadline = performance.now() + readyWithinMs;
  for (;;) {
    const socket = connect(address);
    const error = await new Promise<Error | null>((resolve) => {
      socket.once("connect", () => resolve(null));
      socket.once("error", resolve);
    });
    if (!error) return socket;
    if (performance.now() > deadline) throw error;
    await pause(20, undefined, { ref: false });
  }
}
