/**
 * Where lines went over a row of commits. Followed step by step, a line that was taken out and written anew is another line, as it is
 * to `git blame`; and a step differs little, so that equal lines are rarely taken for each other.
 */
import { diffTrees, type FileDiff } from "../../../git/diffs.ts";
import { renamesBetween } from "../../../git/renames.ts";
import type { GitRepository } from "../../../git/store.ts";
import { carried, type Span } from "./place.ts";

/** Some lines of a file, in their order; several stretches when others came in between. */
export interface Spot {
  readonly path: string;
  readonly spans: readonly Span[];
}

interface Step {
  /** Paths that were asked about. Those that did not change have no file. */
  readonly asked: ReadonlySet<string>;
  /** By the path before the step. */
  readonly files: ReadonlyMap<string, FileDiff>;
}

const alone = { maxFileLines: 200_000, maxFileBytes: 16 * 1024 * 1024, maxBytes: 16 * 1024 * 1024 } as const;

/** The trails of lines in some files; what one of them learns of a step, the others need not ask again. */
export class Trails {
  readonly #git: GitRepository;
  readonly #paths: Set<string>;
  readonly #steps = new Map<string, Promise<Step>>();

  constructor(git: GitRepository, paths: Iterable<string>) {
    this.#git = git;
    this.#paths = new Set(paths);
  }

  /**
   * Where lines of the first of some commits are in the last: those that were neither changed nor removed on the way, or null when none
   * is left. Throws MissingObject for a commit that is gone.
   */
  async follow(commits: readonly string[], start: Span & { readonly path: string }): Promise<Spot | null> {
    let spot: Spot | null = { path: start.path, spans: [{ from: start.from, to: start.to }] };
    for (const [index, to] of commits.entries()) {
      const from = commits[index - 1];
      if (spot === null || from === undefined || from === to) continue;
      spot = next((await this.#step(from, to, spot.path)).files.get(spot.path), spot);
    }
    return spot;
  }

  async #step(from: string, to: string, path: string): Promise<Step> {
    const key = `${from} ${to}`;
    const known = await this.#steps.get(key);
    if (known?.asked.has(path)) return known;
    this.#paths.add(path);
    const step = this.#look(from, to);
    this.#steps.set(key, step);
    return step;
  }

  async #look(from: string, to: string): Promise<Step> {
    const asked = new Set(this.#paths);
    const paths = [...asked].toSorted();
    const diff = await diffTrees(this.#git, from, to, { context: 0, paths, maxFiles: 3000 });
    const files = new Map<string, FileDiff>();
    for (const file of diff.files) {
      const found = file.status === "deleted" ? await this.#renamed(from, to, file) : file;
      const whole = found.truncated ? await this.#whole(from, to, found) : found;
      files.set(whole.oldPath ?? whole.path, whole);
      // The next step is asked about it by its new name.
      this.#paths.add(whole.path);
    }
    return { asked, files };
  }

  /** A file that is not there any more may only have another name. */
  async #renamed(from: string, to: string, file: FileDiff): Promise<FileDiff> {
    const path = (await renamesBetween(this.#git, from, to)).get(file.path);
    return path === undefined ? file : this.#whole(from, to, { ...file, path, oldPath: file.path });
  }

  async #whole(from: string, to: string, { path, oldPath }: FileDiff): Promise<FileDiff> {
    const paths = oldPath === null ? [path] : [oldPath, path];
    const { files } = await diffTrees(this.#git, from, to, { context: 0, paths, ...alone });
    const found = files.find((one) => one.path === path);
    if (!found) throw new Error("a changed file has a diff");
    return found;
  }
}

/** Where lines are after one step; a file that is not among the changed ones is as it was. */
function next(file: FileDiff | undefined, spot: Spot): Spot | null {
  if (!file) return spot;
  const isSame = file.oldOid === file.newOid;
  // What is too large to be compared counts as rewritten.
  if (file.status === "deleted" || (!isSame && (file.binary || file.truncated))) return null;
  const spans = carried(file.hunks, spot.spans);
  return spans.length === 0 ? null : { path: file.path, spans };
}
