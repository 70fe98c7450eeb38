/** What stands behind files that have no lines to read: how large they are, what a pointer or a submodule leads to. */
import { pointerBytes, readBlob, type LfsPointer } from "../../../git/blobs.ts";
import type { FileDiff } from "../../../git/diffs.ts";
import { objectInfos } from "../../../git/objects.ts";
import type { GitRepository } from "../../../git/store.ts";
import { pathEntry } from "../../../git/trees.ts";
import type { Context } from "../../../kernel/context.ts";
import type { Repository } from "../access.ts";
import { submoduleUrl } from "./content-views.ts";

interface Pair<T> {
  readonly old: T | null;
  readonly new: T | null;
}

export interface Behind {
  readonly sizes: Pair<number> | null;
  readonly lfs: Pair<LfsPointer> | null;
  readonly submodulePage: string | null;
}

/** Where `.gitmodules` are read. */
export interface NewSide {
  readonly repo: Repository;
  readonly commit: string;
}

/** For each file in turn. */
export async function behindFiles(
  ctx: Context,
  git: GitRepository,
  files: readonly FileDiff[],
  at: NewSide | undefined,
): Promise<readonly Behind[]> {
  const [sizes, modules] = await Promise.all([
    sizesOf(git, files),
    at && files.some((file) => file.submodule) ? modulesOf(git, at.commit) : null,
  ]);
  return Promise.all(
    files.map(async (file) => ({
      sizes: sizes.get(file) ?? null,
      lfs: isPointer(file) ? await pointersOf(git, file) : null,
      submodulePage: at && file.submodule ? pageOf(submoduleAddress(ctx, at, modules, file)) : null,
    })),
  );
}

async function sizesOf(
  git: GitRepository,
  files: readonly FileDiff[],
): Promise<ReadonlyMap<FileDiff, Pair<number>>> {
  const without = files.filter((file) => file.binary && !file.submodule);
  const ids = without.flatMap((file) => [file.oldOid, file.newOid]);
  const infos = await objectInfos(
    git,
    ids.filter((oid) => oid !== null),
  );
  const left = [...infos];
  const size = (oid: string | null) => (oid === null ? null : (left.shift()?.size ?? null));
  return new Map(without.map((file) => [file, { old: size(file.oldOid), new: size(file.newOid) }]));
}

const pointerLine = "version https://git-lfs.github.com/spec/v1";

/** Of both sides together, extensions among them. */
const mostPointerLines = 60;

/** A pointer is a few lines, and its first is always in the diff. */
const isPointer = (file: FileDiff): boolean =>
  !file.binary &&
  file.hunks.length === 1 &&
  file.additions + file.deletions < mostPointerLines &&
  file.hunks[0]?.lines.some(({ text }) => text === pointerLine) === true;

async function pointersOf(git: GitRepository, file: FileDiff): Promise<Pair<LfsPointer> | null> {
  const read = async (oid: string | null) =>
    oid === null ? null : (await readBlob(git, oid, { maxBytes: pointerBytes })).lfs;
  const [old, now] = await Promise.all([read(file.oldOid), read(file.newOid)]);
  return old || now ? { old, new: now } : null;
}

async function modulesOf(git: GitRepository, commit: string): Promise<string | null> {
  const entry = await pathEntry(git, commit, ".gitmodules");
  return entry?.kind === "file" ? (await readBlob(git, entry.oid)).text : null;
}

const submoduleAddress = (ctx: Context, { repo }: NewSide, modules: string | null, file: FileDiff): string =>
  submoduleUrl(ctx, repo, modules, file.path, file.newOid ?? file.oldOid ?? "");

/** Forges have the page of a repository where it is cloned from, less the `.git`. */
function pageOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host, pathname } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") return null;
  return `${protocol}//${host}${pathname.replace(/(?:\.git)?\/?$/, "")}`;
}
