import { eq } from "drizzle-orm";
import { readRef, setHead } from "../../../git/refs.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { forbidden, invalid } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { grant } from "../../../kernel/grants.ts";
import { countRepositories } from "../../accounts/index.ts";
import { orgOf, type RepoWith } from "../access.ts";
import { gitOf } from "../addresses.ts";
import {
  repositoryArchived,
  repositoryPrivatized,
  repositoryPublicized,
  repositoryRenamed,
  repositoryUnarchived,
  repositoryUpdated,
} from "../events.ts";
import { tendRepository } from "../git/tend.ts";
import { allowsMerging, mergeSettingColumns, type MergeSettings } from "../merge-settings.ts";
import { checkName } from "../names.ts";
import { dropRedirect, leaveRedirect } from "../redirects.ts";
import { repositories } from "../schema.ts";

export interface RepositoryChanges extends Partial<MergeSettings> {
  readonly name?: string;
  readonly description?: string | null;
  readonly homepage?: string | null;
  readonly isPrivate?: boolean;
  /** Must exist. */
  readonly defaultBranch?: string;
  readonly archived?: boolean;
  readonly isTemplate?: boolean;
}

type Row = typeof repositories.$inferSelect;

/** @throws Refusal 403 while it is archived (unless the change ends that), 422 for a name or branch that will not do */
export async function updateRepository(
  ctx: Context,
  repo: RepoWith<"admin">,
  changes: RepositoryChanges,
): Promise<RepoWith<"admin">> {
  if (changes.name !== undefined) checkName(changes.name);
  const git = gitOf(ctx, repo);
  if (
    changes.defaultBranch !== undefined &&
    changes.defaultBranch !== repo.defaultBranch &&
    !(await readRef(git, `refs/heads/${changes.defaultBranch}`))
  )
    throw invalid("Repository", "default_branch", `There is no branch ${changes.defaultBranch}`);
  const updated = await transact(ctx, async (tx) => {
    const [before] = await tx.db
      .select()
      .from(repositories)
      .where(eq(repositories.id, repo.id))
      .for("update");
    if (!before || before.deletedAt) throw forbidden("The repository was deleted");
    if (before.archivedAt && changes.archived !== false)
      throw forbidden("Repository was archived so is read-only");
    if (changes.isPrivate === false) await refuseExposure(tx, before);
    const [after] = await tx.db
      .update(repositories)
      .set(columnsOf(tx, before, changes))
      .where(eq(repositories.id, repo.id))
      .returning();
    if (!after) throw new Error("the update answered no row");
    if (!allowsMerging(after))
      throw invalid("Repository", "allow_merge_commit", "At least one way to merge must be allowed");
    await tell(tx, repo, before, after);
    return after;
  });
  if (updated.defaultBranch !== repo.defaultBranch) await setHead(git, updated.defaultBranch);
  return grant({ ...repo, ...updated }, "admin");
}

/** What was copied out of a private repository stays among those whom its owner lets in. @throws Refusal 422 */
async function refuseExposure(tx: TransactionContext, { forkedFromId }: Row): Promise<void> {
  if (forkedFromId === null) return;
  const [parent] = await tx.db
    .select({ isPrivate: repositories.isPrivate })
    .from(repositories)
    .where(eq(repositories.id, forkedFromId))
    .for("share");
  if (parent?.isPrivate === true)
    throw invalid("Repository", "private", "A fork of a private repository stays private");
}

function columnsOf(tx: TransactionContext, before: Row, changes: RepositoryChanges) {
  const { archived, ...columns } = changes;
  return {
    ...columns,
    ...(archived === undefined
      ? {}
      : { archivedAt: archived ? (before.archivedAt ?? tx.clock.now()) : null }),
    updatedAt: tx.clock.now(),
  };
}

/** The consequences of a change and its events. */
async function tell(tx: TransactionContext, repo: RepoWith<"admin">, before: Row, after: Row): Promise<void> {
  const subject = { repoId: repo.id, ...orgOf(repo) };
  const name = { name: after.name };
  if (after.name !== before.name) {
    await dropRedirect(tx, after.ownerId, after.name);
    if (after.name.toLowerCase() !== before.name.toLowerCase()) await leaveRedirect(tx, before);
    await emit(tx, repositoryRenamed, subject, { ...name, previous_name: before.name });
  }
  if (after.isPrivate !== before.isPrivate) {
    const step = after.isPrivate ? 1 : -1;
    await countRepositories(tx, after.ownerId, { private: step, public: -step });
    await emit(tx, after.isPrivate ? repositoryPrivatized : repositoryPublicized, subject, name);
  }
  if ((after.archivedAt === null) !== (before.archivedAt === null))
    await emit(tx, after.archivedAt ? repositoryArchived : repositoryUnarchived, subject, name);
  const settings = [
    "description",
    "homepage",
    "defaultBranch",
    ...mergeSettingColumns,
    "isTemplate",
  ] as const;
  const changed = settings.filter((key) => after[key] !== before[key]);
  if (changed.length > 0) await emit(tx, repositoryUpdated, subject, { ...name, changes: changed });
  // The job repairs HEAD should the server stop before it follows.
  if (after.defaultBranch !== before.defaultBranch)
    await tx.jobs.enqueue(tx, tendRepository.name, { repoId: repo.id }, { singletonKey: repo.id });
}
