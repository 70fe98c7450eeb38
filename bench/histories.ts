/** Repositories to measure on: made by `git fast-import`, the same bytes every time. */
import { spawn } from "node:child_process";
import { once } from "node:events";

export interface History {
  readonly name: "small" | "large";
  readonly commits: number;
  /** Files lie in folders of twenty. */
  readonly files: number;
}

export const filePath = (file: number) =>
  `src/part-${Math.floor(file / 20) % 30}/file-${String(file).padStart(4, "0")}.ts`;

/** The folder of the tree pages. */
export const folderPath = "src/part-0";

const words =
  "push pull merge review branch commit label issue queue agent ledger reader writer token scope".split(" ");
const word = (n: number) => words[((n * 2_654_435_761) >>> 7) % words.length] ?? "word";

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

const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;

function* commitsOf({ commits, files }: History): Generator<string> {
  const began = 1_600_000_000;
  for (let n = 0; n < commits; n += 1) {
    const who = `Writer ${n % 7} <writer${n % 7}@example.test> ${began + n * 600} +0000`;
    // The first commit brings half of the files; every later one changes one, in turn with adding the rest.
    const changed =
      n === 0 ? Array.from({ length: Math.ceil(files / 2) }, (_, file) => file) : [(n * 7919) % files];
    yield `commit refs/heads/main\nmark :${n + 1}\nauthor ${who}\ncommitter ${who}\n`;
    yield data(`Change ${word(n)} ${n}\n\nFor the ${word(n + 1)} of the ${word(n + 2)}.\n`);
    if (n > 0) yield `from :${n}\n`;
    if (n === 0) yield `M 100644 inline README.md\n${data("# Measured\n\nA repository to measure on.\n")}`;
    for (const file of changed) yield `M 100644 inline ${filePath(file)}\n${data(sourceText(file, n))}`;
  }
  yield `tag v1\nfrom :${commits}\ntagger Writer <writer@example.test> ${began} +0000\n${data("First\n")}`;
}

/** @param folder an empty bare repository */
export async function importHistory(folder: string, history: History): Promise<void> {
  const child = spawn("git", ["-C", folder, "fast-import", "--quiet", "--date-format=raw"], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  const ended = once(child, "exit");
  for (const piece of commitsOf(history))
    if (!child.stdin.write(piece)) await Promise.race([once(child.stdin, "drain"), ended]);
  child.stdin.end();
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}
