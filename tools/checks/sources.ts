/** The checkout as the checks see it: what git tracks or would track, read once. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

export class Sources {
  readonly root: string;
  readonly #text = new Map<string, string>();
  #files: readonly string[] | undefined;

  constructor(root: string) {
    this.root = root;
  }

  /** All files, relative to the root, in order. */
  get files(): readonly string[] {
    this.#files ??= listFiles(this.root).toSorted();
    return this.#files;
  }

  /** TypeScript that people write: no build output, nothing generated. */
  get code(): readonly string[] {
    return this.files.filter((file) => /\.(?:ts|tsx|mts|mjs)$/.test(file) && !isGenerated(file));
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  /** The text of a file. @throws when it cannot be read */
  read(path: string): string {
    let text = this.#text.get(path);
    if (text === undefined) {
      text = readFileSync(join(this.root, path), "utf8");
      this.#text.set(path, text);
    }
    return text;
  }

  readJson(path: string): unknown {
    return JSON.parse(this.read(path)) as unknown;
  }
}

export const isGenerated = (file: string): boolean =>
  /\.gen\.\w+$/.test(file) || file.startsWith("migrations/");

/** A test, or code that only tests use: `testing.ts`, `test-histories.ts`. */
export const isTest = (file: string): boolean =>
  /\.(?:test|spec|test-thread)\.[cm]?tsx?$|\/(?:testing|test-[\w-]+)\.tsx?$/.test(file);

const skipped = new Set(["node_modules", ".git", "dist", "data", ".cache", "test-results"]);

function listFiles(root: string): string[] {
  if (existsSync(join(root, ".git"))) {
    const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      maxBuffer: 64 * 1024 * 1024,
    })
      .toString("utf8")
      .split("\0");
    return [...new Set(listed)].filter((file) => file !== "" && existsSync(join(root, file)));
  }
  return walk(root, root);
}

/** A copy without git (an archive) is walked. */
function walk(root: string, folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(root, path) : entry.isFile() ? [relative(root, path)] : [];
  });
}
