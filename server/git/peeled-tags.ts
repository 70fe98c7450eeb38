/** What lies behind annotated tags. An object never changes, so every answer is kept by its id. */
import { ContentCache } from "./cache.ts";
import { isInternalRef } from "./names.ts";
import { git } from "./process.ts";
import type { Repository } from "./object-ids.ts";
import type { CachedRef } from "./ref-cache.ts";

const none = "";
const known = new ContentCache<string>(16 * 1024 * 1024);

/**
 * The objects behind the given references where they name annotated tags, by reference name; others are left out.
 * Spawns one process when some tag was never seen before, and none otherwise.
 */
export async function peel(
  repository: Repository,
  refs: Iterable<CachedRef>,
): Promise<ReadonlyMap<string, string>> {
  const peeled = new Map<string, string>();
  const unknown = new Map<string, string[]>();
  for (const ref of refs) {
    if (namesCommits(ref.name) || ref.peeled === null) continue;
    const answer = ref.peeled ?? known.get(ref.oid);
    if (answer === undefined) unknown.set(ref.oid, [...(unknown.get(ref.oid) ?? []), ref.name]);
    else if (answer !== none) peeled.set(ref.name, answer);
  }
  if (unknown.size === 0) return peeled;
  const oids = [...unknown.keys()];
  const input = oids.map((oid) => `${oid}^{}\n`).join("");
  const { stdout } = await git(repository.dir, ["cat-file", "--batch-check=%(objectname)"], { input });
  stdout
    .toString("latin1")
    .split("\n")
    .slice(0, oids.length)
    .forEach((line, index) => {
      const oid = oids[index];
      if (oid === undefined || line.endsWith(" missing")) return;
      known.set(oid, line === oid ? none : line, 200);
      if (line !== oid) for (const name of unknown.get(oid) ?? []) peeled.set(name, line);
    });
  return peeled;
}

// git lets a branch name nothing but a commit, and we write nothing else into our own references.
function namesCommits(name: string): boolean {
  return name.startsWith("refs/heads/") || isInternalRef(name);
}
