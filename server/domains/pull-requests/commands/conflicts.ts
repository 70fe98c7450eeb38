/** What the branch and the base of a pull request disagree about, seen from the branch: where it would be resolved. */
import { createHash } from "node:crypto";
import { conflictText, type ConflictText, type TextPart } from "../../../git/conflict-parts.ts";
import { inScratch, mergeTrees, type Conflict, type MergedTree } from "../../../git/merge-tree.ts";
import { UnrelatedHistories } from "../../../git/merges.ts";
import { unprocessable } from "../../../kernel/errors.ts";
import type { GitRepository } from "../../../git/store.ts";
import type { PullRequest } from "../queries.ts";

export interface ConflictedFile {
  readonly conflict: Conflict;
  readonly text: ConflictText;
}

/** Files that are taken apart; a merge that breaks more of them is nothing for a page. */
export const mostFiles = 100;

/**
 * The conflicts of merging the base into the branch, `ours` being the branch. None when there are none.
 *
 * @throws Refusal 422 for unrelated histories
 */
export async function conflictsOf(
  git: GitRepository,
  pull: Pick<PullRequest, "headSha" | "baseSha">,
): Promise<{ readonly files: readonly ConflictedFile[]; readonly more: number }> {
  const merged = await mergeSides(git, pull);
  if (merged.kind === "clean") return { files: [], more: 0 };
  const files: ConflictedFile[] = [];
  for (const conflict of merged.conflicts.slice(0, mostFiles))
    files.push({ conflict, text: await conflictText(git, conflict) });
  return { files, more: merged.conflicts.length - files.length };
}

/**
 * The merge of the base into the branch, under the attributes of the base: what is in conflict when the branch is merged there is
 * in conflict here. `keep` leaves its trees in the repository.
 *
 * @throws Refusal 422
 */
export function mergeSides(
  git: GitRepository,
  { headSha, baseSha }: Pick<PullRequest, "headSha" | "baseSha">,
  { keep = false } = {},
): Promise<MergedTree> {
  const attributesOf = baseSha;
  const merging = keep
    ? mergeTrees(git, headSha, baseSha, { attributesOf })
    : inScratch(git, (env) => mergeTrees(git, headSha, baseSha, { attributesOf, env }));
  return merging.catch((error: unknown) => {
    if (error instanceof UnrelatedHistories)
      throw unprocessable("The two branches have entirely different histories");
    throw error;
  });
}

/** A name for one place of a file that stays while what is in conflict there stays, wherever it moves. */
export function placeName(
  part: Extract<TextPart, { kind: "conflict" }>,
  earlier: ReadonlySet<string>,
): string {
  const text = JSON.stringify([part.ours, part.base, part.theirs]);
  const name = `h${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
  for (let index = 1; ; index += 1) {
    const free = index === 1 ? name : `${name}-${index}`;
    if (!earlier.has(free)) return free;
  }
}

/** The places of a file with their names, in their order. */
export function placesIn(parts: readonly TextPart[]) {
  const names = new Set<string>();
  return parts.flatMap((part, index) => {
    if (part.kind !== "conflict") return [];
    const name = placeName(part, names);
    names.add(name);
    return [{ name, part, index }];
  });
}
