/** The contents that the files of a history point to (git-lfs spec.md, "The pointer"), without reading a large file. */
import { lfsPointer, pointerBytes, type LfsPointer } from "./blobs.ts";
import { startLong } from "./long-process.ts";
import { objectInfos, readObjects } from "./objects.ts";
import { GitError } from "./process.ts";
import { requireObjectIds, type Repository } from "./object-ids.ts";

/** No pointer is shorter: its version and the hash alone have more bytes. */
const leastBytes = 115;
const inOneLook = 500;
const lookMs = 30 * 60_000;

export interface PointerLook {
  /** Object ids of the ends of the history. */
  readonly tips: readonly string[];
  /** What these reach was looked at before. Ids that the repository lacks say nothing. */
  readonly known?: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * The pointers among the files that a history has or ever had, some hundred at a time, each once. Git leaves out what is larger
 * than a pointer while it walks, so of a large file not even the size is read here.
 *
 * @throws GitError when the history is not whole, GitTimeout when the walk takes longer than half an hour or is ended
 */
export async function* pointersOf(
  repo: Repository,
  { tips, known = [], signal }: PointerLook,
): AsyncGenerator<LfsPointer[]> {
  requireObjectIds(...tips);
  if (tips.length === 0) return;
  requireObjectIds(...known);
  const args = [
    "rev-list",
    "--objects",
    "--no-object-names",
    "--ignore-missing",
    `--filter=combine:object:type=blob+blob:limit=${pointerBytes + 1}`,
    "--stdin",
  ];
  const walk = await startLong(repo.dir, args, {
    deadline: lookMs,
    low: true,
    ...(signal ? { signal } : {}),
  });
  const ended = walk.end.catch(() => undefined);
  const seen = new Set<string>();
  try {
    walk.stdin.end([...tips, ...known.map((id) => `^${id}`)].map((line) => `${line}\n`).join(""));
    let rest = "";
    let ids: string[] = [];
    for await (const chunk of walk.stdout) {
      const lines = (rest + (chunk as Buffer).toString("latin1")).split("\n");
      rest = lines.pop() ?? "";
      for (const id of lines) if (id !== "") ids.push(id);
      for (; ids.length >= inOneLook; ids = ids.slice(inOneLook)) {
        const found = await amongst(repo, ids.slice(0, inOneLook), seen);
        if (found.length > 0) yield found;
      }
    }
    const { exitCode, stopped, stderr } = await walk.end;
    if (stopped) throw stopped;
    if (exitCode !== 0) throw new GitError(args, exitCode, stderr);
    const found = await amongst(repo, ids, seen);
    if (found.length > 0) yield found;
  } finally {
    walk.stop(new Error("nobody reads on"));
    await ended;
  }
}

async function amongst(repo: Repository, ids: readonly string[], seen: Set<string>): Promise<LfsPointer[]> {
  if (ids.length === 0) return [];
  const infos = await objectInfos(repo, ids);
  const likely = infos.flatMap((info) =>
    info?.type === "blob" && info.size >= leastBytes && info.size <= pointerBytes ? [info.oid] : [],
  );
  const found: LfsPointer[] = [];
  for (const one of await readObjects(repo, likely)) {
    const pointer = one && lfsPointer(one.data);
    if (!pointer || seen.has(pointer.oid)) continue;
    seen.add(pointer.oid);
    found.push(pointer);
  }
  return found;
}
