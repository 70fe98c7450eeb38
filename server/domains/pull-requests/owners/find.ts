/** Who owns the files of a change, by the CODEOWNERS file at the tip of its target. */
import { readBlob } from "../../../git/blobs.ts";
import { ContentCache } from "../../../git/cache.ts";
import { touchedPaths } from "../../../git/changed-paths.ts";
import type { GitRepository } from "../../../git/store.ts";
import { pathEntry } from "../../../git/trees.ts";
import type { Context } from "../../../kernel/context.ts";
import { gitOf, type Repository } from "../../repositories/index.ts";
import { matcherOf, mostBytes, parseOwners, TooMuchToMatch, type OwnerRule } from "./parse.ts";
import { knownOwners, type KnownOwner } from "./people.ts";

/** The first of these that there is counts. */
export const places = [".wit/CODEOWNERS", ".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** Who can be looked up for one change. */
export const mostNames = 5000;

export interface OwnersFile {
  readonly path: string;
  readonly oid: string;
  /** Null when it is larger than `mostBytes`: then nobody owns anything. */
  readonly text: string | null;
}

/** The file at a commit; null when there is none. */
export async function ownersFile(git: GitRepository, commit: string): Promise<OwnersFile | null> {
  for (const path of places) {
    const entry = await pathEntry(git, commit, path);
    if (entry?.kind !== "file" && entry?.kind !== "executable") continue;
    const blob = await readBlob(git, entry.oid, { maxBytes: mostBytes });
    return { path, oid: entry.oid, text: blob.truncated ? null : (blob.text ?? "") };
  }
  return null;
}

/** Files of a change that the same line gives an owner. */
export interface OwnedFiles {
  /** As written, those that stand for somebody who can write; never none. */
  readonly owners: readonly string[];
  /** Who they are, in the same order. */
  readonly known: readonly KnownOwner[];
  readonly paths: readonly string[];
}

const rulesKept = new ContentCache<readonly OwnerRule[]>(32 * 1024 * 1024);
const matchesKept = new ContentCache<readonly Match[]>(16 * 1024 * 1024);

interface Match {
  readonly owners: readonly string[];
  readonly paths: readonly string[];
}

/**
 * What of a change is owned, by line. Null when there are too many files and patterns to say: then nothing may be concluded.
 */
export async function ownedFiles(
  ctx: Context,
  repo: Repository,
  ends: { readonly base: string; readonly head: string },
): Promise<readonly OwnedFiles[] | null> {
  const git = gitOf(ctx, repo);
  const file = await ownersFile(git, ends.base);
  if (!file || file.text === null) return [];
  const { oid, text } = file;
  const paths = await touchedPaths(git, ends.base, ends.head);
  const matches = await matchesOf(`${git.dir}\0${oid}\0${ends.base}\0${ends.head}`, oid, text, paths);
  if (!matches) return null;
  const names = new Set(matches.flatMap(({ owners }) => owners));
  if (names.size > mostNames) return null;
  const known = await knownOwners(ctx, repo, names);
  return matches.flatMap(({ owners, paths: owned }) => {
    const real = owners.flatMap((name) => {
      const owner = known.get(name);
      return owner ? [{ name, owner }] : [];
    });
    if (real.length === 0) return [];
    return [{ owners: real.map((one) => one.name), known: real.map((one) => one.owner), paths: owned }];
  });
}

/** Who owns one file, by the CODEOWNERS file of its own commit. */
export interface Ownership {
  /** The file that says so, and its line. */
  readonly path: string;
  readonly line: number;
  /** As written, those that stand for somebody who can write; never none. */
  readonly owners: readonly { readonly name: string; readonly userId: string | null }[];
}

/** Null for a file that nobody owns, and where the patterns are too many to say. */
export async function ownershipOf(
  ctx: Context,
  repo: Repository,
  commit: string,
  path: string,
): Promise<Ownership | null> {
  const file = await ownersFile(gitOf(ctx, repo), commit);
  if (!file || file.text === null) return null;
  const rule = ruleFor(await rulesOf(file.oid, file.text), path);
  if (!rule || rule.owners.length === 0) return null;
  const known = await knownOwners(ctx, repo, rule.owners.slice(0, mostNames));
  const owners = rule.owners.flatMap((name) => {
    const owner = known.get(name);
    return owner ? [{ name, userId: owner.userId }] : [];
  });
  return owners.length === 0 ? null : { path: file.path, line: rule.line, owners };
}

function ruleFor(rules: readonly OwnerRule[], path: string): OwnerRule | null {
  try {
    return matcherOf(rules)(path);
  } catch (error) {
    if (error instanceof TooMuchToMatch) return null;
    throw error;
  }
}

const rulesOf = (oid: string, text: string): Promise<readonly OwnerRule[]> =>
  rulesKept.load(
    oid,
    async () => parseOwners(text).rules,
    () => text.length * 8,
  );

async function matchesOf(
  key: string,
  oid: string,
  text: string,
  paths: readonly string[],
): Promise<readonly Match[] | null> {
  const rules = await rulesOf(oid, text);
  try {
    return await matchesKept.load(
      key,
      async () => grouped(rules, paths),
      (list) =>
        list.reduce((sum, one) => sum + one.paths.reduce((all, path) => all + path.length * 2, 200), 100),
    );
  } catch (error) {
    if (error instanceof TooMuchToMatch) return null;
    throw error;
  }
}

function grouped(rules: readonly OwnerRule[], paths: readonly string[]): Match[] {
  const ruleOf = matcherOf(rules);
  const byRule = Map.groupBy(paths, ruleOf);
  return [...byRule].flatMap(([rule, owned]) =>
    rule === null || rule.owners.length === 0 ? [] : [{ owners: rule.owners, paths: owned }],
  );
}
