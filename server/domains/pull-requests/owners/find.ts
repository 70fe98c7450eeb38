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

async function matchesOf(
  key: string,
  oid: string,
  text: string,
  paths: readonly string[],
): Promise<readonly Match[] | null> {
  const rules = await rulesKept.load(
    oid,
    async () => parseOwners(text).rules,
    () => text.length * 8,
  );
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
