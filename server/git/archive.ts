/** A commit's files as one file to download, made by `git archive` while it is sent. */
import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough, type Readable } from "node:stream";
import { startLong, type LongProcess } from "./long-process.ts";
import { isHiddenRef } from "./names.ts";
import { requireObjectIds, type Repository } from "./object-ids.ts";
import { GitError, ProcessSlots } from "./process.ts";
import { PeerGone, writeTo } from "./protocol/bytes.ts";
import { readRefs } from "./ref-cache.ts";

export type ArchiveFormat = "zip" | "tar.gz";

export interface ArchiveRequest {
  /** The commit's id; what `export-subst` writes and the time of the files come from it. */
  readonly commit: string;
  readonly format: ArchiveFormat;
  /** The folder in which everything lies. */
  readonly folder: string;
  /** Ends the process when aborted (a client that went away). */
  readonly signal?: AbortSignal;
  /** Told what went wrong after the first bytes, for the log. */
  readonly onLateError?: (error: unknown) => void;
}

/** Archives have places of their own: a page full of links to them must not keep clones waiting. */
const slots = new ProcessSlots(4);
const deadline = 3_600_000;

/**
 * The archive as a stream that begins with its first bytes, so that what fails before them can still be told. Destroying
 * the stream ends the process, as does a reader who takes nothing for two minutes. `export-ignore` and `export-subst`
 * are those of the commit. Throws GitTimeout (no place) and GitError.
 */
export async function openArchive(repo: Repository, request: ArchiveRequest): Promise<Readable> {
  requireObjectIds(request.commit);
  const view = await visibleRefs(repo);
  const args = ["archive", `--format=${request.format}`, `--prefix=${request.folder}/`, request.commit];
  const process = await startLong(view?.dir ?? repo.dir, args, {
    slots,
    deadline,
    ...(view ? { env: view.env } : {}),
    ...(request.signal ? { signal: request.signal } : {}),
  }).catch(async (error: unknown) => {
    await view?.remove();
    throw error;
  });
  process.stdin.end();
  if (view) process.end.then(view.remove, view.remove);
  return begun(process, args, request);
}

async function begun(
  process: LongProcess,
  args: readonly string[],
  { onLateError }: ArchiveRequest,
): Promise<Readable> {
  const output = new PassThrough({ highWaterMark: 256 * 1024 });
  const { promise: first, resolve: begin } = Promise.withResolvers<void>();
  let running = true;
  output.on("error", () => undefined);
  output.once("close", () => {
    if (running) process.stop(new PeerGone("the client went away"));
  });
  const write = async () => {
    try {
      for await (const chunk of process.stdout) {
        const written = writeTo(output, chunk as Buffer);
        begin();
        await written;
      }
    } catch (error) {
      process.stop(error as Error);
    }
    const { exitCode, stderr, stopped } = await process.end;
    running = false;
    if (stopped) throw stopped;
    if (exitCode !== 0) throw new GitError(args, exitCode, stderr);
    output.end();
  };
  let late = false;
  const writing = write().catch((error: unknown) => {
    running = false;
    // Half an archive must not look like a whole one.
    output.destroy(error as Error);
    if (!late) throw error;
    if (!(error instanceof PeerGone)) onLateError?.(error);
  });
  await Promise.race([first, writing]);
  late = true;
  writing.catch(() => undefined);
  return output;
}

/**
 * `export-subst` can write the names of all references (`%D`), also those that nobody may see. Where there are such,
 * git gets a repository that has the others only and borrows the objects. Null where there are none.
 */
async function visibleRefs(repo: Repository) {
  const { sorted, head } = await readRefs(repo);
  if (!sorted.some(({ name }) => isHiddenRef(name))) return null;
  const dir = await mkdtemp(path.join(tmpdir(), "wit-archive-"));
  const remove = () => rm(dir, { recursive: true, force: true });
  try {
    await mkdir(path.join(dir, "refs"));
    await writeFile(path.join(dir, "config"), await readFile(path.join(repo.dir, "config")));
    const lines = sorted.filter(({ name }) => !isHiddenRef(name)).map(({ name, oid }) => `${oid} ${name}\n`);
    await writeFile(path.join(dir, "packed-refs"), `# pack-refs with: sorted \n${lines.join("")}`);
    const at = head === null ? "ref: refs/heads/main" : "target" in head ? `ref: ${head.target}` : head.oid;
    await writeFile(path.join(dir, "HEAD"), `${at}\n`);
  } catch (error) {
    await remove();
    throw error;
  }
  return { dir, remove, env: { GIT_OBJECT_DIRECTORY: path.join(repo.dir, "objects") } };
}
