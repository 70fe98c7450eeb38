/** The list of files in git's answer to `diff-tree --raw -p -z`. */
import { isZeroId } from "./object-ids.ts";
import { decodePath, encodePath } from "./paths.ts";
import { printedName } from "./quoting.ts";

export type DiffStatus = "added" | "deleted" | "modified" | "renamed" | "copied" | "type-changed";

export interface ChangedFile {
  readonly status: DiffStatus;
  /** The path after the change, or the former one of a deleted file. */
  readonly path: string;
  /** The path before a rename or of the copied file; otherwise null. */
  readonly oldPath: string | null;
  /** Percent of alikeness of a renamed or copied file; otherwise null. */
  readonly similarity: number | null;
  /** Six octal digits; null on the side without the file. */
  readonly oldMode: string | null;
  readonly newMode: string | null;
  /** Ids of the contents (commits for submodules); null on the side without the file. */
  readonly oldOid: string | null;
  readonly newOid: string | null;
  readonly submodule: boolean;
  /** Its change is not shown as lines; false for what only moved. */
  readonly binary: boolean;
  /** Lines, once the patch was read; 0 for binary files. */
  readonly additions: number;
  readonly deletions: number;
}

const statuses: Readonly<Record<string, DiffStatus>> = {
  A: "added",
  D: "deleted",
  M: "modified",
  R: "renamed",
  C: "copied",
  T: "type-changed",
};

/** Reads a stream in two ways: up to a NUL, then what remains. */
export class NulReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #data: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The bytes before the next NUL; null at the end. */
  async field(): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    while (true) {
      const end = this.#data.indexOf(0);
      if (end >= 0) {
        parts.push(this.#data.subarray(0, end));
        this.#data = this.#data.subarray(end + 1);
        return Buffer.concat(parts);
      }
      parts.push(this.#data);
      const next = await this.#chunks.next();
      if (next.done) {
        this.#data = Buffer.alloc(0);
        this.#ended = true;
        return null;
      }
      this.#data = next.value;
    }
  }

  async *rest(): AsyncGenerator<Buffer, void, void> {
    if (this.#data.length) yield this.#data;
    while (!this.#ended) {
      const next = await this.#chunks.next();
      if (next.done) return;
      yield next.value;
    }
  }

  /** Ends the process behind the stream. */
  async close(): Promise<void> {
    this.#ended = true;
    await this.#chunks.return?.();
  }
}

const nothing = Buffer.alloc(0);

/**
 * Reads the list of files, up to where the patch begins. With `isCounted`, `--numstat` follows each list: a file that `-w` found
 * unchanged is not in it and is left out.
 */
export async function readChangedFiles(reader: NulReader, isCounted: boolean): Promise<ChangedFile[]> {
  const files = new Map<string, ChangedFile>();
  const counted = new Set<string>();
  for (let field = await reader.field(); field?.length; field = await reader.field()) {
    if (field[0] === 0x3a) {
      const file = await readRaw(reader, field.toString("latin1", 1));
      files.set(file.path, file);
      continue;
    }
    const [, name = ""] = /^\S+\t\S+\t(.*)$/s.exec(field.toString("latin1")) ?? [];
    if (name === "") await reader.field();
    const path = decodePath(name === "" ? ((await reader.field()) ?? nothing) : Buffer.from(name, "latin1"));
    counted.add(path);
  }
  return [...files.values()].filter(
    (file) => !isCounted || file.status !== "modified" || counted.has(file.path),
  );
}

async function readRaw(reader: NulReader, line: string): Promise<ChangedFile> {
  const [oldMode = "", newMode = "", oldOid = "", newOid = "", letter = ""] = line.split(" ");
  const status = statuses[letter[0] ?? ""] ?? "modified";
  const twoPaths = status === "renamed" || status === "copied";
  const oldPath = twoPaths ? decodePath((await reader.field()) ?? nothing) : null;
  return {
    status,
    path: decodePath((await reader.field()) ?? nothing),
    oldPath,
    similarity: twoPaths ? Number(letter.slice(1)) : null,
    oldMode: oldMode === "000000" ? null : oldMode,
    newMode: newMode === "000000" ? null : newMode,
    oldOid: isZeroId(oldOid) ? null : oldOid,
    newOid: isZeroId(newOid) ? null : newOid,
    submodule: oldMode === "160000" || newMode === "160000",
    binary: false,
    additions: 0,
    deletions: 0,
  };
}

/** The first line git gives the patch of a file, bytes as Latin-1. */
export function patchHeader(file: ChangedFile): string {
  const name = (prefix: string, path: string) =>
    printedName(`${prefix}${encodePath(path).toString("latin1")}`);
  return `diff --git ${name("a/", file.oldPath ?? file.path)} ${name("b/", file.path)}`;
}
