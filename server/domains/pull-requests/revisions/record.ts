/** Writing revisions down, as rows and as the hidden references that keep their commits. */
import { readRefs } from "../../../git/ref-cache.ts";
import type { Context, TransactionContext } from "../../../kernel/context.ts";
import { gitOf, moveInternalRefs, type RepoWith } from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";
import { lastRevision, type Revision } from "./queries.ts";
import { prRevisions } from "./schema.ts";
import type { Story } from "./story.ts";

/**
 * Below `refs/wit/`, which no client sees, whatever protocol it speaks; all in one folder, since each folder of references costs a
 * look at every reading of them.
 */
export const revisionRef = (pull: number, revision: number): string =>
  `refs/wit/revisions/${pull}-${revision}`;

export interface Told extends Story {
  readonly pushedById: string | null;
  /** Now unless told. */
  readonly createdAt?: Date;
}

/** Adds revisions in their order. The caller holds the row of the pull request, so that none gets another's number. */
export async function addRevisions(
  tx: TransactionContext,
  pull: Pick<PullRequest, "id">,
  told: readonly Told[],
): Promise<Revision[]> {
  if (told.length === 0) return [];
  const last = (await lastRevision(tx, pull.id))?.number ?? 0;
  return tx.db
    .insert(prRevisions)
    .values(
      told.map((one, index) => ({
        prId: pull.id,
        number: last + index + 1,
        headSha: one.headSha,
        baseSha: one.baseSha,
        mergeBaseSha: one.mergeBaseSha,
        kind: one.kind,
        sameChange: one.sameChange,
        commits: one.commits,
        pushedById: one.pushedById,
        createdAt: one.createdAt ?? tx.clock.now(),
      })),
    )
    .returning();
}

/**
 * Keeps the commits of revisions by a reference each. Repeatable: a crash between row and reference is made good by the
 * reconciliation, long before what nothing holds expires.
 */
export async function keepRevisions(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: Pick<PullRequest, "number">,
  revisions: readonly Pick<Revision, "number" | "headSha">[],
): Promise<void> {
  const { refs } = await readRefs(gitOf(ctx, repo));
  const lacking = revisions.flatMap((one) => {
    const ref = revisionRef(pull.number, one.number);
    const old = refs.get(ref)?.oid ?? null;
    return old === one.headSha ? [] : [{ ref, old, new: one.headSha }];
  });
  // One at a time: that somebody else did the same a moment ago spoils only that one.
  for (const move of lacking) await moveInternalRefs(ctx, repo, [move], "pull request revision");
}
