/**
 * Where repositories lie on disk, and their birth, copy and end.
 *
 * A place is named by ids alone (`volume/ab/cd/<uuid>.git`), so renaming or transferring a repository moves nothing
 * and no name that a person chose ever becomes a path.
 */
import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { copyHistory, copyTrees } from "./copy.ts";
import { branchNameProblem, type ObjectFormat } from "./names.ts";
import { forgetObjectFormat, readObjectFormat } from "./object-format.ts";
import type { Repository } from "./object-ids.ts";

export type { Repository as GitRepository } from "./object-ids.ts";

/** There is already a repository at this place. */
export class RepositoryExists extends Error {
  override readonly name = "RepositoryExists";
}

export interface GitStore {
  /** The repository at a place; throws TypeError for anything that `diskPath` would not have made. */
  directory(diskPath: string): Repository;
  /** Makes an empty bare repository; throws RepositoryExists. */
  init(
    diskPath: string,
    options: { readonly defaultBranch: string; readonly objectFormat?: ObjectFormat },
  ): Promise<Repository>;
  exists(diskPath: string): Promise<boolean>;
  /** Takes the repository out of reach at once and then deletes its bytes; nothing there is no error. */
  remove(diskPath: string): Promise<void>;
  /**
   * A fork: branches, tags and the default branch with all they reach; packs of which it reaches everything are links. What only
   * pull requests, hidden references or nobody reaches stays behind. Throws RepositoryExists.
   */
  copy(from: string, to: string, options?: { readonly signal?: AbortSignal }): Promise<Repository>;
  /** A repository without a reference that holds these trees of another one, with all that is in them and nothing else. Throws RepositoryExists. */
  plant(
    from: string,
    to: string,
    options: { readonly defaultBranch: string; readonly trees: readonly string[] },
  ): Promise<Repository>;
  /** Every repository that lies here and when it came to be, in no order. */
  list(): AsyncGenerator<{ readonly diskPath: string; readonly born: Date }>;
  /** Deletes what births, copies and removals cut off by a crash left behind, as far as it was begun before a moment. */
  sweep(before: Date): Promise<void>;
}

const place =
  /^[a-z0-9][a-z0-9_-]{0,31}\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\.git$/;

/** The place of a repository: spread over folders by the last digits of its id, which are random in every version. */
export function diskPath(volume: string, id: string): string {
  const made = `${volume}/${id.slice(-4, -2)}/${id.slice(-2)}/${id}.git`;
  if (!isDiskPath(made)) throw new TypeError("a volume is a short plain name and an id a lower-case uuid");
  return made;
}

export function isDiskPath(text: string): boolean {
  return place.test(text);
}

/** Repositories under one root folder, which is made when it is missing. */
export function createGitStore({ root }: { readonly root: string }): GitStore {
  const base = path.resolve(root);

  const directory = (at: string): Repository => {
    if (!isDiskPath(at)) throw new TypeError("not a place of a repository");
    return { dir: path.join(base, at) };
  };

  const unfinished = async (at: string) => {
    const folder = path.join(base, at.slice(0, at.indexOf("/")), ".unfinished");
    await mkdir(folder, { recursive: true });
    return path.join(folder, `${path.basename(at)}-${randomBytes(6).toString("hex")}`);
  };

  /** Builds aside, then takes the place with one rename: there is never half a repository. */
  const build = async (at: string, fill: (building: Repository) => Promise<void>): Promise<Repository> => {
    const target = directory(at);
    if (await isRepository(target.dir)) throw new RepositoryExists(at);
    const building = { dir: await unfinished(at) };
    try {
      await fill(building);
      await mkdir(path.dirname(target.dir), { recursive: true });
      await rename(building.dir, target.dir);
    } catch (error) {
      await rm(building.dir, { recursive: true, force: true });
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "ENOTEMPTY" || code === "EEXIST") throw new RepositoryExists(at, { cause: error });
      throw error;
    }
    return target;
  };

  return {
    directory,
    init: (at, options) => build(at, (building) => writeEmpty(building.dir, options)),
    exists: (at) => isRepository(directory(at).dir),
    async remove(at) {
      const { dir } = directory(at);
      const removed = await unfinished(at);
      try {
        await rename(dir, removed);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
        throw error;
      }
      forgetObjectFormat({ dir });
      await rm(removed, { recursive: true, force: true, maxRetries: 3 });
    },
    async copy(from, to, options) {
      const source = directory(from);
      const objectFormat = await readObjectFormat(source);
      return build(to, async (building) => {
        await writeEmpty(building.dir, { defaultBranch: "main", objectFormat });
        await copyHistory(source, building, options?.signal);
      });
    },
    async plant(from, to, { defaultBranch, trees }) {
      const source = directory(from);
      const objectFormat = await readObjectFormat(source);
      return build(to, async (building) => {
        await writeEmpty(building.dir, { defaultBranch, objectFormat });
        await copyTrees(source, building, trees);
      });
    },
    async *list() {
      for await (const found of placesBelow(base, "", 3)) {
        if (!isDiskPath(found)) continue;
        const made = await stat(path.join(base, found, "config")).catch(() => null);
        if (made) yield { diskPath: found, born: made.mtime };
      }
    },
    async sweep(before) {
      for (const volume of await readdir(base).catch(() => [])) {
        const folder = path.join(base, volume, ".unfinished");
        for (const name of await readdir(folder).catch(() => [])) {
          const begun = await stat(path.join(folder, name)).catch(() => null);
          if (begun && begun.mtimeMs < before.getTime())
            await rm(path.join(folder, name), { recursive: true, force: true });
        }
      }
    },
  };
}

/** The relative paths `depth` folders down. */
async function* placesBelow(base: string, at: string, depth: number): AsyncGenerator<string> {
  for (const name of await readdir(path.join(base, at)).catch(() => [])) {
    const found = at === "" ? name : `${at}/${name}`;
    if (depth === 0) yield found;
    else yield* placesBelow(base, found, depth - 1);
  }
}

async function isRepository(dir: string): Promise<boolean> {
  return stat(path.join(dir, "HEAD")).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** What `git init --bare` writes, less the samples and hooks, without its process. */
async function writeEmpty(
  dir: string,
  { defaultBranch, objectFormat = "sha1" }: { defaultBranch: string; objectFormat?: ObjectFormat },
): Promise<void> {
  const problem = branchNameProblem(defaultBranch);
  if (problem !== null) throw new TypeError(problem);
  for (const folder of ["objects/info", "objects/pack", "refs/heads", "refs/tags"])
    await mkdir(path.join(dir, folder), { recursive: true });
  await writeDurably(path.join(dir, "config"), configuration(objectFormat));
  await writeDurably(path.join(dir, "HEAD"), `ref: refs/heads/${defaultBranch}\n`);
}

/** The whole `config` of a repository (gitrepository-layout(5), repository-version). */
export function configuration(objectFormat: ObjectFormat): string {
  const extension = objectFormat === "sha1" ? "" : `[extensions]\n\tobjectFormat = ${objectFormat}\n`;
  const version = objectFormat === "sha1" ? 0 : 1;
  return `[core]\n\trepositoryformatversion = ${version}\n\tfilemode = true\n\tbare = true\n${extension}`;
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx");
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
