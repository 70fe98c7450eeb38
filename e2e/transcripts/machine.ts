/** For transcripts: somebody's machine with the real programs on it, and nothing of the machine that runs the tests. */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export interface Spoken {
  readonly code: number | null;
  /** What the terminal shows: both streams as they came. */
  readonly said: string;
  readonly stdout: Buffer;
}

export interface Machine {
  readonly home: string;
  /** Runs a program below the home folder. */
  run(cwd: string, program: string, args: readonly string[], input?: string | Uint8Array): Promise<Spoken>;
  /** Runs git; throws with what it said unless it ends well. */
  git(cwd: string, ...args: readonly string[]): Promise<string>;
  /** Runs git that is expected to fail and answers what it said. */
  refused(cwd: string, ...args: readonly string[]): Promise<string>;
  write(file: string, content: string | Uint8Array): Promise<void>;
  /** Sets a variable for everything that runs from now on. */
  set(variable: string, value: string): void;
  remove(): Promise<void>;
}

/** @param person whose name stands in the commits */
export async function openMachine(person: string): Promise<Machine> {
  const home = await mkdtemp(path.join(tmpdir(), `wit ${person} `));
  const env: Record<string, string> = {
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    HOME: home,
    LC_ALL: "C.UTF-8",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: person,
    GIT_AUTHOR_EMAIL: `${person}@example.test`,
    GIT_COMMITTER_NAME: person,
    GIT_COMMITTER_EMAIL: `${person}@example.test`,
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "init.defaultBranch",
    GIT_CONFIG_VALUE_0: "main",
  };
  const run: Machine["run"] = (cwd, program, args, input = "") =>
    new Promise((resolve, reject) => {
      const child = spawn(program, args, { cwd: path.join(home, cwd), env });
      const stdout: Buffer[] = [];
      let said = "";
      const late = setTimeout(() => child.kill("SIGKILL"), 60_000);
      child.stdout.on("data", (chunk: Buffer) => {
        stdout.push(chunk);
        said += chunk.toString("utf8");
      });
      child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
      child.stdin.on("error", () => undefined);
      child.on("error", reject);
      child.on("close", (code) => {
        clearTimeout(late);
        resolve({ code, said, stdout: Buffer.concat(stdout) });
      });
      child.stdin.end(input);
    });
  return {
    home,
    run,
    async git(cwd, ...args) {
      const { code, said, stdout } = await run(cwd, "git", args);
      if (code !== 0) throw new Error(`git ${args.join(" ")} ended with ${code}:\n${said}`);
      return args[0] === "push" || args[0] === "clone" ? said : stdout.toString("utf8").trim();
    },
    async refused(cwd, ...args) {
      const { code, said } = await run(cwd, "git", args);
      if (code === 0) throw new Error(`git ${args.join(" ")} was not refused:\n${said}`);
      return said;
    },
    async write(file, content) {
      await mkdir(path.dirname(path.join(home, file)), { recursive: true });
      await writeFile(path.join(home, file), content);
    },
    set: (variable, value) => void (env[variable] = value),
    remove: () => rm(home, { recursive: true, force: true, maxRetries: 3 }),
  };
}
