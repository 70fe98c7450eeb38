/**
 * Loaded into a forge by `--import`, before anything else: kills the process (SIGKILL) right after the n-th thing that lasts was
 * done and before the program learns of it. What lasts is a change on disk, the end of a git process that writes, and a
 * commit of the database; between two of them a crash always leaves the same.
 *
 * The file that WIT_DIE_AT names says the n, and a word. SIGUSR2 makes the process read it and count from there; it answers
 * with the word (`.heard`), and writes what it counted so far at every step (`.steps`).
 */
import childProcess from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { Socket } from "node:net";
import { isMainThread } from "node:worker_threads";

const file = process.env["WIT_DIE_AT"];
let dieAt: number | null = null;
let steps: string[] = [];

function step(name: string): void {
  if (dieAt === null || file === undefined) return;
  steps.push(name);
  // Whoever reads it meanwhile finds the one before.
  writeFileSync(`${file}.steps.new`, JSON.stringify(steps));
  renameSync(`${file}.steps.new`, `${file}.steps`);
  if (steps.length === dieAt) process.kill(process.pid, "SIGKILL");
}

if (file !== undefined && isMainThread) {
  process.on("SIGUSR2", () => {
    const [at, arming = ""] = readFileSync(file, "utf8").split(" ");
    dieAt = Number(at);
    steps = [];
    writeFileSync(`${file}.steps`, "[]");
    writeFileSync(`${file}.heard`, arming);
  });
  watchFiles();
  watchGit();
  watchDatabase();
  syncBuiltinESMExports();
}

function watchFiles(): void {
  const writers = ["rename", "rm", "mkdir", "mkdtemp", "writeFile", "appendFile", "link", "unlink"] as const;
  const module = fs as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  for (const name of writers) {
    const original = module[name];
    if (!original) throw new Error(`node:fs/promises has no ${name}`);
    module[name] = async (...args) => {
      const result = await original(...args);
      step(`${name} ${String(args[0]).split("/").slice(-2).join("/")}`);
      return result;
    };
  }
}

/** What git does in the server's name, less what only reads. */
function watchGit(): void {
  const readers = new Set([
    "cat-file",
    "rev-list",
    "rev-parse",
    "log",
    "diff-tree",
    "count-objects",
    "merge-base",
  ]);
  const module = childProcess as unknown as { spawn: (...args: unknown[]) => childProcess.ChildProcess };
  const original = module.spawn;
  module.spawn = (...args) => {
    const [program, words] = args as [string, readonly string[] | undefined];
    // Without the small process that starts git, the server does it itself, where it can be seen.
    if (words?.some((word) => String(word).endsWith("launcher.mjs")))
      return original("/nonexistent/launcher", [], args[2]);
    const child = original(...args);
    const command = words?.find((word, index) => !word.startsWith("-") && words[index - 1] !== "-c");
    if (program === "git" && command !== undefined && !readers.has(command))
      child.prependListener("exit", () => step(`git ${command}`));
    return child;
  };
}

/** PostgreSQL's protocol, as far as it tells that something was committed: frames of a type, a length and a text. */
function watchDatabase(): void {
  interface Talk {
    rest: Buffer;
    written: string[];
  }
  const talks = new WeakMap<Socket, Talk>();
  const prototype = Socket.prototype as unknown as { push: (chunk: unknown, encoding?: string) => boolean };
  const original = prototype.push;
  prototype.push = function push(this: Socket, chunk, encoding) {
    if (Buffer.isBuffer(chunk)) {
      let talk = talks.get(this);
      // The first that a server says is an answer to the sign-in: R, with a few bytes.
      if (!talk && chunk[0] === 0x52 && chunk.length > 8 && chunk.readInt32BE(1) < 64) {
        talk = { rest: Buffer.alloc(0), written: [] };
        talks.set(this, talk);
      }
      if (talk) listen(talk, chunk);
    }
    return original.call(this, chunk, encoding);
  };
  const listen = (talk: Talk, chunk: Buffer) => {
    talk.rest = Buffer.concat([talk.rest, chunk]);
    while (talk.rest.length >= 5) {
      const size = 1 + talk.rest.readInt32BE(1);
      if (talk.rest.length < size) return;
      const body = talk.rest.subarray(5, size);
      const type = String.fromCharCode(talk.rest[0] ?? 0);
      talk.rest = talk.rest.subarray(size);
      if (type === "C") {
        const tag = body.toString("latin1").replace(/\0.*$/s, "");
        if (tag === "ROLLBACK") talk.written = [];
        else if (/^(?:INSERT 0|UPDATE|DELETE) [1-9]/.test(tag)) talk.written.push(tag);
      } else if (type === "Z" && String.fromCharCode(body[0] ?? 0) === "I" && talk.written.length > 0) {
        const name = `commit of ${talk.written.join(", ")}`;
        talk.written = [];
        step(name);
      }
    }
  };
}
