/** Repositories to measure on: made by `git fast-import`, the same bytes every time. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { gitEnvironment } from "./programs.ts";

export interface History {
  readonly name: "small" | "large" | "wide" | "pulls";
  /** What it is made with: another size is another history. */
  readonly size: string;
  /** Begins in an empty bare repository and leaves it with `main` and everything else. */
  write(folder: string): Promise<void>;
}

/** A history of ordinary commits. @param files lie in folders of twenty */
export const plainHistory = (name: "small" | "large", commits: number, files: number): History => ({
  name,
  size: `${commits} ${files}`,
  write: (folder) => fastImport(folder, plainCommits(commits, files)),
});

export const filePath = (file: number) =>
  `src/part-${Math.floor(file / 20) % 30}/file-${String(file).padStart(4, "0")}.ts`;

/** The folder of the tree pages. */
export const folderPath = "src/part-0";

const began = 1_600_000_000;

const words =
  "push pull merge review branch commit label issue queue agent ledger reader writer token scope".split(" ");
/** One of some words, in no visible order. */
export const word = (n: number) => words[((n * 2_654_435_761) >>> 7) % words.length] ?? "word";

function sourceText(file: number, version: number): string {
  const lines = [`/** Part ${file}, version ${version}. */`];
  for (let line = 0; line < 60; line += 1) {
    // A new version changes one line in ten.
    const turn = line % 10 === version % 10 ? version : 0;
    lines.push(
      `export const ${word(file + line)}${line} = (${word(line + 3)}: number) => ${word(line)}${file} * ${turn};`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** A text as `git fast-import` reads it. */
export const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;

/** The beginning of the commit with the mark `n + 1`, up to its first change; its parent is the one before. */
export function commitHead(n: number, message: string): string {
  const who = `Writer ${n % 7} <writer${n % 7}@example.test> ${began + n * 600} +0000`;
  const head = `commit refs/heads/main\nmark :${n + 1}\nauthor ${who}\ncommitter ${who}\n${data(message)}`;
  return n > 0 ? `${head}from :${n}\n` : head;
}

/** An annotated tag of the commit with that mark. */
export const tagOf = (name: string, mark: number) =>
  `tag ${name}\nfrom :${mark}\ntagger Writer <writer@example.test> ${began} +0000\n${data("Tagged\n")}`;

function* plainCommits(commits: number, files: number): Generator<string> {
  for (let n = 0; n < commits; n += 1) {
    // The first commit brings half of the files; every later one changes one, in turn with adding the rest.
    const changed =
      n === 0 ? Array.from({ length: Math.ceil(files / 2) }, (_, file) => file) : [(n * 7919) % files];
    yield commitHead(n, `Change ${word(n)} ${n}\n\nFor the ${word(n + 1)} of the ${word(n + 2)}.\n`);
    if (n === 0) yield `M 100644 inline README.md\n${data("# Measured\n\nA repository to measure on.\n")}`;
    for (const file of changed) yield `M 100644 inline ${filePath(file)}\n${data(sourceText(file, n))}`;
  }
  yield tagOf("v1", commits);
}

/** @param options more of the command. @throws Error when git refuses the stream */
export async function fastImport(
  folder: string,
  stream: Iterable<string>,
  options: readonly string[] = [],
): Promise<void> {
  const child = spawn("git", ["-C", folder, "fast-import", "--quiet", "--date-format=raw", ...options], {
    env: gitEnvironment,
    stdio: ["pipe", "ignore", "inherit"],
  });
  const ended = once(child, "exit");
  // What it does not read any more is told by its exit code.
  child.stdin.on("error", () => undefined);
  for (const piece of stream)
    if (!child.stdin.write(piece)) await Promise.race([once(child.stdin, "drain"), ended]);
  child.stdin.end();
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}
