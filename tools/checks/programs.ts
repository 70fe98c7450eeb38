/** Checks that other programs make. Each speaks in its own way; here they all answer problems. */
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { contentHash } from "./passed.ts";
import { outcome, type Check, type Outcome, type Problem } from "./check.ts";

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of `node_modules/.bin` in the checkout. */
export function runProgram(root: string, name: string, args: readonly string[]): Promise<Run> {
  const bin = join(root, "node_modules", ".bin");
  return new Promise((resolve, reject) => {
    const child = spawn(join(bin, name), args, {
      cwd: root,
      env: {
        ...process.env,
        PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
        NO_COLOR: "1",
        FORCE_COLOR: "0",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString("utf8")));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A program that failed without a problem that we could read is itself the problem. */
export function judged(name: string, run: Run, problems: readonly Problem[], summary?: string): Outcome {
  if (run.code === 0 || problems.length > 0) return outcome(problems, summary);
  const said = (run.stderr || run.stdout).trim().split("\n").slice(-20).join("\n");
  return { problems: [{ where: name, what: `ended with ${run.code ?? "a signal"}` }], output: said };
}

export const matches = (text: string, pattern: RegExp) =>
  text.split("\n").flatMap((line) => {
    const found = pattern.exec(line);
    return found ? [found] : [];
  });

export const types: Check = {
  name: "types",
  async run({ root }) {
    // One checker: more of them repeat each other's work, and the other checks want the processors as well.
    const quickly = ["--checkers", "1", "--incremental", "--tsBuildInfoFile", ".cache/tsc.tsbuildinfo"];
    const run = await runProgram(root, "tsc", [
      "--noEmit",
      "--pretty",
      "false",
      "-p",
      "tsconfig.json",
      ...quickly,
    ]);
    const found = matches(run.stdout, /^(.+?)\((\d+),\d+\): error (TS\d+: .*)$/);
    return judged(
      "tsc",
      run,
      found.map(([, file, line, what = ""]) => ({ where: `${file}:${line}`, what })),
    );
  },
};

export const format: Check = {
  name: "format",
  async run({ root }) {
    const run = await runProgram(root, "oxfmt", ["--list-different"]);
    const files = run.stdout.split("\n").filter((line) => line !== "");
    return judged(
      "oxfmt",
      run,
      files.map((where) => ({ where, what: "is not formatted", mend: "npm run check -- --fix" })),
    );
  },
};

interface KnipNote {
  readonly name: string;
  readonly line?: number;
}

type KnipIssue = { readonly file: string } & Readonly<Record<string, readonly KnipNote[] | undefined>>;

const deadSentences: Readonly<Record<string, [what: (name: string) => string, mend: string]>> = {
  files: [() => "nothing uses this file", "delete it, or name it as an entry in knip.jsonc"],
  exports: [(name) => `nobody imports ${name}`, "take away the export, or the code"],
  nsExports: [(name) => `nobody uses ${name}`, "take away the export, or the code"],
  duplicates: [(name) => `${name} is exported twice`, "keep one name"],
  dependencies: [(name) => `the package ${name} is not used`, "take it out of package.json"],
  devDependencies: [(name) => `the package ${name} is not used`, "take it out of package.json"],
  unlisted: [(name) => `the package ${name} is used and not named in package.json`, "name it"],
  unresolved: [(name) => `${name} cannot be found`, "correct the import"],
  binaries: [(name) => `the program ${name} comes with no package of ours`, "name its package"],
};

export const dead: Check = {
  name: "dead code",
  async run(sources) {
    // What it remembers of files holds only under the same configuration.
    const cache = `.cache/knip/${contentHash(sources, "knip.jsonc")}`;
    const quickly = ["--cache", "--cache-location", cache];
    const run = await runProgram(sources.root, "knip", ["--no-progress", "--reporter", "json", ...quickly]);
    const start = run.stdout.indexOf("{");
    if (start < 0) return judged("knip", run, []);
    const { issues } = JSON.parse(run.stdout.slice(start)) as { issues: KnipIssue[] };
    const problems = issues.flatMap((issue) =>
      Object.entries(deadSentences).flatMap(([kind, [what, mend]]) =>
        (issue[kind] ?? []).flat().map((note) => ({
          where: note.line === undefined ? issue.file : `${issue.file}:${note.line}`,
          what: what(note.name),
          mend,
        })),
      ),
    );
    return judged("knip", run, problems);
  },
};
